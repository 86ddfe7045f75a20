package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Card is a rounded surface with an object on it. Its colours follow the theme.
type Card struct {
	widget.BaseWidget
	fill, line fyne.ThemeColorName // line is "" for none
	box        *canvas.Rectangle
	body       fyne.CanvasObject
}

// NewCard puts an object on a surface, with padding around it. line is the
// colour of the border, "" for none.
func NewCard(fill, line fyne.ThemeColorName, radius, pad float32, body fyne.CanvasObject) *Card {
	c := &Card{
		fill: fill, line: line,
		box:  &canvas.Rectangle{CornerRadius: radius},
		body: container.New(layout.NewCustomPaddedLayout(pad, pad, pad, pad), body),
	}
	c.ExtendBaseWidget(c)
	c.paint()
	return c
}

// NewPanel returns the large card that one side of a window consists of.
func NewPanel(pad float32, body fyne.CanvasObject) *Card {
	return NewCard(ColorSurface, theme.ColorNameSeparator, RadiusCard, pad, body)
}

func (c *Card) paint() {
	c.box.FillColor = theme.Color(c.fill)
	c.box.StrokeColor, c.box.StrokeWidth = nil, 0
	if c.line != "" {
		c.box.StrokeColor, c.box.StrokeWidth = theme.Color(c.line), 1
	}
}

// Refresh draws the card in the colours of the present theme.
func (c *Card) Refresh() {
	c.paint()
	c.BaseWidget.Refresh()
}

// CreateRenderer is called by Fyne.
func (c *Card) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(c.box, c.body))
}
