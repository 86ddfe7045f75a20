package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
)

// settingsPage is the window's second level, and there is no third. It holds
// what is rare, in groups of which it shows one: each has room in the smallest
// window, so that the keyboard reaches nothing that cannot be seen.
type settingsPage struct {
	content fyne.CanvasObject
	back    *kit.Button
	names   []*kit.Button
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
		back:     kit.NewButton(lang.L("Back"), kit.IconBack, widget.LowImportance, w.toggleSettings),
		visitors: newVisitorsChoice(o.setOpen, o.setVisitors),
		folder:   newFolderChoice(w.sharing),
		network:  newNetworkChoice(o.choosePlace),
		port:     newPortChoice(w.sharing),
		start:    newStartChoice(w.control, w.store),
		end:      newEndChoice(w.endWith),
	}
	p.back.OnEscape = w.toggleSettings
	p.groups = []group{
		{lang.L("Visitors"), p.visitors.content},
		{lang.L("Folder"), p.folder.content},
		{lang.L("Network"), kit.Paragraphs(p.port.content, p.network.content)},
		{lang.L("Limits"), newLimitsChoice(w.store, w.bound)},
		{lang.L("Starting and stopping"), kit.Paragraphs(p.start.content, w.tray.choice, p.end.content)},
		{lang.L("Window"), newLooksChoice(w.store)},
		{lang.L("Requests"), newLogChoice(w.control, w.store)},
		{lang.L("Keys"), newKeyTable()},
		{lang.L("About"), newAbout(version(w.app), func() { showLicences(w.win) })},
	}
	p.lay()
	return p
}

// lay puts the names of the groups beside the one that is shown.
func (p *settingsPage) lay() {
	names, pages := kit.VStack(2), container.NewStack()
	for i, g := range p.groups {
		b := kit.NewButton(g.name, nil, widget.LowImportance, func() { p.choose(i) }).WithStyle(kit.TintStyle)
		b.Alignment, b.OnEscape = widget.ButtonAlignLeading, p.back.OnEscape
		p.names = append(p.names, b)
		names.Add(b)
		pages.Add(container.NewVScroll(kit.NewPanel(16, kit.Paragraphs(kit.NewTitle(g.name), g.content))))
	}
	side := kit.FixedWidth(166, kit.VStack(10, container.NewHBox(p.back), names))
	left := kit.Padded(0, 0, 0, kit.Gutter, side) // first, also for the Tab key
	page := container.New(layout.NewBorderLayout(nil, nil, left, nil), left, pages)
	p.content = kit.MaxWidth(820, page)
	for i := range p.groups {
		p.groups[i].content = pages.Objects[i]
	}
	p.choose(0)
}

// choose shows one of the groups.
func (p *settingsPage) choose(chosen int) {
	for i, b := range p.names {
		b.Name, b.Importance = p.groups[i].name, widget.LowImportance
		if i == chosen {
			b.Name, b.Importance = lang.L("{{.View}}: chosen", map[string]any{"View": b.Name}), widget.MediumImportance
		}
		b.Refresh()
		kit.SetShown(p.groups[i].content, i == chosen)
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

func newKeyTable() fyne.CanvasObject {
	table := kit.TextStack()
	for _, k := range windowKeys {
		what := kit.NewText(lang.L(k.what), theme.SizeNameText, false)
		table.Add(container.NewBorder(nil, nil, kit.FixedWidth(140, kit.NewText(k.String(), theme.SizeNameText, true)), nil, what))
	}
	return table
}

// newAbout says what this is, and what it is built from.
func newAbout(version string, onLicences func()) fyne.CanvasObject {
	return kit.Paragraphs(
		kit.NewParagraph(lang.L("Windowsill {{.Version}} shares a folder on your network, for as long as you like. It is free software under the MIT licence.", map[string]any{"Version": version})),
		container.NewHBox(kit.Padded(4, 0, 8, 0, kit.NewButton(lang.L("Licences of what it is built from"), nil, widget.MediumImportance, onLicences))))
}
