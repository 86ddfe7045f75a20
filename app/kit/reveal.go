package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Reveal scrolls as far as it takes to see all of an object in s, or its top.
func Reveal(s *container.Scroll, o fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	top := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(s).Y
	bottom := top + o.Size().Height - s.Size().Height
	switch {
	case top < 0:
		s.ScrollToOffset(s.Offset.AddXY(0, top))
	case bottom > 0:
		s.ScrollToOffset(s.Offset.AddXY(0, min(bottom, top)))
	}
}
