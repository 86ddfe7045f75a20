package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// HoverArea reveals shy buttons in it while the pointer is over it, or once it is tapped: a
// finger does not hover. Its methods are called by Fyne.
type HoverArea struct {
	widget.BaseWidget
	body fyne.CanvasObject
	shy  []*Button
}

// NewHoverArea makes body reveal these buttons, and makes them shy.
func NewHoverArea(body fyne.CanvasObject, shy ...*Button) *HoverArea {
	a := &HoverArea{body: body, shy: shy}
	for _, b := range shy {
		b.Shy = true
	}
	a.ExtendBaseWidget(a)
	return a
}

// MouseIn is called by Fyne.
func (a *HoverArea) MouseIn(*desktop.MouseEvent) { a.reveal(true) }

// MouseMoved is called by Fyne.
func (a *HoverArea) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is called by Fyne.
func (a *HoverArea) MouseOut() { a.reveal(false) }

// Tapped is called by Fyne.
func (a *HoverArea) Tapped(*fyne.PointEvent) { a.reveal(true) }

func (a *HoverArea) reveal(on bool) {
	for _, b := range a.shy {
		b.Reveal(on)
	}
}

// CreateRenderer is called by Fyne.
func (a *HoverArea) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(a.body) }
