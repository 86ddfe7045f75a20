package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Lines puts lines of text, and progress bars, below each other, closely: text brings
// padding of its own, which a bar gets here.
func Lines(o ...fyne.CanvasObject) *fyne.Container { return container.New(linesLayout{}, o...) }

type linesLayout struct{}

const (
	lineGap = 1
	barGap  = 4 // above and below a bar
)

// place calls put with the place of each object that is shown, and returns the height of
// all.
func (linesLayout) place(o []fyne.CanvasObject, put func(c fyne.CanvasObject, x, y, height float32)) float32 {
	pad, y := theme.InnerPadding(), float32(0)
	for _, c := range o {
		if !c.Visible() {
			continue
		}
		height := c.MinSize().Height
		if _, isBar := c.(*ProgressBar); isBar {
			put(c, pad, y+barGap, height)
			y += height + 2*barGap
			continue
		}
		put(c, 0, y-pad, height)
		y += height - 2*pad + lineGap
	}
	return y
}

func (l linesLayout) MinSize(o []fyne.CanvasObject) (least fyne.Size) {
	least.Height = l.place(o, func(c fyne.CanvasObject, x, _, _ float32) {
		least.Width = max(least.Width, c.MinSize().Width+2*x)
	})
	return least
}

func (l linesLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	l.place(o, func(c fyne.CanvasObject, x, y, height float32) {
		c.Move(fyne.NewPos(x, y))
		c.Resize(fyne.NewSize(s.Width-2*x, height))
	})
}

// Cornered puts one object below another, and a third into the corner at the end of the
// first, which leaves it room; the one below has the whole width.
func Cornered(first, corner, below fyne.CanvasObject) *fyne.Container {
	return container.New(corneredLayout{}, first, corner, below)
}

type corneredLayout struct{}

func (corneredLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	first, corner, below := o[0].MinSize(), o[1].MinSize(), o[2].MinSize()
	return fyne.NewSize(max(first.Width+corner.Width, below.Width), max(first.Height+below.Height, corner.Height))
}

func (corneredLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	corner, top := o[1].MinSize(), o[0].MinSize().Height
	o[0].Resize(fyne.NewSize(s.Width-corner.Width, top))
	o[1].Move(fyne.NewPos(s.Width-corner.Width, 0))
	o[1].Resize(corner)
	o[2].Move(fyne.NewPos(0, top))
	o[2].Resize(fyne.NewSize(s.Width, s.Height-top))
}

// Marked puts a sign before a line of text, closely, and a button behind it: where the text
// ends, unless it has to be cut.
func Marked(mark, text *widget.Label, button fyne.CanvasObject) *fyne.Container {
	return container.New(markedLayout{text}, mark, text, button)
}

type markedLayout struct{ text *widget.Label }

func (markedLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width+o[1].MinSize().Width+o[2].MinSize().Width, o[1].MinSize().Height)
}

func (l markedLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	x, right := float32(0), s.Width
	if o[0].Visible() {
		x = o[0].MinSize().Width - 1.5*theme.InnerPadding()
		o[0].Resize(o[0].MinSize())
	}
	if o[2].Visible() {
		size := o[2].MinSize()
		right = min(right-size.Width, x+TextWidth(l.text, l.text.Text))
		o[2].Move(fyne.NewPos(right, (s.Height-size.Height)/2))
		o[2].Resize(size)
	}
	o[1].Move(fyne.NewPos(x, 0))
	o[1].Resize(fyne.NewSize(max(0, right-x), s.Height))
}
