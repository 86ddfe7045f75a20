package requests

import (
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

// Panel shows requests as they happen: a toolbar, and below it the list. It has a
// method for each button and menu item.
type Panel struct {
	Content fyne.CanvasObject

	win       fyne.Window
	lines     *lines
	list      *list
	filter    *kit.Entry
	pause     *pauseButton
	clear     *kit.Button
	save      *kit.Button
	newest    fyne.CanvasObject // button that goes back to the newest line
	empty     *widget.Label
	focusRing *canvas.Rectangle // while the list has the focus

	saveAs func(name string, save func(path string) error)
}

// NewPanel returns a panel for a window. saveAs has to ask for a path, call save
// with it on another goroutine than Fyne's, and show its error.
func NewPanel(win fyne.Window, saveAs func(name string, save func(path string) error)) *Panel {
	p := &Panel{win: win, saveAs: saveAs, lines: &lines{log: server.Log{}}}
	p.list = newList(p.lines, p.showNewestButton, p.showFocus, p.openLineMenu)
	p.filter = p.newFilter()
	p.pause = newPauseButton(p.togglePause)
	p.clear = kit.NewButton(lang.L("Clear"), nil, widget.LowImportance, p.clearLines)
	p.save = kit.NewButton(lang.L("Save…"), nil, widget.LowImportance, func() { p.openMenu(p.save, p.saveMenuItems()...) })
	newest := kit.NewButton(lang.L("Newest"), theme.MoveDownIcon(), widget.HighImportance, p.goToNewest)
	p.newest = container.NewVBox(layout.NewSpacer(), container.NewCenter(newest), kit.Gap(4))
	p.newest.Hide()
	p.empty = kit.Centered(kit.NewCaption(""))
	p.focusRing = &canvas.Rectangle{FillColor: color.Transparent, StrokeWidth: 2, CornerRadius: kit.RadiusInner}
	p.focusRing.Hide()
	p.Content = container.NewBorder(p.toolbar(), nil, nil, nil, container.NewStack(
		container.NewVBox(layout.NewSpacer(), p.empty, layout.NewSpacer()),
		container.New(listLayout{p.list}, p.list.scroll.Scroll),
		p.newest,
		p.focusRing,
	))
	p.redraw(0)
	return p
}

func (p *Panel) newFilter() *kit.Entry {
	f := kit.NewEntry(lang.L("Text, 404, 4xx, device"))
	f.Icon = theme.SearchIcon()
	f.OnChanged, f.OnEscape = p.applyFilter, p.showAll
	f.ActionItem = kit.NewIconButton(lang.L("Show all"), theme.ContentClearIcon(), p.showAll)
	f.ActionItem.Hide()
	return f
}

// Show draws the log of a snapshot.
func (p *Panel) Show(s server.Snapshot) {
	renamed := p.lines.setNames(namesOfDevices(s.Devices))
	p.update(s.Log)
	if renamed {
		p.redraw(0)
	}
}

func (p *Panel) update(log Log) {
	if p.pause.hold(log, p.lines) {
		return
	}
	seen := p.lines.seen
	gone, restarted := p.lines.update(log)
	if restarted {
		p.list.selected = 0
		p.list.setFollow(true)
	}
	if restarted || gone > 0 || seen != p.lines.seen {
		p.redraw(gone)
	}
}

// redraw draws all that depends on the lines, after some have gone from the
// front.
func (p *Panel) redraw(gone int) {
	p.list.refreshLines(gone)
	switch {
	case p.lines.len() > 0:
		kit.SetText(p.empty, "")
	case p.lines.terms != nil:
		kit.SetText(p.empty, lang.L("No request matches."))
	default:
		kit.SetText(p.empty, lang.L("Requests appear here as they happen."))
	}
	enable(p.clear, p.lines.seen > p.lines.from)
	enable(p.save, p.lines.log.Len() > 0)
	p.showNewestButton()
}

func enable(b *kit.Button, enabled bool) {
	if b.Disabled() == enabled {
		b.Set(b.Text, b.Icon, b.Importance, enabled)
	}
}

func (p *Panel) showNewestButton() { kit.SetShown(p.newest, !p.list.follow) }

func (p *Panel) goToNewest() {
	p.resume()
	p.list.setFollow(true)
	p.list.refreshLines(0)
}

func (p *Panel) showFocus(focused bool) {
	p.focusRing.StrokeColor = theme.Color(theme.ColorNameFocus)
	kit.SetShown(p.focusRing, focused)
}

func (p *Panel) showAll() { p.filter.SetText("") }

func (p *Panel) applyFilter(text string) {
	kit.SetShown(p.filter.ActionItem, text != "")
	p.lines.setFilter(text)
	p.list.setFollow(true)
	p.redraw(0)
}

func (p *Panel) clearLines() {
	p.lines.clear()
	p.list.setFollow(true)
	p.redraw(0)
}

// openLineMenu shows what can be done with a line.
func (p *Panel) openLineMenu(l line, at fyne.Position) {
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
