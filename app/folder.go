package app

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/settings"
	"windowsill/app/words"
	"windowsill/server"
)

// folderPanel is where files and folders are chosen: by dropping them, with the system's
// dialog, by a path, or from what was shared before.
type folderPanel struct {
	content fyne.CanvasObject
	scanner *scanner
	actions folderActions

	items   []server.Item // that are chosen
	offered offered       // to add to what is shared
	picture *smallImage   // of a single file, or an icon
	name    *widget.Label
	found   *widget.Label
	choose  *kit.Button // a folder
	files   *kit.Button
	path    *kit.Editable
	recent  *kit.RecentList
}

// chooseWidth is that of the two buttons that choose.
const chooseWidth = 244

// folderActions is what a folderPanel does to the rest of the window.
type folderActions struct {
	chooseFolder, chooseFiles func()
	submit                    func()      // Return was pressed in the path
	changed                   func()      // something else is chosen, or more is known about it
	report                    func(error) // some of it cannot be shared
}

func newFolderPanel(s *scanner, picture *smallImage, actions folderActions) *folderPanel {
	p := &folderPanel{
		scanner: s, picture: picture, actions: actions,
		name:   kit.Centered(kit.NewHeading("")),
		found:  kit.Centered(kit.NewHint("")),
		choose: kit.NewButton(lang.L("Folder…"), kit.IconFolder, widget.MediumImportance, actions.chooseFolder).WithStyle(kit.TintStyle),
		files:  kit.NewButton(lang.L("Files…"), kit.IconFile, widget.MediumImportance, actions.chooseFiles).WithStyle(kit.TintStyle),
		path:   kit.NewEditable(lang.L("or type its path"), func(path string) string { return words.Visible(words.ShortPath(path)) }),
	}
	p.choose.Name, p.files.Name = lang.L("Choose a folder"), lang.L("Choose files")
	p.recent = kit.NewRecentList()
	p.found.SizeName = theme.SizeNameCaptionText
	p.path.Entry.OnChanged = p.typed
	p.path.Entry.OnSubmitted = func(string) { actions.submit() }
	middle := container.New(dropZoneLayout{},
		p.picture.content,
		kit.Column(-10, p.name, p.found),
		container.NewCenter(kit.FixedWidth(chooseWidth, container.NewGridWithColumns(2, p.choose, p.files))),
	)
	zone := kit.NewCard(kit.ColorTint, "", kit.RadiusCard, 12, kit.Border(nil, p.path.Content, nil, nil, middle))
	p.content = kit.Split(8, p.recent.PreferredHeight, container.NewStack(zone, kit.NewDashedBorder()), p.recent)
	p.draw()
	return p
}

// only returns the path of the one thing that is chosen, "" if there are several or
// none.
func (p *folderPanel) only() string {
	if len(p.items) != 1 {
		return ""
	}
	return p.items[0].Path
}

// set chooses what is at these paths and scans it at once.
func (p *folderPanel) set(paths ...string) { p.setItems(itemsOf(paths)) }

func (p *folderPanel) setItems(items []server.Item) {
	p.use(items, 0)
	e := p.path.Entry
	e.OnChanged = nil
	e.SetText(p.only())
	e.CursorColumn = len([]rune(p.only()))
	e.Refresh()
	e.OnChanged = p.typed
	p.path.Draw()
}

// typed chooses the path that is typed so far, and scans it after a moment.
func (p *folderPanel) typed(s string) {
	switch path := words.ParsePath(s); {
	case path == p.only():
	case path == "":
		p.use(nil, 0)
	default:
		p.use([]server.Item{{Path: path, Most: server.Change}}, typingPause)
	}
}

func (p *folderPanel) use(items []server.Item, pause time.Duration) {
	p.items = items
	p.scanner.stop()
	if len(items) > 0 {
		p.scanner.start(pathsOf(items), pause)
		p.scanner.then(func(_ server.Look, err error) { p.scanned(err) })
	}
	p.draw()
	p.actions.changed()
}

// scanned is called when more is known. Of several things, those that cannot be shared
// are named and left out.
func (p *folderPanel) scanned(err error) {
	some := unsharable(p.scanner.things)
	if err == nil && some != nil {
		p.items = without(p.items, pathsOfFailed(p.scanner.things)...)
	}
	p.draw()
	p.actions.changed()
	switch {
	case err != nil:
		p.scanner.retry(pathsOf(p.items), p.rescan)
	case some != nil:
		p.actions.report(some)
	}
}

// rescan scans again what could not be shared: by now it may be back.
func (p *folderPanel) rescan() {
	if p.scanner.err != nil {
		p.use(p.items, 0)
	}
}

// thing returns what is known of the thing at a path.
func (p *folderPanel) thing(path string) thing {
	for _, t := range p.scanner.things {
		if t.path == path {
			return t
		}
	}
	return thing{path: path}
}

// isFolder reports whether one folder is chosen, as far as that is known.
func (p *folderPanel) isFolder() bool {
	return len(p.items) == 1 && p.items[0].Most == server.Change && !p.thing(p.only()).file
}

func (p *folderPanel) draw() {
	name, icon, path := lang.L("Drop files or folders"), kit.IconFolder, ""
	if len(p.items) > 0 {
		name = nameOf(p.items)
		files, folders := kindsOf(p.scanner.things)
		if files+folders == len(p.items) && len(p.items) > 1 {
			name = countText(files, folders)
		}
		if files > 0 && folders == 0 {
			icon = kit.IconFile
		}
		if p.thing(p.only()).file {
			path = p.only()
		}
	}
	kit.SetText(p.name, name)
	p.picture.show(path, kit.Accented(icon))
	text, importance := p.state()
	kit.SetTextAndImportance(p.found, text, importance)
}

// state says what is known about the folder.
func (p *folderPanel) state() (string, widget.Importance) {
	switch {
	case len(p.items) == 0:
		return lang.L("to share them on your network"), widget.LowImportance
	case !p.scanner.done:
		return lang.L("Counting files…"), widget.LowImportance
	case p.scanner.err != nil:
		return words.ErrorText(p.scanner.err), widget.DangerImportance
	}
	if _, folders := kindsOf(p.scanner.things); folders == 0 && p.scanner.found.Complete {
		return words.Bytes(p.scanner.found.Bytes), widget.LowImportance
	}
	return foundText(p.scanner.found), widget.LowImportance
}

// setRecent lists what was shared before, except what is chosen now, of which one more
// than needed may be given.
func (p *folderPanel) setRecent(all [][]server.Item) {
	var sets [][]server.Item
	var names [][]string
	for _, items := range all {
		if paths := pathsOf(items); !slices.Equal(paths, pathsOf(p.items)) && len(sets) < settings.RecentMax {
			sets, names = append(sets, items), append(names, paths)
		}
	}
	p.recent.Set(names, func(i int) { p.setItems(sets[i]) })
}

// foundInAll says what is in things, nil if that is not known.
func foundInAll(things []thing) string {
	if len(things) == 1 && things[0].file {
		return things[0].about()
	}
	sum, _ := sumOf(things)
	if len(things) == 0 {
		sum.Complete = false
	}
	return foundText(sum)
}

// foundText says what is in a folder: "1,243 files · 3.4 GB".
func foundText(l server.Look) string {
	switch {
	case l.Files == 0 && l.Complete:
		return lang.L("no files")
	case l.Files == 0:
		return lang.L("not counted")
	}
	s := words.Count(int64(l.Files), words.Phrase("{{.Count}} files")) + " · " + words.Bytes(l.Bytes)
	if !l.Complete {
		return lang.L("more than {{.Amount}}", map[string]any{"Amount": s})
	}
	return s
}

// dropZoneLayout puts an icon above texts and a button, all in the middle. The icon
// grows with the room, within limits.
type dropZoneLayout struct{}

const (
	dropIconMin = 40
	dropIconMax = 104
	dropGap     = 8
)

func (dropZoneLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	texts, button := o[1].MinSize(), o[2].MinSize()
	return fyne.NewSize(max(texts.Width, button.Width), dropIconMin+texts.Height+button.Height+2*dropGap)
}

func (l dropZoneLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[1].Resize(fyne.NewSize(s.Width, o[1].MinSize().Height)) // the text wraps
	room := s.Height - l.MinSize(o).Height
	side := min(dropIconMin+room/3, dropIconMax)
	y := (room - (side - dropIconMin)) / 2
	o[0].Move(fyne.NewPos((s.Width-side)/2, y))
	o[0].Resize(fyne.NewSquareSize(side))
	y += side
	for i, gap := range []float32{0, dropGap} {
		c := o[i+1]
		c.Move(fyne.NewPos(0, y+gap))
		c.Resize(fyne.NewSize(s.Width, c.MinSize().Height))
		y += gap + c.MinSize().Height
	}
}
