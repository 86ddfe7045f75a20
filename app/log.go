package app

import (
	"context"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/server"
)

// logPanel shows the requests as they happen: a line above with what can be
// done about them, and the list.
type logPanel struct {
	content fyne.CanvasObject

	win    fyne.Window
	view   *logView
	list   *logList
	filter *kit.Entry
	pause  *logPause
	clear  *kit.Button
	save   *kit.Button
	back   fyne.CanvasObject // the button that goes back to the newest line
	empty  *widget.Label
	ring   *canvas.Rectangle // says that the list has the focus

	saveAs func(name string, save func(path string) error)
}

func newLogPanel(win fyne.Window) *logPanel {
	p := &logPanel{win: win, view: &logView{log: server.Log{}}}
	p.list = newLogList(p.view)
	p.list.onFollow, p.list.onFocus, p.list.onMenu = p.followed, p.focused, p.offer
	p.filter = kit.NewEntry(lang.L("Text, 404, 4xx, device"))
	p.filter.Icon = theme.SearchIcon()
	p.filter.OnChanged, p.filter.OnEscape = p.filtered, p.showAll
	p.filter.ActionItem = kit.NewIconButton(lang.L("Show all"), theme.ContentClearIcon(), p.showAll)
	p.filter.ActionItem.Hide()
	p.pause = newLogPause(p.pauseOrGoOn)
	p.clear = kit.NewButton(lang.L("Clear"), nil, widget.LowImportance, p.cleared)
	p.save = kit.NewButton(lang.L("Save…"), nil, widget.LowImportance, func() { p.openMenu(p.save, p.saveItems()...) })
	newest := kit.NewButton(lang.L("Newest"), theme.MoveDownIcon(), widget.HighImportance, p.goToNewest)
	p.back = container.NewVBox(layout.NewSpacer(), container.NewCenter(newest), kit.Gap(4))
	p.back.Hide()
	p.empty = kit.Centered(kit.NewCaption(""))
	p.ring = &canvas.Rectangle{FillColor: color.Transparent, StrokeWidth: 2, CornerRadius: kit.RadiusInner}
	p.ring.Hide()
	p.saveAs = func(name string, save func(string) error) {
		chooseNewFile(context.Background(), win, name, fyne.Do, save)
	}
	p.content = container.NewBorder(p.head(), nil, nil, nil, container.NewStack(
		container.NewVBox(layout.NewSpacer(), p.empty, layout.NewSpacer()),
		container.New(logListLayout{p.list}, p.list.scroll.Scroll),
		p.back,
		p.ring,
	))
	p.redraw(0)
	return p
}

// show draws the log of a snapshot.
func (p *logPanel) show(s server.Snapshot) {
	renamed := p.view.setNames(deviceNames(s))
	p.showLog(s.Log)
	if renamed {
		p.redraw(0)
	}
}

func (p *logPanel) showLog(log requestLog) {
	if p.pause.holds(log, p.view) {
		return
	}
	end := p.view.end
	gone, fresh := p.view.update(log)
	if fresh {
		p.list.selected = 0
		p.list.setFollow(true)
	}
	if fresh || gone > 0 || end != p.view.end {
		p.redraw(gone)
	}
}

// redraw draws all that depends on the lines.
func (p *logPanel) redraw(gone int) {
	p.list.changed(gone)
	switch {
	case p.view.len() > 0:
		kit.SetText(p.empty, "")
	case p.view.words != nil:
		kit.SetText(p.empty, lang.L("No request matches."))
	default:
		kit.SetText(p.empty, lang.L("Requests appear here as they happen."))
	}
	enable(p.clear, p.view.end > p.view.from)
	enable(p.save, p.view.log.Len() > 0)
	p.followed()
}

func enable(b *kit.Button, enabled bool) {
	if b.Disabled() == enabled {
		b.Set(b.Text, b.Icon, b.Importance, enabled)
	}
}

// followed shows the way back to the newest line while the list keeps still.
func (p *logPanel) followed() { kit.SetShown(p.back, !p.list.follow) }

func (p *logPanel) goToNewest() {
	p.goOn()
	p.list.setFollow(true)
	p.list.changed(0)
}

func (p *logPanel) focused(focused bool) {
	p.ring.StrokeColor = theme.Color(theme.ColorNameFocus)
	kit.SetShown(p.ring, focused)
}

func (p *logPanel) showAll() { p.filter.SetText("") }

func (p *logPanel) filtered(text string) {
	kit.SetShown(p.filter.ActionItem, text != "")
	p.view.setFilter(text)
	p.list.setFollow(true)
	p.redraw(0)
}

func (p *logPanel) cleared() {
	p.view.clear()
	p.list.setFollow(true)
	p.redraw(0)
}

// offer shows what can be done with a line.
func (p *logPanel) offer(l logLine, at fyne.Position) {
	address := addrText(l.Addr)
	menu := fyne.NewMenu("", fyne.NewMenuItem(lang.L("Copy line"), func() { kit.CopyText(l.text("\t")) }))
	if l.Note == "" {
		menu.Items = append(menu.Items, fyne.NewMenuItem(lang.L("Copy path"), func() { kit.CopyText(words.Target(l.Target)) }))
	}
	menu.Items = append(menu.Items, p.copyAllItem())
	if address != "" {
		menu.Items = append(menu.Items, fyne.NewMenuItem(lang.L("Only {{.Address}}", map[string]any{"Address": address}), func() { p.filter.SetText(address) }))
	}
	widget.ShowPopUpMenuAtPosition(menu, p.win.Canvas(), at)
}
