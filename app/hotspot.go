package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// hotspot is something to click on twice. The keyboard has another way to the
// same.
type hotspot struct {
	widget.BaseWidget
	body     fyne.CanvasObject
	onDouble func()
}

func newHotspot(body fyne.CanvasObject, onDouble func()) *hotspot {
	h := &hotspot{body: body, onDouble: onDouble}
	h.ExtendBaseWidget(h)
	return h
}

// DoubleTapped is called by Fyne.
func (h *hotspot) DoubleTapped(*fyne.PointEvent) { h.onDouble() }

// CreateRenderer is called by Fyne.
func (h *hotspot) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(h.body) }
