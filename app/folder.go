package app

import (
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/settings"
	"windowsill/app/words"
	"windowsill/server"
)

// folderPanel is where a folder is chosen: by dropping it, by the system's
// chooser, by its path, or from those shared before.
type folderPanel struct {
	content  fyne.CanvasObject
	looker   *looker
	onChange func() // another folder, or more is known about it

	folder string // "" while none is chosen
	name   *widget.Label
	found  *widget.Label
	choose *kit.Button
	path   *kit.Entry
	recent *kit.RecentList
}

func newFolderPanel(l *looker, onChoose, onSubmit, onChange func()) *folderPanel {
	p := &folderPanel{
		looker: l, onChange: onChange,
		name:   kit.Centered(kit.NewHeading("")),
		found:  kit.Centered(kit.NewCaption("")),
		choose: kit.NewButton("", kit.IconFolder, widget.MediumImportance, onChoose).WithStyle(kit.TintStyle),
		path:   kit.NewEntry(lang.L("or type its path")),
	}
	p.recent = kit.NewRecentList(p.set)
	p.path.OnChanged = p.typed
	p.path.OnSubmitted = func(string) { onSubmit() }
	middle := container.New(inviting{},
		widget.NewIcon(kit.Accented(kit.IconFolder)),
		kit.TextStack(p.name, p.found),
		container.NewCenter(p.choose),
	)
	zone := kit.NewCard(kit.ColorTint, "", kit.RadiusCard, 12, container.NewBorder(nil, p.path, nil, nil, middle))
	p.content = kit.Split(8, p.recent.PreferredHeight, container.NewStack(zone, kit.NewDashedBorder()), p.recent)
	p.show()
	return p
}

// set takes a folder as chosen and looks at it at once.
func (p *folderPanel) set(folder string) {
	if abs, err := filepath.Abs(folder); err == nil {
		folder = abs
	}
	p.use(folder, 0)
	p.path.OnChanged = nil
	p.path.SetText(folder)
	p.path.CursorColumn = len([]rune(folder))
	p.path.Refresh()
	p.path.OnChanged = p.typed
}

// typed takes what is typed so far, and looks at it after a moment.
func (p *folderPanel) typed(s string) {
	if folder := words.ParsePath(s); folder != p.folder {
		p.use(folder, typingPause)
	}
}

func (p *folderPanel) use(folder string, pause time.Duration) {
	p.folder = folder
	p.looker.stop()
	if folder != "" {
		p.looker.begin(folder, pause)
		p.looker.then(func(server.Look, error) { p.show(); p.onChange() })
	}
	p.show()
	p.onChange()
}

// again looks once more at a folder that could not be shared: by now it may
// be back.
func (p *folderPanel) again() {
	if p.looker.err != nil {
		p.use(p.folder, 0)
	}
}

// show draws what is known about the folder.
func (p *folderPanel) show() {
	name, verb := lang.L("Drop a folder here"), lang.L("Choose a folder…")
	if p.folder != "" {
		name, verb = words.Visible(filepath.Base(p.folder)), lang.L("Choose another folder…")
	}
	kit.SetText(p.name, name)
	p.choose.Set(verb, kit.IconFolder, widget.MediumImportance, true)
	text, importance := p.foundText()
	if p.found.Text != text || p.found.Importance != importance {
		p.found.Text, p.found.Importance = text, importance
		p.found.Refresh()
	}
}

func (p *folderPanel) foundText() (string, widget.Importance) {
	switch {
	case p.folder == "":
		return lang.L("to share it on your network"), widget.LowImportance
	case !p.looker.done:
		return lang.L("Counting files…"), widget.LowImportance
	case p.looker.err != nil:
		return sentence(p.looker.err), widget.DangerImportance
	}
	return lookText(p.looker.found), widget.LowImportance
}

// remembered shows the folders that were shared before, but for the present
// one, of which a few more than needed may be given.
func (p *folderPanel) remembered(folders []string) {
	var others []string
	for _, f := range folders {
		if f != p.folder && len(others) < settings.RecentMax {
			others = append(others, f)
		}
	}
	p.recent.SetFolders(others)
}

// lookText says what a look has found: "1,243 files · 3.4 GB".
func lookText(l server.Look) string {
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

// inviting puts a picture over words and a button, all in the middle, and
// draws the picture as large as there is room, within reason.
type inviting struct{}

const (
	invitingMin = 40
	invitingMax = 104
	invitingGap = 8
)

func (inviting) MinSize(o []fyne.CanvasObject) fyne.Size {
	texts, button := o[1].MinSize(), o[2].MinSize()
	return fyne.NewSize(max(texts.Width, button.Width), invitingMin+texts.Height+button.Height+2*invitingGap)
}

func (l inviting) Layout(o []fyne.CanvasObject, s fyne.Size) {
	room := s.Height - l.MinSize(o).Height
	side := min(invitingMin+room/3, invitingMax)
	y := (room - (side - invitingMin)) / 2
	o[0].Move(fyne.NewPos((s.Width-side)/2, y))
	o[0].Resize(fyne.NewSquareSize(side))
	y += side
	for i, gap := range []float32{0, invitingGap} {
		c := o[i+1]
		c.Move(fyne.NewPos(0, y+gap))
		c.Resize(fyne.NewSize(s.Width, c.MinSize().Height))
		y += gap + c.MinSize().Height
	}
}
