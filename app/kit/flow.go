package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Flow puts objects side by side, and on a further line where there is no room.
func Flow(gap float32, o ...fyne.CanvasObject) *fyne.Container {
	return container.New(&flowLayout{gap: gap}, o...)
}

// flowLayout learns its width, and with it its height, when it is laid out.
type flowLayout struct{ gap, width float32 }

func (l *flowLayout) MinSize(o []fyne.CanvasObject) (least fyne.Size) {
	l.place(o, func(_ fyne.CanvasObject, at fyne.Position, s fyne.Size) {
		least = least.Max(fyne.NewSize(s.Width, at.Y+s.Height))
	})
	return least
}

func (l *flowLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	l.width = s.Width
	l.place(o, func(c fyne.CanvasObject, at fyne.Position, s fyne.Size) {
		c.Move(at)
		c.Resize(s)
	})
}

// place calls put with the place of each object that is shown.
func (l *flowLayout) place(o []fyne.CanvasObject, put func(fyne.CanvasObject, fyne.Position, fyne.Size)) {
	var at fyne.Position
	var line float32 // height
	for _, c := range o {
		if !c.Visible() {
			continue
		}
		s := c.MinSize()
		if at.X > 0 && at.X+s.Width > l.width {
			at, line = fyne.NewPos(0, at.Y+line+l.gap), 0
		}
		put(c, at, s)
		at.X += s.Width + l.gap
		line = max(line, s.Height)
	}
}
