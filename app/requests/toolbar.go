package requests

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
)

// toolbar returns the line above the list: its title, the filter and the pause while
// they are in use, and a menu with all that can be done.
func (p *Panel) toolbar() fyne.CanvasObject {
	more := kit.NewIconButton(lang.L("What to do with the requests"), theme.MoreVerticalIcon(), nil)
	more.OnTapped = func() { p.openMenu(more, p.menuItems()...) }
	p.title = kit.Untruncated(kit.NewStrong(lang.L("Requests")))
	p.bar = container.NewBorder(nil, nil, p.title, container.NewHBox(p.pause.button, more), p.filter)
	return p.bar
}

// menuItems returns all that can be done with the requests.
func (p *Panel) menuItems() []*fyne.MenuItem {
	pause := fyne.NewMenuItem(lang.L("Pause the list"), p.togglePause)
	pause.Disabled = p.pause.held != nil
	clear := fyne.NewMenuItem(lang.L("Clear"), p.clearLines)
	clear.Disabled = p.lines.seen == p.lines.from
	items := []*fyne.MenuItem{
		fyne.NewMenuItem(lang.L("Filter…"), p.Filter), pause, fyne.NewMenuItem(lang.L("Fold or unfold"), p.fold),
		fyne.NewMenuItemSeparator(), p.copyAllItem(), clear,
	}
	return append(items, p.saveMenuItems()...)
}

// openMenu shows a menu below a button.
func (p *Panel) openMenu(below fyne.CanvasObject, items ...*fyne.MenuItem) {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(below).AddXY(0, below.Size().Height)
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), p.win.Canvas(), at)
}

func (p *Panel) copyAllItem() *fyne.MenuItem {
	return fyne.NewMenuItem(lang.L("Copy what is shown"), func() { kit.CopyText(p.lines.text()) })
}
