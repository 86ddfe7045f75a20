package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
)

// settingsPage is the window's second level, and there is no third. It shows one group
// of settings at a time: each fits into the smallest window, so that the keyboard
// reaches nothing that cannot be seen.
type settingsPage struct {
	content fyne.CanvasObject
	back    *kit.Button
	names   []*kit.Button
	groups  []settingsGroup
	panels  settingsPanels
}

// settingsPanels are those that have to follow what happens.
type settingsPanels struct {
	folder  *folderSettings
	port    *portSetting
	network *networkSettings
	start   *startSettings
}

type settingsGroup struct {
	name    string
	content fyne.CanvasObject
}

// newSettingsPage shows groups in this order. panels are in some of them.
func newSettingsPage(onBack func(), panels settingsPanels, groups []settingsGroup) *settingsPage {
	p := &settingsPage{
		back:   kit.NewButton(lang.L("Back"), kit.IconBack, widget.LowImportance, onBack),
		groups: groups, panels: panels,
	}
	p.back.OnEscape = onBack
	names, pages := kit.VStack(2), container.NewStack()
	for i, g := range p.groups {
		b := kit.NewButton(g.name, nil, widget.LowImportance, func() { p.choose(i) }).WithStyle(kit.TintStyle)
		b.Alignment, b.OnEscape = widget.ButtonAlignLeading, onBack
		p.names = append(p.names, b)
		names.Add(b)
		p.groups[i].content = container.NewVScroll(kit.NewPanel(16, kit.Paragraphs(kit.NewTitle(g.name), g.content)))
		pages.Add(p.groups[i].content)
	}
	side := kit.FixedWidth(166, kit.VStack(10, container.NewHBox(p.back), names))
	left := kit.Padded(0, 0, 0, kit.Gutter, side)
	page := container.New(layout.NewBorderLayout(nil, nil, left, nil), left, pages) // left is first for the Tab key too
	p.content = kit.MaxWidth(820, page)
	p.choose(0)
	return p
}

// choose shows a group.
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

// open reads what may have changed outside of the program.
func (p *settingsPage) open() {
	p.panels.start.read()
	p.panels.port.revert()
}

// show draws the present state.
func (p *settingsPage) show(s *sharing) {
	p.panels.folder.show(s)
	p.panels.port.show()
	p.panels.network.show(s.where())
}

// showTray says whether there is a tray.
func (p *settingsPage) showTray(shown bool) {
	if p.panels.start.showTray(shown) {
		p.content.Refresh() // nothing else lays it out again
	}
}
