package app

import (
	"cmp"
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/server"
)

const (
	arrivalsHeight = 116              // of the panel; more can be scrolled to
	arrivalsShown  = 3                // of those who send something
	deletedShown   = 2                // of what was deleted
	newsLast       = 5 * time.Minute  // that something which is over stays on the screen
	sameBatch      = 10 * time.Second // between two files that belong together
)

// batch is what one device sent without a long pause.
type batch struct {
	key     deviceKey
	first   uint64 // the ID of its first upload
	last    uint64 // of its last
	name    string // of the last file, in the share
	files   int    // that are to come or have come
	arrived int
	photos  int   // of files
	bytes   int64 // that are here
	moving  bool  // bytes come
	open    bool  // something is still to come
	ended   time.Time
}

// batches returns the latest batch of each device, the latest to begin first.
// Files that failed, or were cancelled, count for nothing.
func batches(uploads []server.Upload) []batch {
	byDevice := map[deviceKey]*batch{}
	for _, u := range uploads {
		k := keyOf(u.Device, u.Addr)
		b := byDevice[k]
		if b == nil || !b.open && u.Began.Sub(b.ended) > sameBatch {
			b = &batch{key: k, first: u.ID}
			byDevice[k] = b
		}
		b.add(u)
	}
	var all []batch
	for _, b := range byDevice {
		if b.files > 0 {
			all = append(all, *b)
		}
	}
	slices.SortFunc(all, func(a, b batch) int { return cmp.Compare(b.first, a.first) })
	return all
}

func (b *batch) add(u server.Upload) {
	if u.Ended.After(b.ended) {
		b.ended = u.Ended
	}
	if u.State == server.UploadFailed {
		return
	}
	b.files++
	b.last, b.name = u.ID, u.Name
	b.bytes += u.Bytes
	if isPhoto(u.Name) {
		b.photos++
	}
	if u.State == server.Arrived {
		b.arrived++
	}
	b.moving = b.moving || u.State == server.Arriving
	b.open = b.open || u.State != server.Arrived
}

// isPhoto says whether a name is that of a picture.
func isPhoto(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".jpg", ".jpeg", ".png", ".heic", ".heif", ".webp", ".gif", ".avif", ".dng":
		return true
	}
	return false
}

// folder is where the last file of a batch lies, on the disk.
func (b batch) folder(of server.Share) string {
	return filepath.Join(of.Folder, filepath.FromSlash(path.Dir(b.name)))
}

// title is what a batch is called: "3 photos from iPhone".
func (b batch) title(from string) string {
	said := map[string]any{"Count": words.Number(int64(b.files)), "Name": from}
	if b.photos == b.files {
		return lang.N("{{.Count}} photos from {{.Name}}", b.files, said)
	}
	return lang.N("{{.Count}} files from {{.Name}}", b.files, said)
}

// status says how far a batch is. How far the file is that is on its way is
// said where all transfers are.
func (b batch) status() string {
	switch {
	case !b.open:
		return words.Bytes(b.bytes)
	case !b.moving:
		return lang.L("paused")
	}
	return lang.L("{{.Done}} of {{.All}}", map[string]any{"Done": words.Number(int64(b.arrived)), "All": words.Number(int64(b.files))})
}

// isNews says whether there is something to say about a batch: a first file of
// it is here, or none comes any more. Then it stays for a while.
func (b batch) isNews(now time.Time, sharing bool) bool {
	switch {
	case b.moving:
		return b.arrived > 0
	case b.open && sharing:
		return true
	}
	return now.Sub(b.ended) <= newsLast
}

// arrivalsPanel shows what has come into the folder, and what was taken out of
// it.
type arrivalsPanel struct {
	content   fyne.CanvasObject
	onOpen    func(folder string)
	onRestore func(id string)

	lines   [arrivalsShown]*arrivalLine
	deleted [deletedShown]*arrivalLine
	shown   [2]int // of each, as drawn
}

func newArrivalsPanel(onOpen, onRestore func(string)) *arrivalsPanel {
	list := kit.VStack(6)
	p := &arrivalsPanel{onOpen: onOpen, onRestore: onRestore}
	for i := range p.lines {
		p.lines[i] = newArrivalLine(lang.L("Open folder"), kit.IconFolder)
		list.Add(p.lines[i].content)
	}
	for i := range p.deleted {
		p.deleted[i] = newArrivalLine(lang.L("Undo"), nil)
		list.Add(p.deleted[i].content)
	}
	p.content = kit.ScrollUpTo(arrivalsHeight, list)
	p.content.Hide()
	return p
}

// show draws the news of a snapshot, as it stands at a moment.
func (p *arrivalsPanel) show(s server.Snapshot, now time.Time) {
	names := namesOfCallers(s)
	fresh := slices.DeleteFunc(batches(s.Uploads), func(b batch) bool {
		return !b.isNews(now, s.State == server.Sharing)
	})
	for i, l := range p.lines {
		kit.SetShown(l.content, i < len(fresh))
		if i < len(fresh) {
			b := fresh[i]
			l.showBatch(b, names.of(b.key))
			l.act.OnTapped = func() { p.onOpen(b.folder(s.Share)) }
		}
	}
	gone := slices.DeleteFunc(slices.Clone(s.Deleted), func(d server.Deleted) bool { return now.Sub(d.At) > newsLast })
	slices.Reverse(gone)
	for i, l := range p.deleted {
		kit.SetShown(l.content, i < len(gone))
		if i < len(gone) {
			d := gone[i]
			l.showDeleted(d, names.of(keyOf(d.Device, d.Addr)))
			l.act.OnTapped = func() { p.onRestore(d.ID) }
		}
	}
	if shown := [2]int{len(fresh), len(gone)}; shown != p.shown {
		p.shown = shown
		kit.SetShown(p.content, shown != [2]int{})
		p.content.Refresh() // nobody else tells its layout
	}
}

// callers are the names of those that send or delete something.
type callers map[deviceKey]string

func namesOfCallers(s server.Snapshot) callers {
	names := callers{}
	for _, d := range s.Devices {
		names[keyOf(d.ID, d.Addr)] = words.Visible(d.Name)
	}
	return names
}

// of names a device: its own name, or its address.
func (c callers) of(k deviceKey) string {
	switch name := c[k]; {
	case name != "":
		name, _, _ = strings.Cut(name, " · ")
		return name
	case k.addr.IsLoopback():
		return lang.L("this computer")
	case k.addr.IsValid():
		return k.addr.String()
	}
	return lang.L("a device")
}

// arrivalLine is one piece of news with a button.
type arrivalLine struct {
	content fyne.CanvasObject
	title   *widget.Label
	status  *widget.Label
	act     *kit.Button
}

func newArrivalLine(verb string, icon fyne.Resource) *arrivalLine {
	l := &arrivalLine{title: kit.NewStrong(""), status: kit.NewCaption(""), act: kit.NewButton(verb, icon, widget.MediumImportance, nil)}
	texts := kit.VStack(-12, l.title, l.status)
	row := container.NewBorder(nil, nil, nil, container.NewCenter(kit.Padded(0, 0, 0, 6, l.act)), texts)
	l.content = kit.NewCard(kit.ColorInset, "", kit.RadiusInner, 2, row)
	l.content.Hide()
	return l
}

func (l *arrivalLine) showBatch(b batch, from string) {
	kit.SetText(l.title, b.title(from))
	kit.SetText(l.status, b.status())
	kit.SetShown(l.act, b.arrived > 0)
}

func (l *arrivalLine) showDeleted(d server.Deleted, by string) {
	kit.SetText(l.title, lang.L("{{.Device}} deleted {{.Name}}", map[string]any{"Device": by, "Name": words.Visible(path.Base(d.Name))}))
	kit.SetText(l.status, lang.L("at {{.Time}}", map[string]any{"Time": words.TimeOfDay(d.At)}))
	kit.SetShown(l.act, true)
}

// openFolder shows a folder in the system's file manager.
func openFolder(a fyne.App, folder string) error {
	at := filepath.ToSlash(folder)
	if !strings.HasPrefix(at, "/") {
		at = "/" + at // a drive's letter stands first
	}
	return a.OpenURL(&url.URL{Scheme: "file", Path: at})
}
