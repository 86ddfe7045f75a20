package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// TapArea is something to click on. It cannot have the focus, so there has to be another
// way for the keyboard.
type TapArea struct {
	widget.BaseWidget
	body  fyne.CanvasObject
	onTap func()
}

// NewTapArea makes body react to a click.
func NewTapArea(body fyne.CanvasObject, onTap func()) *TapArea {
	a := &TapArea{body: body, onTap: onTap}
	a.ExtendBaseWidget(a)
	return a
}

// Tapped is called by Fyne.
func (a *TapArea) Tapped(*fyne.PointEvent) { a.onTap() }

// Cursor is a hand.
func (a *TapArea) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer is called by Fyne.
func (a *TapArea) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(a.body) }
