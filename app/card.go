package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// card is a rounded surface with something on it. Its colours follow the
// theme; to change them, set fill and line and call Refresh.
type card struct {
	widget.BaseWidget
	fill, line fyne.ThemeColorName // line "" draws none
	box        *canvas.Rectangle
	body       fyne.CanvasObject
}

// newCard puts body on a surface, with pad pixels around it.
func newCard(fill, line fyne.ThemeColorName, radius, pad float32, body fyne.CanvasObject) *card {
	c := &card{
		fill: fill, line: line,
		box:  &canvas.Rectangle{CornerRadius: radius},
		body: container.New(layout.NewCustomPaddedLayout(pad, pad, pad, pad), body),
	}
	c.ExtendBaseWidget(c)
	c.paint()
	return c
}

// newPanel is the large white card of which the window has one on each side.
func newPanel(pad float32, body fyne.CanvasObject) *card {
	return newCard(colorSurface, theme.ColorNameSeparator, radiusCard, pad, body)
}

func (c *card) paint() {
	c.box.FillColor = theme.Color(c.fill)
	c.box.StrokeColor, c.box.StrokeWidth = nil, 0
	if c.line != "" {
		c.box.StrokeColor, c.box.StrokeWidth = theme.Color(c.line), 1
	}
}

// Refresh draws the card in the colours of the present theme.
func (c *card) Refresh() {
	c.paint()
	c.BaseWidget.Refresh()
}

// CreateRenderer is called by Fyne.
func (c *card) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(c.box, c.body))
}
