package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// BesideOrBelow puts the second object to the right of the first if the first
// keeps this width, else below it.
func BesideOrBelow(gap, least float32, first, second fyne.CanvasObject) *fyne.Container {
	return container.New(&besideLayout{gap: gap, least: least}, first, second)
}

// besideLayout learns its width only when it is laid out. Until then it asks
// for the larger height.
type besideLayout struct{ gap, least, width float32 }

func (l *besideLayout) isBeside(second fyne.Size) bool { return l.width >= l.least+second.Width }

func (l *besideLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	first, second := o[0].MinSize(), o[1].MinSize()
	if l.isBeside(second) {
		return first.Max(second)
	}
	return fyne.NewSize(max(first.Width, second.Width), first.Height+l.gap+second.Height)
}

func (l *besideLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	l.width = s.Width
	first, second := o[0].MinSize(), o[1].MinSize()
	if l.isBeside(second) {
		o[0].Resize(fyne.NewSize(s.Width-second.Width, first.Height))
		o[0].Move(fyne.NewPos(0, (s.Height-first.Height)/2))
		o[1].Resize(second)
		o[1].Move(fyne.NewPos(s.Width-second.Width, (s.Height-second.Height)/2))
		return
	}
	o[0].Resize(fyne.NewSize(s.Width, first.Height))
	o[0].Move(fyne.NewPos(0, 0))
	o[1].Resize(fyne.NewSize(s.Width, second.Height))
	o[1].Move(fyne.NewPos(0, first.Height+l.gap))
}
