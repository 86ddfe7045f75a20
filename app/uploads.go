package app

import (
	"cmp"
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
	uploadsHeight = 116              // of the panel; more can be scrolled to
	batchesShown  = 3                // of devices that send something
	deletedShown  = 2                // of what was deleted
	newsFor       = 5 * time.Minute  // that something which is over is shown
	batchPause    = 10 * time.Second // the longest between two files of a batch
)

// uploadBatch is what one device has sent without a long pause.
type uploadBatch struct {
	key     deviceKey
	first   uint64 // the ID of its first upload
	last    uint64 // of its last
	name    string // of the last file, in the share
	files   int    // that have come or are to come
	arrived int    // of files
	photos  int    // of files
	bytes   int64  // that have come
	moving  bool   // bytes are coming
	open    bool   // something is still to come
	ended   time.Time
}

// uploadBatches returns the latest batch of each device, the latest to begin first.
// Files that failed or were cancelled do not count.
func uploadBatches(uploads []server.Upload) []uploadBatch {
	byDevice := map[deviceKey]*uploadBatch{}
	for _, u := range uploads {
		k := keyOf(u.Device, u.Addr)
		b := byDevice[k]
		if b == nil || !b.open && u.Began.Sub(b.ended) > batchPause {
			b = &uploadBatch{key: k, first: u.ID}
			byDevice[k] = b
		}
		b.add(u)
	}
	var all []uploadBatch
	for _, b := range byDevice {
		if b.files > 0 {
			all = append(all, *b)
		}
	}
	slices.SortFunc(all, func(a, b uploadBatch) int { return cmp.Compare(b.first, a.first) })
	return all
}

func (b *uploadBatch) add(u server.Upload) {
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

func isPhoto(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".jpg", ".jpeg", ".png", ".heic", ".heif", ".webp", ".gif", ".avif", ".dng":
		return true
	}
	return false
}

// folder returns where the last file of the batch is, on the disk.
func (b uploadBatch) folder(of server.Share) string {
	return filepath.Join(of.Folder, filepath.FromSlash(path.Dir(b.name)))
}

// title says what the batch is: "3 photos from iPhone".
func (b uploadBatch) title(from string) string {
	data := map[string]any{"Count": words.Number(int64(b.files)), "Name": from}
	if b.photos == b.files {
		return lang.N("{{.Count}} photos from {{.Name}}", b.files, data)
	}
	return lang.N("{{.Count}} files from {{.Name}}", b.files, data)
}

// status says how far the batch is. The progress of the file that is on its way is shown
// where all transfers are.
func (b uploadBatch) status() string {
	switch {
	case !b.open:
		return words.Bytes(b.bytes)
	case !b.moving:
		return lang.L("paused")
	}
	return lang.L("{{.Done}} of {{.All}}", map[string]any{"Done": words.Number(int64(b.arrived)), "All": words.Number(int64(b.files))})
}

// isNews reports whether the batch is worth showing: a first file of it has come, or no
// more will come, and that not long ago.
func (b uploadBatch) isNews(now time.Time, sharing bool) bool {
	switch {
	case b.moving:
		return b.arrived > 0
	case b.open && sharing:
		return true
	}
	return now.Sub(b.ended) <= newsFor
}

// uploadsPanel shows what has come into the folder, and what was deleted there.
type uploadsPanel struct {
	content   fyne.CanvasObject
	onOpen    func(folder string)
	onRestore func(id string)

	batches [batchesShown]*uploadLine
	deleted [deletedShown]*uploadLine
	shown   [2]int // of each, as drawn
}

func newUploadsPanel(onOpen, onRestore func(string)) *uploadsPanel {
	list := kit.VStack(6)
	p := &uploadsPanel{onOpen: onOpen, onRestore: onRestore}
	for i := range p.batches {
		p.batches[i] = newUploadLine(lang.L("Open folder"), kit.IconFolder)
		list.Add(p.batches[i].content)
	}
	for i := range p.deleted {
		p.deleted[i] = newUploadLine(lang.L("Undo"), nil)
		list.Add(p.deleted[i].content)
	}
	p.content = kit.ScrollUpTo(uploadsHeight, list)
	p.content.Hide()
	return p
}

// show draws what is news in a snapshot at a moment.
func (p *uploadsPanel) show(s server.Snapshot, now time.Time) {
	names := namesOf(s.Devices)
	fresh := slices.DeleteFunc(uploadBatches(s.Uploads), func(b uploadBatch) bool {
		return !b.isNews(now, s.State == server.Sharing)
	})
	for i, l := range p.batches {
		kit.SetShown(l.content, i < len(fresh))
		if i < len(fresh) {
			b := fresh[i]
			l.showBatch(b, names.of(b.key))
			l.button.OnTapped = func() { p.onOpen(b.folder(s.Share)) }
		}
	}
	gone := slices.DeleteFunc(slices.Clone(s.Deleted), func(d server.Deleted) bool { return now.Sub(d.At) > newsFor })
	slices.Reverse(gone)
	for i, l := range p.deleted {
		kit.SetShown(l.content, i < len(gone))
		if i < len(gone) {
			d := gone[i]
			l.showDeleted(d, names.of(keyOf(d.Device, d.Addr)))
			l.button.OnTapped = func() { p.onRestore(d.ID) }
		}
	}
	if shown := [2]int{len(fresh), len(gone)}; shown != p.shown {
		p.shown = shown
		kit.SetShown(p.content, shown != [2]int{})
		p.content.Refresh() // nothing else lays it out again
	}
}

// uploadLine is one piece of news with a button.
type uploadLine struct {
	content fyne.CanvasObject
	title   *widget.Label
	status  *widget.Label
	button  *kit.Button
}

func newUploadLine(verb string, icon fyne.Resource) *uploadLine {
	l := &uploadLine{title: kit.NewStrong(""), status: kit.NewCaption(""), button: kit.NewButton(verb, icon, widget.MediumImportance, nil)}
	texts := kit.VStack(-12, l.title, l.status)
	row := container.NewBorder(nil, nil, nil, container.NewCenter(kit.Padded(0, 0, 0, 6, l.button)), texts)
	l.content = kit.NewCard(kit.ColorInset, "", kit.RadiusInner, 2, row)
	l.content.Hide()
	return l
}

func (l *uploadLine) showBatch(b uploadBatch, from string) {
	kit.SetText(l.title, b.title(from))
	kit.SetText(l.status, b.status())
	kit.SetShown(l.button, b.arrived > 0)
}

func (l *uploadLine) showDeleted(d server.Deleted, by string) {
	kit.SetText(l.title, lang.L("{{.Device}} deleted {{.Name}}", map[string]any{"Device": by, "Name": words.Visible(path.Base(d.Name))}))
	kit.SetText(l.status, lang.L("at {{.Time}}", map[string]any{"Time": words.TimeOfDay(d.At)}))
	kit.SetShown(l.button, true)
}
