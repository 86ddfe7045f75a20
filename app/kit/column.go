package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Column puts objects below each other. Unlike a VBox it gives each its width
// before it asks for the height, which text that wraps does not know earlier.
func Column(gap float32, o ...fyne.CanvasObject) *fyne.Container {
	return container.New(columnLayout{gap}, o...)
}

type columnLayout struct{ gap float32 }

func (l columnLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, c := range o {
		if c.Visible() {
			m := c.MinSize()
			size = fyne.NewSize(max(size.Width, m.Width), size.Height+m.Height+l.gap)
		}
	}
	size.Height -= l.gap
	return size
}

func (l columnLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	var y float32
	for _, c := range o {
		if !c.Visible() {
			continue
		}
		c.Move(fyne.NewPos(0, y))
		c.Resize(fyne.NewSize(s.Width, c.MinSize().Height))
		height := c.MinSize().Height
		c.Resize(fyne.NewSize(s.Width, height))
		y += height + l.gap
	}
}
