package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// BesideOrBelow puts the second object to the right of the first if the first
// keeps a width of 170, else below it.
func BesideOrBelow(gap float32, first, second fyne.CanvasObject) *fyne.Container {
	return container.New(&besideLayout{gap: gap}, first, second)
}

// besideLayout learns its width only when it is laid out. Until then it asks
// for the larger height.
type besideLayout struct{ gap, width float32 }

const besideMin = 170

func (l *besideLayout) isBeside(second fyne.Size) bool { return l.width >= besideMin+second.Width }

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

// LabelPair shows two labels on one line if there is room for all of both, the
// second at its end; else below each other.
type LabelPair struct {
	Content *fyne.Container // for the window
	layout  *labelPairLayout
}

// NewLabelPair returns the pair of two labels.
func NewLabelPair(first, second *widget.Label) *LabelPair {
	l := &labelPairLayout{first: first, second: second}
	return &LabelPair{container.New(l, first, second), l}
}

// Change calls change, which may change the texts, lays the labels out again and
// reports whether their height is different.
func (p *LabelPair) Change(change func()) (resized bool) {
	before := p.layout.isBeside()
	change()
	p.Content.Refresh()
	return before != p.layout.isBeside()
}

// labelPairLayout learns its width only when it is laid out. Until then it asks
// for the larger height.
type labelPairLayout struct {
	first, second *widget.Label
	width         float32
}

const labelPairOverlap = 10 // how far the second goes up to the first

func (l *labelPairLayout) isBeside() bool {
	return l.width >= textWidth(l.first)+textWidth(l.second)
}

// textWidth is the width that a label needs for all of its text.
func textWidth(l *widget.Label) float32 {
	return fyne.MeasureText(l.Text, theme.Size(l.SizeName), l.TextStyle).Width + 2*theme.InnerPadding() + 2 // for rounding
}

func (l *labelPairLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	first, second := l.first.MinSize(), l.second.MinSize()
	if l.isBeside() {
		return first.Max(second)
	}
	return fyne.NewSize(max(first.Width, second.Width), first.Height+second.Height-labelPairOverlap)
}

func (l *labelPairLayout) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	l.width = s.Width
	first, second := l.first.MinSize().Height, l.second.MinSize().Height
	l.first.Move(fyne.NewPos(0, 0))
	if l.isBeside() {
		width := textWidth(l.second)
		l.first.Resize(fyne.NewSize(s.Width-width, first))
		l.second.Move(fyne.NewPos(s.Width-width, (first-second)/2+1))
		l.second.Resize(fyne.NewSize(width, second))
		return
	}
	l.first.Resize(fyne.NewSize(s.Width, first))
	l.second.Move(fyne.NewPos(0, first-labelPairOverlap-2))
	l.second.Resize(fyne.NewSize(s.Width, second))
}
