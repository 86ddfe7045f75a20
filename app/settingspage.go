package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/server"
)

// settingsPage is the window's second level, and there is no third: one page that
// scrolls, with what is seldom needed folded at its end.
type settingsPage struct {
	content  fyne.CanvasObject
	scroll   *container.Scroll
	back     *kit.Button
	advanced *kit.Button
	folded   fyne.CanvasObject // what advanced shows
	panels   settingsPanels
}

// settingsPanels are those that have to follow what happens.
type settingsPanels struct {
	folder  *folderSettings
	port    *portSetting
	network *networkSettings
	tls     *encryptionSettings
	start   *startSettings
	stop    *autoStopSetting
}

type settingsGroup struct {
	name    string
	content fyne.CanvasObject
}

// settingsPad is around what scrolls: its edges must not cover the round corners.
const settingsPad = 6

// newSettingsPage shows groups in this order, and below them what is advanced. panels are
// in some of them.
func newSettingsPage(onBack func(), panels settingsPanels, groups []settingsGroup, advanced fyne.CanvasObject) *settingsPage {
	p := &settingsPage{back: kit.NewButton(lang.L("Back"), kit.IconBack, widget.LowImportance, onBack), panels: panels, folded: advanced}
	p.advanced = kit.NewButton(lang.L("Advanced"), theme.MenuExpandIcon(), widget.LowImportance, p.toggleAdvanced)
	page := kit.Column(0)
	for _, g := range groups {
		page.Add(kit.Padded(0, 14, 0, 0, kit.Column(0, kit.NewTitle(g.name), g.content)))
	}
	page.Add(container.NewHBox(p.advanced))
	page.Add(advanced)
	advanced.Hide()
	p.scroll = container.NewVScroll(kit.Padded(0, 8, 16-settingsPad, 16, page))
	kit.FollowFocus(p.scroll, page)
	card := kit.NewPanel(settingsPad, p.scroll)
	top := container.NewHBox(p.back)
	p.content = kit.MaxWidth(640, kit.Border(top, nil, nil, nil, card))
	for _, o := range []fyne.CanvasObject{top, page} {
		kit.LeaveByEscape(o, onBack)
	}
	return p
}

func (p *settingsPage) toggleAdvanced() { p.showAdvanced(!p.folded.Visible()) }

// showAdvanced unfolds what is seldom needed, or folds it.
func (p *settingsPage) showAdvanced(shown bool) {
	kit.SetShown(p.folded, shown)
	icon := theme.MenuExpandIcon()
	if shown {
		icon = theme.MenuDropDownIcon()
	}
	p.advanced.Icon = icon
	p.advanced.Refresh()
	p.scroll.Content.Refresh() // nothing else lays it out again
	p.scroll.Refresh()
	if shown {
		p.scroll.ScrollToBottom()
	}
}

// reveal scrolls to something that has just changed: what went wrong has to be seen.
func (p *settingsPage) reveal(o fyne.CanvasObject) {
	p.scroll.Content.Refresh() // nothing else lays it out again
	p.scroll.Refresh()
	kit.Reveal(p.scroll, o)
}

// open reads what may have changed outside of the program.
func (p *settingsPage) open() {
	p.panels.start.read()
	p.panels.port.revert()
	p.panels.tls.looked = server.TLS{} // another program may have renewed it
}

// show draws the present state.
func (p *settingsPage) show(s *sharing) {
	p.panels.folder.show(s)
	p.panels.port.show()
	p.panels.network.show(s.where())
	p.panels.tls.show()
}

// showTray says whether there is a tray.
func (p *settingsPage) showTray(shown bool) {
	if p.panels.start.showTray(shown) {
		p.content.Refresh() // nothing else lays it out again
	}
}
