package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

const badgeHeight = 28

// Badge is a short text with a dot before it on a rounded background: a state,
// in words as well as in colour.
type Badge struct {
	widget.BaseWidget
	Background, Foreground fyne.ThemeColorName

	back *canvas.Rectangle
	dot  *canvas.Circle
	text *canvas.Text
}

// NewBadge returns a badge without text.
func NewBadge() *Badge {
	b := &Badge{
		Background: theme.ColorNameButton, Foreground: theme.ColorNamePlaceHolder,
		back: &canvas.Rectangle{CornerRadius: badgeHeight / 2},
		dot:  &canvas.Circle{},
		text: canvas.NewText("", nil),
	}
	b.text.TextStyle.Bold = true
	b.ExtendBaseWidget(b)
	b.paint()
	return b
}

// Set changes the text and its colours.
func (b *Badge) Set(text string, background, foreground fyne.ThemeColorName) {
	if b.text.Text == text && b.Background == background {
		return
	}
	b.text.Text, b.Background, b.Foreground = text, background, foreground
	b.Refresh()
}

func (b *Badge) paint() {
	b.back.FillColor = theme.Color(b.Background)
	b.dot.FillColor, b.text.Color = theme.Color(b.Foreground), theme.Color(b.Foreground)
	b.text.TextSize = theme.Size(theme.SizeNameCaptionText) + 1
}

// Refresh draws the badge in the colours of the present theme.
func (b *Badge) Refresh() {
	b.paint()
	b.BaseWidget.Refresh()
}

// AccessibilityLabel returns the text.
func (b *Badge) AccessibilityLabel() string { return b.text.Text }

// AccessibilityRole is that of text.
func (b *Badge) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is called by Fyne.
func (b *Badge) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.New(badgeLayout{}, b.back, b.dot, b.text))
}

// badgeLayout places background, dot and text.
type badgeLayout struct{}

func (badgeLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(12+8+7+o[2].MinSize().Width+14, badgeHeight)
}

func (badgeLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	text := o[2].MinSize()
	o[0].Resize(s)
	o[1].Resize(fyne.NewSquareSize(8))
	o[1].Move(fyne.NewPos(12, (s.Height-8)/2))
	o[2].Resize(text)
	o[2].Move(fyne.NewPos(27, (s.Height-text.Height)/2))
}
