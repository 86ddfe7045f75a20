package requests

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
)

// toolbar returns the line above the list.
func (p *Panel) toolbar() fyne.CanvasObject {
	more := kit.NewIconButton(lang.L("What to do with the requests"), theme.MoreVerticalIcon(), nil)
	more.OnTapped = func() {
		clear := fyne.NewMenuItem(p.clear.Text, p.clearLines)
		clear.Disabled = p.clear.Disabled()
		p.openMenu(more, append([]*fyne.MenuItem{p.copyAllItem(), clear}, p.saveMenuItems()...)...)
	}
	return container.New(toolbarLayout{}, p.filter, p.pause.button, container.NewHBox(p.clear, p.save), more)
}

// openMenu shows a menu below a button.
func (p *Panel) openMenu(below fyne.CanvasObject, items ...*fyne.MenuItem) {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(below).AddXY(0, below.Size().Height)
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), p.win.Canvas(), at)
}

func (p *Panel) copyAllItem() *fyne.MenuItem {
	return fyne.NewMenuItem(lang.L("Copy what is shown"), func() { kit.CopyText(p.lines.text()) })
}

// toolbarLayout puts an entry, a button, a group of buttons and a menu button on a
// line. The menu button takes the place of the group where there is little room.
type toolbarLayout struct{}

const toolbarWide = 320

func (toolbarLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	size := o[0].MinSize().Max(fyne.NewSize(120, 0))
	for _, b := range []fyne.CanvasObject{o[1], o[3]} {
		size = fyne.NewSize(size.Width+theme.Padding()+b.MinSize().Width, max(size.Height, b.MinSize().Height))
	}
	return size
}

func (toolbarLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	kit.SetShown(o[2], s.Width >= toolbarWide)
	kit.SetShown(o[3], s.Width < toolbarWide)
	right := s.Width
	for _, b := range []fyne.CanvasObject{o[3], o[2], o[1]} {
		if b.Visible() {
			width := b.MinSize().Width
			b.Move(fyne.NewPos(right-width, 0))
			b.Resize(fyne.NewSize(width, s.Height))
			right -= width + theme.Padding()
		}
	}
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(right, s.Height))
}
