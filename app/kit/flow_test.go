package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

func TestFlow(t *testing.T) {
	things := make([]fyne.CanvasObject, 4)
	for i := range things {
		r := canvas.NewRectangle(nil)
		r.SetMinSize(fyne.NewSize(100, 30))
		things[i] = r
	}
	things[1].Hide()
	c := Flow(4, things...)
	for width, want := range map[float32]struct{ height, x, y float32 }{
		400: {30, 208, 0},
		308: {30, 208, 0},
		300: {64, 0, 34},
		150: {98, 0, 68},
	} {
		c.Resize(fyne.NewSize(width, 30))
		if got := c.MinSize(); got != fyne.NewSize(100, want.height) {
			t.Errorf("%v wide: it wants %v, not %v high", width, got, want.height)
		}
		if got := things[3].Position(); got != fyne.NewPos(want.x, want.y) {
			t.Errorf("%v wide: the last is at %v", width, got)
		}
	}
}
