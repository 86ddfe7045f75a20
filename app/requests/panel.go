package requests

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/server"
)

// Panel shows requests as they happen: a toolbar, and below it the list.
type Panel struct {
	Content fyne.CanvasObject

	win       fyne.Window
	bar       *toolbar
	lines     *lines
	list      *list
	pause     *pauseButton
	newest    fyne.CanvasObject // button that goes back to the newest line
	empty     *widget.Label
	focusRing focusRing
	saver     saver

	fold func() // leaves only the toolbar, or brings back the rest
}

// NewPanel returns a panel for a window. saveAs has to ask for a path, call save
// with it on another goroutine than Fyne's, and show its error. fold makes the panel as
// low as its toolbar, or as high as before.
func NewPanel(win fyne.Window, saveAs func(name string, save func(path string) error), fold func()) *Panel {
	p := &Panel{win: win, fold: fold, lines: &lines{log: server.Log{}}, focusRing: newFocusRing()}
	p.saver = saver{p.lines, saveAs}
	p.list = newList(p.lines, p.showNewestButton, p.focusRing.show, p.openLineMenu)
	p.pause = newPauseButton(p.togglePause, func() { p.bar.content.Refresh() })
	p.bar = newToolbar(win, p.pause.button, p.menuItems, p.applyFilter)
	newest := kit.NewButton(lang.L("Newest"), theme.MoveDownIcon(), widget.HighImportance, p.goToNewest)
	p.newest = container.NewVBox(layout.NewSpacer(), container.NewCenter(newest), kit.Gap(4))
	p.newest.Hide()
	p.empty = kit.Centered(kit.NewCaption(""))
	p.Content = container.New(panelLayout{}, p.bar.area, container.NewStack(
		container.NewVBox(layout.NewSpacer(), p.empty, layout.NewSpacer()),
		container.New(listLayout{p.list}, p.list.scroll.Scroll),
		p.newest,
		p.focusRing.Rectangle,
	))
	p.redraw(0)
	return p
}

// Show draws the log of a snapshot.
func (p *Panel) Show(s server.Snapshot) {
	renamed := p.nameDevices(s.Devices)
	p.update(s.Log)
	if renamed {
		p.redraw(0)
	}
}

// nameDevices reports whether some have another name now.
func (p *Panel) nameDevices(devices []server.Device) (renamed bool) {
	if renamed = p.lines.setNames(namesOfDevices(devices)); renamed {
		p.list.cols = nil // an address that has got a name needs no room any more
	}
	return renamed
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
	p.showNewestButton()
}

func (p *Panel) showNewestButton() { kit.SetShown(p.newest, !p.list.follow) }

func (p *Panel) goToNewest() {
	p.resume()
	p.list.setFollow(true)
	p.list.refreshLines(0)
}

// Filter lets the person type what lines must contain.
func (p *Panel) Filter() { p.bar.typeFilter() }

func (p *Panel) applyFilter(text string) {
	p.lines.setFilter(text)
	p.list.setFollow(true)
	p.redraw(0)
}

func (p *Panel) clearLines() {
	p.lines.clear()
	p.list.setFollow(true)
	p.redraw(0)
}

// menuItems returns all that can be done with the requests.
func (p *Panel) menuItems() []*fyne.MenuItem {
	pause := fyne.NewMenuItem(lang.L("Pause the list"), p.togglePause)
	pause.Disabled = p.pause.held != nil
	clear := fyne.NewMenuItem(lang.L("Clear"), p.clearLines)
	clear.Disabled = p.lines.seen == p.lines.from
	items := []*fyne.MenuItem{
		fyne.NewMenuItem(lang.L("Filter…"), p.Filter), pause, fyne.NewMenuItem(lang.L("Fold or unfold"), p.fold),
		fyne.NewMenuItemSeparator(), p.lines.copyItem(), clear,
	}
	return append(items, p.saver.menuItems()...)
}

// openLineMenu shows what can be done with a line.
func (p *Panel) openLineMenu(l line, at fyne.Position) {
	address := addrText(l.Addr)
	menu := fyne.NewMenu("", fyne.NewMenuItem(lang.L("Copy line"), func() { kit.CopyText(l.text("\t")) }))
	if l.Note == "" {
		menu.Items = append(menu.Items, fyne.NewMenuItem(lang.L("Copy path"), func() { kit.CopyText(words.Target(l.Target)) }))
	}
	menu.Items = append(menu.Items, p.lines.copyItem())
	if address != "" {
		name := p.lines.names.text(l.Request)
		menu.Items = append(menu.Items, fyne.NewMenuItem(lang.L("Only {{.Name}}", map[string]any{"Name": name}), func() { p.bar.filterBy(address) }))
	}
	widget.ShowPopUpMenuAtPosition(menu, p.win.Canvas(), at)
}

// panelLayout puts the list below the toolbar, if there is room for some lines of it.
type panelLayout struct{}

const rowsMin = 2

// HeightOf returns how high so many requests are.
func HeightOf(requests int) float32 { return float32(requests * rowHeight) }

// Fit returns how much of a height whole requests fill; 0 if these are too few to be of use.
func Fit(height float32) float32 {
	rows := int(height / rowHeight)
	if rows < rowsMin {
		return 0
	}
	return HeightOf(rows)
}

func (panelLayout) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (panelLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	top := o[0].MinSize().Height
	o[0].Resize(fyne.NewSize(s.Width, top))
	kit.SetShown(o[1], Fit(s.Height-top) > 0)
	o[1].Move(fyne.NewPos(0, top))
	o[1].Resize(fyne.NewSize(s.Width, max(0, s.Height-top)))
}
