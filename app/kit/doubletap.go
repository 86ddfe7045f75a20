package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// DoubleTapArea is something to double-click on. It cannot have the focus, so
// there has to be another way for the keyboard.
type DoubleTapArea struct {
	widget.BaseWidget
	body     fyne.CanvasObject
	onDouble func()
}

// NewDoubleTapArea makes body react to a double click.
func NewDoubleTapArea(body fyne.CanvasObject, onDouble func()) *DoubleTapArea {
	a := &DoubleTapArea{body: body, onDouble: onDouble}
	a.ExtendBaseWidget(a)
	return a
}

// DoubleTapped is called by Fyne.
func (a *DoubleTapArea) DoubleTapped(*fyne.PointEvent) { a.onDouble() }

// CreateRenderer is called by Fyne.
func (a *DoubleTapArea) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(a.body) }
