package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// FixedWidth gives an object a width.
func FixedWidth(width float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(fixedWidthLayout{width}, o)
}

// MaxWidth keeps an object in the middle and no wider than this.
func MaxWidth(width float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(maxWidthLayout{width}, o)
}

// AtLeast gives an object at least a size. A window with it does not grow when
// what is in it does.
func AtLeast(width, height float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(atLeastLayout{fyne.NewSize(width, height)}, o)
}

// OnResized calls a function whenever an object gets another size.
func OnResized(o fyne.CanvasObject, resized func()) *fyne.Container {
	return container.New(&resizedLayout{resized: resized}, o)
}

type resizedLayout struct {
	resized func()
	size    fyne.Size
}

func (*resizedLayout) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (l *resizedLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	fill(o, s)
	if s != l.size {
		l.size = s
		l.resized()
	}
}

// fill gives the one object of a container all of its room.
func fill(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(s)
}

type fixedWidthLayout struct{ width float32 }

func (l fixedWidthLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.width, o[0].MinSize().Height)
}

func (fixedWidthLayout) Layout(o []fyne.CanvasObject, s fyne.Size) { fill(o, s) }

type maxWidthLayout struct{ width float32 }

func (maxWidthLayout) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (l maxWidthLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	width := min(s.Width, l.width)
	o[0].Resize(fyne.NewSize(width, s.Height))
	o[0].Move(fyne.NewPos((s.Width-width)/2, 0))
}

type atLeastLayout struct{ size fyne.Size }

func (l atLeastLayout) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize().Max(l.size) }

func (atLeastLayout) Layout(o []fyne.CanvasObject, s fyne.Size) { fill(o, s) }
