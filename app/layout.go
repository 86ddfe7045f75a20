package app

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// tight stacks texts that belong together: labels bring padding of their own.
func tight(o ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedVBoxLayout(-10), o...)
}

// stack puts one below the other with so many pixels between them.
func stack(between float32, o ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedVBoxLayout(between), o...)
}

// padded leaves room at the top, the bottom, the left and the right.
func padded(top, bottom, left, right float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(top, bottom, left, right), o)
}

// gap is nothing, so many pixels high.
func gap(height float32) fyne.CanvasObject {
	r := canvas.NewRectangle(color.Transparent)
	r.SetMinSize(fyne.NewSize(1, height))
	return r
}

// picture is an icon in the middle of its place, side pixels wide.
func picture(r fyne.Resource, side float32) fyne.CanvasObject {
	return container.NewCenter(container.NewGridWrap(fyne.NewSquareSize(side), widget.NewIcon(r)))
}

// wide gives its one child a fixed width.
type wide struct{ width float32 }

func (l wide) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.width, o[0].MinSize().Height)
}

func (l wide) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(s)
}

// columns is the layout of the window: a column that acts, and all the rest
// for the one that shows. The first grows with the window, but slowly.
type columns struct{}

const (
	actWidthMin  = 292
	actWidthMax  = 440
	showWidthMin = 296
)

func (columns) MinSize(o []fyne.CanvasObject) fyne.Size {
	height := max(o[0].MinSize().Height, o[1].MinSize().Height)
	return fyne.NewSize(actWidthMin+gutter+showWidthMin, height)
}

func (columns) Layout(o []fyne.CanvasObject, s fyne.Size) {
	act := min(max(s.Width*0.385, actWidthMin), actWidthMax)
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(act, s.Height))
	o[1].Move(fyne.NewPos(act+gutter, 0))
	o[1].Resize(fyne.NewSize(max(0, s.Width-act-gutter), s.Height))
}

// shares gives the first child what it needs at least, the second as much as
// it would like, and what is left to the first again. The second is a scroll
// container around what it would like to show.
type shares struct{ between float32 }

func (l shares) MinSize(o []fyne.CanvasObject) fyne.Size {
	first, second := o[0].MinSize(), o[1].MinSize()
	if !o[1].Visible() {
		return first
	}
	return fyne.NewSize(max(first.Width, second.Width), first.Height+l.between+second.Height)
}

func (l shares) Layout(o []fyne.CanvasObject, s fyne.Size) {
	var height float32
	if o[1].Visible() {
		height = l.second(o[1], s.Height-l.between-o[0].MinSize().Height)
		o[1].Move(fyne.NewPos(0, s.Height-height))
		o[1].Resize(fyne.NewSize(s.Width, height))
		height += l.between
	}
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(s.Width, s.Height-height))
}

func (shares) second(o fyne.CanvasObject, room float32) float32 {
	wish := o.MinSize().Height
	if c, ok := o.(wishing); ok {
		wish = c.wish()
	}
	return max(min(wish, room), o.MinSize().Height)
}

// wishing is an object that can do with less height than it would like.
type wishing interface{ wish() float32 }

// above puts the first, if it is shown, above the second, which takes the
// rest. The first may wrap its text: it gets its width before it is asked for
// its height. It asks for no room of its own, as the second can always spare
// some; otherwise the window would grow whenever something goes wrong.
type above struct {
	between float32
	most    float32 // the first's share of the height at most; for what can be scrolled
}

func (l above) MinSize(o []fyne.CanvasObject) fyne.Size {
	first, second := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(max(first.Width, second.Width), second.Height)
}

func (l above) Layout(o []fyne.CanvasObject, s fyne.Size) {
	var top float32
	if o[0].Visible() {
		o[0].Move(fyne.NewPos(0, 0))
		o[0].Resize(fyne.NewSize(s.Width, o[0].MinSize().Height))
		height := min(o[0].MinSize().Height, s.Height*l.most)
		o[0].Resize(fyne.NewSize(s.Width, height))
		top = height + l.between
	}
	o[1].Move(fyne.NewPos(0, top))
	o[1].Resize(fyne.NewSize(s.Width, max(0, s.Height-top)))
}

// least gives its child at least a certain size, in every state the same:
// a window must not grow by itself.
type least struct{ width, height float32 }

func (l least) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[0].MinSize().Max(fyne.NewSize(l.width, l.height))
}

func (l least) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(s)
}
