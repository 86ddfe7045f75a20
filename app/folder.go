package app

import (
	"path/filepath"
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

// folderPanel is where a folder is chosen: by dropping it, with the system's dialog, by
// its path, or from those shared before.
type folderPanel struct {
	content  fyne.CanvasObject
	scanner  *scanner
	onChange func() // another folder is chosen, or more is known about it

	folder string // "" while none is chosen
	name   *widget.Label
	found  *widget.Label
	choose *kit.Button
	path   *kit.Editable
	recent *kit.RecentList
}

func newFolderPanel(s *scanner, onChoose, onSubmit, onChange func()) *folderPanel {
	p := &folderPanel{
		scanner: s, onChange: onChange,
		name:   kit.Centered(kit.NewHeading("")),
		found:  kit.Centered(kit.NewHint("")),
		choose: kit.NewButton("", kit.IconFolder, widget.MediumImportance, onChoose).WithStyle(kit.TintStyle),
		path:   kit.NewEditable(lang.L("or type its path"), func(path string) string { return words.Visible(words.ShortPath(path)) }),
	}
	p.recent = kit.NewRecentList(p.set)
	p.found.SizeName = theme.SizeNameCaptionText
	p.path.Entry.OnChanged = p.typed
	p.path.Entry.OnSubmitted = func(string) { onSubmit() }
	middle := container.New(dropZoneLayout{},
		widget.NewIcon(kit.Accented(kit.IconFolder)),
		kit.Column(-10, p.name, p.found),
		container.NewCenter(p.choose),
	)
	zone := kit.NewCard(kit.ColorTint, "", kit.RadiusCard, 12, container.NewBorder(nil, p.path.Content, nil, nil, middle))
	p.content = kit.Split(8, p.recent.PreferredHeight, container.NewStack(zone, kit.NewDashedBorder()), p.recent)
	p.draw()
	return p
}

// set chooses a folder and scans it at once.
func (p *folderPanel) set(folder string) {
	if abs, err := filepath.Abs(folder); err == nil {
		folder = abs
	}
	p.use(folder, 0)
	e := p.path.Entry
	e.OnChanged = nil
	e.SetText(folder)
	e.CursorColumn = len([]rune(folder))
	e.Refresh()
	e.OnChanged = p.typed
	p.path.Draw()
}

// typed chooses the path that is typed so far, and scans it after a moment.
func (p *folderPanel) typed(s string) {
	if folder := words.ParsePath(s); folder != p.folder {
		p.use(folder, typingPause)
	}
}

func (p *folderPanel) use(folder string, pause time.Duration) {
	p.folder = folder
	p.scanner.stop()
	if folder != "" {
		p.scanner.start(folder, pause)
		p.scanner.then(func(_ server.Look, err error) {
			p.draw()
			p.onChange()
			if err != nil {
				p.scanner.retry(folder, p.rescan)
			}
		})
	}
	p.draw()
	p.onChange()
}

// rescan scans a folder again that could not be shared: by now it may be back.
func (p *folderPanel) rescan() {
	if p.scanner.err != nil {
		p.use(p.folder, 0)
	}
}

func (p *folderPanel) draw() {
	name, verb := lang.L("Drop a folder here"), lang.L("Choose a folder…")
	if p.folder != "" {
		name, verb = words.Visible(filepath.Base(p.folder)), lang.L("Choose another folder…")
	}
	kit.SetText(p.name, name)
	p.choose.Set(verb, kit.IconFolder, widget.MediumImportance, true)
	text, importance := p.state()
	kit.SetTextAndImportance(p.found, text, importance)
}

// state says what is known about the folder.
func (p *folderPanel) state() (string, widget.Importance) {
	switch {
	case p.folder == "":
		return lang.L("to share it on your network"), widget.LowImportance
	case !p.scanner.done:
		return lang.L("Counting files…"), widget.LowImportance
	case p.scanner.err != nil:
		return words.ErrorText(p.scanner.err), widget.DangerImportance
	}
	return foundText(p.scanner.found), widget.LowImportance
}

// setRecent lists folders that were shared before, except the present one, of which
// one more than needed may be given.
func (p *folderPanel) setRecent(folders []string) {
	var others []string
	for _, f := range folders {
		if f != p.folder && len(others) < settings.RecentMax {
			others = append(others, f)
		}
	}
	p.recent.SetFolders(others)
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
