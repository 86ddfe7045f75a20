package app

import "fyne.io/fyne/v2"

// flow puts things side by side, and into one more line where they find no
// room. How high it is it knows once it has been given a width.
type flow struct{ between, width float32 }

// MinSize is called by Fyne.
func (l *flow) MinSize(o []fyne.CanvasObject) (least fyne.Size) {
	l.each(o, func(c fyne.CanvasObject, at fyne.Position, s fyne.Size) {
		least = least.Max(fyne.NewSize(s.Width, at.Y+s.Height))
	})
	return least
}

// Layout is called by Fyne.
func (l *flow) Layout(o []fyne.CanvasObject, s fyne.Size) {
	l.width = s.Width
	l.each(o, func(c fyne.CanvasObject, at fyne.Position, s fyne.Size) {
		c.Move(at)
		c.Resize(s)
	})
}

// each says where every thing that is shown belongs.
func (l *flow) each(o []fyne.CanvasObject, do func(fyne.CanvasObject, fyne.Position, fyne.Size)) {
	var at fyne.Position
	var line float32
	for _, c := range o {
		if !c.Visible() {
			continue
		}
		s := c.MinSize()
		if at.X > 0 && at.X+s.Width > l.width {
			at, line = fyne.NewPos(0, at.Y+line+l.between), 0
		}
		do(c, at, s)
		at.X += s.Width + l.between
		line = max(line, s.Height)
	}
}
