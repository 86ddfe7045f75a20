package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// signInset keeps the sign of a Clickable clear of a scroll bar.
const signInset = 8

// Clickable is an area that a click opens, with either button of the mouse, or the
// Return key. Most of its methods are called by Fyne.
type Clickable struct {
	widget.BaseWidget
	Name     string            // for screen readers
	OnFocus  func()            // the keyboard has got here; may be nil
	OnActive func(active bool) // under the pointer or with the focus, or no longer; may be nil
	NoSign   bool              // something else is in its place

	onClick          func(at fyne.Position) // in the window
	body             fyne.CanvasObject
	back             *canvas.Rectangle
	sign             fyne.CanvasObject // at the end, under the pointer or with the focus
	hovered, focused bool
}

// NewClickable makes body open something at a place in the window. The sign says what
// that is, under the pointer or with the focus.
func NewClickable(body fyne.CanvasObject, sign fyne.Resource, onClick func(at fyne.Position)) *Clickable {
	c := &Clickable{onClick: onClick, body: body, back: &canvas.Rectangle{CornerRadius: RadiusInner, FillColor: color.Transparent}}
	c.sign = Border(nil, nil, nil, Padded(0, 0, 0, signInset, CenteredIcon(Muted(sign), 18)), nil)
	c.sign.Hide()
	c.ExtendBaseWidget(c)
	return c
}

// Tapped is called by Fyne.
func (c *Clickable) Tapped(e *fyne.PointEvent) { c.onClick(e.AbsolutePosition) }

// TappedSecondary is called by Fyne.
func (c *Clickable) TappedSecondary(e *fyne.PointEvent) { c.onClick(e.AbsolutePosition) }

// MouseIn is called by Fyne.
func (c *Clickable) MouseIn(*desktop.MouseEvent) { c.setState(&c.hovered, true) }

// MouseMoved is called by Fyne.
func (c *Clickable) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is called by Fyne.
func (c *Clickable) MouseOut() { c.setState(&c.hovered, false) }

// FocusGained is called by Fyne.
func (c *Clickable) FocusGained() {
	c.setState(&c.focused, true)
	call(c.OnFocus)
}

// FocusLost is called by Fyne.
func (c *Clickable) FocusLost() { c.setState(&c.focused, false) }

// TypedRune is called by Fyne.
func (c *Clickable) TypedRune(rune) {}

// TypedKey is called by Fyne.
func (c *Clickable) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace, desktop.KeyMenu:
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(c)
		c.onClick(at.AddXY(0, c.Size().Height))
	}
}

// AccessibilityLabel returns the name.
func (c *Clickable) AccessibilityLabel() string { return c.Name }

// AccessibilityRole is that of a button.
func (c *Clickable) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

func (c *Clickable) setState(state *bool, on bool) {
	if *state != on {
		*state = on
		c.paint()
		c.back.Refresh()
		if c.OnActive != nil {
			c.OnActive(c.hovered || c.focused)
		}
	}
}

func (c *Clickable) paint() {
	c.back.FillColor, c.back.StrokeColor, c.back.StrokeWidth = color.Transparent, nil, 0
	if c.hovered {
		c.back.FillColor = theme.Color(theme.ColorNameHover)
	}
	SetShown(c.sign, (c.hovered || c.focused) && !c.NoSign)
	if c.focused {
		c.back.StrokeColor, c.back.StrokeWidth = theme.Color(ColorAccent), 1.5
	}
}

// Cursor is a hand.
func (c *Clickable) Cursor() desktop.Cursor { return desktop.PointerCursor }

// Refresh draws the area in the colours of the present theme.
func (c *Clickable) Refresh() {
	c.paint()
	c.BaseWidget.Refresh()
}

// CreateRenderer is called by Fyne.
func (c *Clickable) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(c.back, c.sign, c.body))
}
