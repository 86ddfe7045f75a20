package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// settingsPage is the window's second level, and there is no third. It holds
// what is rare, in groups of which it shows one: each has room in the smallest
// window, so that the keyboard reaches nothing that cannot be seen.
type settingsPage struct {
	content fyne.CanvasObject
	back    *button
	names   []*button
	groups  []group

	visitors *visitorsChoice
	folder   *folderChoice
	network  *networkChoice
	port     *portChoice
	start    *startChoice
	end      *endChoice
}

// group is what belongs together on the page.
type group struct {
	name    string
	content fyne.CanvasObject
}

// newSettingsPage connects what can be chosen with what it does.
func newSettingsPage(w *Window, o *owner) *settingsPage {
	p := &settingsPage{
		back:     newButton(lang.L("Back"), iconBack, widget.LowImportance, w.toggleSettings),
		visitors: newVisitorsChoice(o.setOpen, o.setVisitors),
		folder:   newFolderChoice(w.sharing),
		network:  newNetworkChoice(o.choosePlace),
		port:     newPortChoice(w.sharing),
		start:    newStartChoice(w.control, w.memory),
		end:      newEndChoice(w.endWith),
	}
	p.back.onEscape = w.toggleSettings
	p.groups = []group{
		{lang.L("Visitors"), p.visitors.content},
		{lang.L("Folder"), p.folder.content},
		{lang.L("Network"), below(p.port.content, p.network.content)},
		{lang.L("Limits"), newLimitsChoice(w.memory, w.bound)},
		{lang.L("Starting and stopping"), below(p.start.content, w.tray.choice, p.end.content)},
		{lang.L("Window"), newLooksChoice(w.memory)},
		{lang.L("Requests"), newLogChoice(w.control, w.memory)},
		{lang.L("Keys"), newKeyTable()},
		{lang.L("About"), newAbout(version(w.app), func() { showLicences(w.win) })},
	}
	p.lay()
	return p
}

// lay puts the names of the groups beside the one that is shown.
func (p *settingsPage) lay() {
	names, pages := stack(2), container.NewStack()
	for i, g := range p.groups {
		b := newButton(g.name, nil, widget.LowImportance, func() { p.choose(i) }).looking(tintLook)
		b.Alignment, b.onEscape = widget.ButtonAlignLeading, p.back.onEscape
		p.names = append(p.names, b)
		names.Add(b)
		pages.Add(container.NewVScroll(newPanel(16, below(newTitle(g.name), g.content))))
	}
	side := container.New(wide{166}, stack(10, container.NewHBox(p.back), names))
	left := padded(0, 0, 0, gutter, side) // first, also for the Tab key
	page := container.New(layout.NewBorderLayout(nil, nil, left, nil), left, pages)
	p.content = container.New(narrow{820}, page)
	for i := range p.groups {
		p.groups[i].content = pages.Objects[i]
	}
	p.choose(0)
}

// choose shows one of the groups.
func (p *settingsPage) choose(chosen int) {
	for i, b := range p.names {
		b.name, b.Importance = p.groups[i].name, widget.LowImportance
		if i == chosen {
			b.name, b.Importance = lang.L("{{.View}}: chosen", map[string]any{"View": b.name}), widget.MediumImportance
		}
		b.Refresh()
		setShown(p.groups[i].content, i == chosen)
	}
}

// open reads what holds outside of the program too.
func (p *settingsPage) open() {
	p.start.look()
	p.port.forget()
}

// show draws what holds.
func (p *settingsPage) show(do *sharing) {
	p.visitors.show(do.now.Policy)
	p.folder.show(do)
	p.port.show(do)
	p.network.show(do.place())
}

// below puts things below each other, as close as their texts allow.
func below(o ...fyne.CanvasObject) fyne.CanvasObject { return container.New(falling{-6}, o...) }

// choiceOf is a switch or the like with room above it, and what it means.
func choiceOf(what, hint fyne.CanvasObject) fyne.CanvasObject {
	return below(padded(10, 0, 4, 0, what), container.New(falling{}, padded(0, 0, 24, 0, hint)))
}

// hinted is a quiet line of explanation.
func hinted(text string) *widget.Label {
	hint := newProse(text)
	hint.Importance = widget.LowImportance
	return hint
}

func newKeyTable() fyne.CanvasObject {
	table := tight()
	for _, k := range windowKeys {
		what := newText(lang.L(k.what), theme.SizeNameText, false)
		table.Add(container.NewBorder(nil, nil, container.New(wide{140}, newText(k.String(), theme.SizeNameText, true)), nil, what))
	}
	return table
}

// newAbout says what this is, and what it is built from.
func newAbout(version string, onLicences func()) fyne.CanvasObject {
	return below(
		newProse(lang.L("Windowsill {{.Version}} shares a folder on your network, for as long as you like. It is free software under the MIT licence.", map[string]any{"Version": version})),
		container.NewHBox(padded(4, 0, 8, 0, newButton(lang.L("Licences of what it is built from"), nil, widget.MediumImportance, onLicences))))
}

// narrow keeps its child in the middle and no wider than is easy to read.
type narrow struct{ width float32 }

func (l narrow) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (l narrow) Layout(o []fyne.CanvasObject, s fyne.Size) {
	width := min(s.Width, l.width)
	o[0].Resize(fyne.NewSize(width, s.Height))
	o[0].Move(fyne.NewPos((s.Width-width)/2, 0))
}
