package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

const (
	// tipDelay is how long the pointer rests on a button until its tip is shown.
	tipDelay = 600 * time.Millisecond
	// tipFor is how long a tip is shown: of a button that is gone the pointer does not leave.
	tipFor = 5 * time.Second
	tipPad = 6
)

// WithTips puts a layer above the content of a window, on which buttons without words say
// what they do. (Fyne has no tooltips, and a pop-up would take the pointer away from the
// button.)
func WithTips(content fyne.CanvasObject) *fyne.Container {
	t := &tips{back: &canvas.Rectangle{CornerRadius: 6, StrokeWidth: 1}, text: &canvas.Text{}}
	t.layer = container.New(t, t.back, t.text)
	t.hide()
	return container.NewStack(content, t.layer)
}

// tips is the layout of the layer: its objects are where show has put them.
type tips struct {
	layer *fyne.Container
	back  *canvas.Rectangle
	text  *canvas.Text
	of    fyne.CanvasObject // that is explained; nil for none
}

func (t *tips) MinSize([]fyne.CanvasObject) fyne.Size     { return fyne.Size{} }
func (t *tips) Layout(_ []fyne.CanvasObject, _ fyne.Size) {}

// tipsOf returns the layer of the window that an object is in, nil if it has none.
func tipsOf(o fyne.CanvasObject) (t *tips) {
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	if c == nil {
		return nil
	}
	if root, ok := c.Content().(*fyne.Container); ok && len(root.Objects) == 2 {
		if layer, ok := root.Objects[1].(*fyne.Container); ok {
			t, _ = layer.Layout.(*tips)
		}
	}
	return t
}

// show says something below an object, or above it at the edge of the window.
func (t *tips) show(text string, o fyne.CanvasObject) {
	driver, window, of := fyne.CurrentApp().Driver(), t.layer.Size(), o.Size()
	at := driver.AbsolutePositionForObject(o).Subtract(driver.AbsolutePositionForObject(t.layer))
	t.back.FillColor, t.back.StrokeColor = theme.Color(theme.ColorNameOverlayBackground), theme.Color(theme.ColorNameSeparator)
	t.text.Text, t.text.Color, t.text.TextSize = text, theme.Color(theme.ColorNameForeground), theme.Size(theme.SizeNameCaptionText)
	size := t.text.MinSize().AddWidthHeight(2*tipPad, tipPad)
	x := min(max(0, at.X+(of.Width-size.Width)/2), window.Width-size.Width)
	y := at.Y + of.Height + 2
	if y+size.Height > window.Height {
		y = at.Y - size.Height - 2
	}
	t.back.Move(fyne.NewPos(x, y))
	t.back.Resize(size)
	t.text.Move(fyne.NewPos(x+tipPad, y+tipPad/2))
	t.text.Resize(t.text.MinSize())
	t.of = o
	t.back.Show()
	t.text.Show()
	t.layer.Refresh() // objects that were never drawn cannot do it themselves
}

func (t *tips) hide() {
	t.of = nil
	SetShown(t.back, false)
	SetShown(t.text, false)
}

// tip shows the name of a button without words once the pointer rests on it.
type tip struct {
	timer *time.Timer // until then, or until it is over; nil if the pointer is elsewhere
}

func (t *tip) start(b *Button) {
	if b.Text != "" || b.Name == "" {
		return
	}
	t.timer = time.AfterFunc(tipDelay, func() { fyne.Do(func() { t.show(b) }) })
}

func (t *tip) show(b *Button) {
	layer := tipsOf(b)
	if layer == nil || !b.state.hovered || !b.Visible() || b.Disabled() || hasOverlay(b) {
		return
	}
	layer.show(b.Name, b)
	t.timer = time.AfterFunc(tipFor, func() { fyne.Do(func() { t.end(b) }) })
}

func (t *tip) end(b *Button) {
	if t.timer == nil {
		return
	}
	t.timer.Stop()
	t.timer = nil
	if layer := tipsOf(b); layer != nil && layer.of == fyne.CanvasObject(b) {
		layer.hide()
	}
}

// hasOverlay reports whether a menu or a question is in front of an object.
func hasOverlay(o fyne.CanvasObject) bool {
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	return c != nil && c.Overlays().Top() != nil
}
