package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
)

// head is the line above the list.
func (p *logPanel) head() fyne.CanvasObject {
	more := kit.NewIconButton(lang.L("What to do with the requests"), theme.MoreVerticalIcon(), nil)
	more.OnTapped = func() {
		clear := fyne.NewMenuItem(p.clear.Text, p.cleared)
		clear.Disabled = p.clear.Disabled()
		p.openMenu(more, append([]*fyne.MenuItem{p.copyAllItem(), clear}, p.saveItems()...)...)
	}
	return container.New(logHead{}, p.filter, p.pause.button, container.NewHBox(p.clear, p.save), more)
}

// openMenu shows a menu below a button.
func (p *logPanel) openMenu(below fyne.CanvasObject, items ...*fyne.MenuItem) {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(below).AddXY(0, below.Size().Height)
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), p.win.Canvas(), at)
}

func (p *logPanel) copyAllItem() *fyne.MenuItem {
	return fyne.NewMenuItem(lang.L("Copy what is shown"), func() { kit.CopyText(p.view.text()) })
}

// logHead is the layout of an entry, a button, and more of them in a line.
// Where they would leave the entry too little room, the last button, which
// opens a menu, stands for the others.
type logHead struct{}

const logHeadWide = 320

func (logHead) MinSize(o []fyne.CanvasObject) fyne.Size {
	size := o[0].MinSize().Max(fyne.NewSize(120, 0))
	for _, b := range []fyne.CanvasObject{o[1], o[3]} {
		size = fyne.NewSize(size.Width+theme.Padding()+b.MinSize().Width, max(size.Height, b.MinSize().Height))
	}
	return size
}

func (logHead) Layout(o []fyne.CanvasObject, s fyne.Size) {
	kit.SetShown(o[2], s.Width >= logHeadWide)
	kit.SetShown(o[3], s.Width < logHeadWide)
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
