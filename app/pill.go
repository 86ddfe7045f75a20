package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

const pillHeight = 28

// pill is a short word on a rounded ground with a dot before it: how the share
// stands, in words as well as in colour.
type pill struct {
	widget.BaseWidget
	ground, ink fyne.ThemeColorName
	back        *canvas.Rectangle
	dot         *canvas.Circle
	word        *canvas.Text
}

func newPill() *pill {
	p := &pill{
		ground: theme.ColorNameButton, ink: theme.ColorNamePlaceHolder,
		back: &canvas.Rectangle{CornerRadius: pillHeight / 2},
		dot:  &canvas.Circle{},
		word: canvas.NewText("", nil),
	}
	p.word.TextStyle.Bold = true
	p.ExtendBaseWidget(p)
	p.paint()
	return p
}

// set changes the word and its colours.
func (p *pill) set(word string, ground, ink fyne.ThemeColorName) {
	if p.word.Text == word && p.ground == ground {
		return
	}
	p.word.Text, p.ground, p.ink = word, ground, ink
	p.Refresh()
}

func (p *pill) paint() {
	p.back.FillColor = theme.Color(p.ground)
	p.dot.FillColor, p.word.Color = theme.Color(p.ink), theme.Color(p.ink)
	p.word.TextSize = theme.Size(theme.SizeNameCaptionText) + 1
}

// Refresh draws the pill in the colours of the present theme.
func (p *pill) Refresh() {
	p.paint()
	p.BaseWidget.Refresh()
}

// AccessibilityLabel is the word.
func (p *pill) AccessibilityLabel() string { return p.word.Text }

// AccessibilityRole is that of text.
func (p *pill) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is called by Fyne.
func (p *pill) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.New(pillLayout{}, p.back, p.dot, p.word))
}

// pillLayout places ground, dot and word.
type pillLayout struct{}

func (pillLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(12+8+7+o[2].MinSize().Width+14, pillHeight)
}

func (pillLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	word := o[2].MinSize()
	o[0].Resize(s)
	o[1].Resize(fyne.NewSquareSize(8))
	o[1].Move(fyne.NewPos(12, (s.Height-8)/2))
	o[2].Resize(word)
	o[2].Move(fyne.NewPos(27, (s.Height-word.Height)/2))
}
