package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// Prompt is a card that says what has happened, and asks with buttons what to do. The
// buttons are beside the text, or below it where there is little room.
type Prompt struct {
	Content fyne.CanvasObject
	Buttons []*Button
}

// NewPrompt returns a prompt with a border of this colour. Texts below the title are
// quiet, and so are shy buttons, which stand before the others.
func NewPrompt(line fyne.ThemeColorName, title string, texts []string, buttons ...*Button) *Prompt {
	lines := Lines(NewStrong(title))
	for _, t := range texts {
		lines.Add(NewCaption(t))
	}
	row := container.New(layout.NewCustomPaddedHBoxLayout(6))
	var shy []*Button
	for _, b := range buttons {
		if b.Shy {
			shy = append(shy, b)
			row.Add(b)
		}
	}
	for _, b := range buttons {
		if !b.Shy {
			row.Add(b)
		}
	}
	body := BesideOrBelow(8, Padded(4, 4, 0, 0, lines), Padded(0, 0, 8, promptEnd, row))
	return &Prompt{NewHoverArea(NewCard(ColorSurface, line, RadiusCard, 8, body), shy...), buttons}
}

// promptEnd keeps the buttons as far from the border as the text is.
const promptEnd = 4

// Moved says that the prompt is in another place now: clicks that were meant for what was
// there before are ignored.
func (p *Prompt) Moved(debounce time.Duration) {
	for _, b := range p.Buttons {
		b.Debounce = debounce
		b.Moved()
	}
}

// Disable takes no further answer.
func (p *Prompt) Disable() {
	canvas := fyne.CurrentApp().Driver().CanvasForObject(p.Content)
	for _, b := range p.Buttons {
		if canvas != nil && canvas.Focused() == fyne.Focusable(b) {
			canvas.Unfocus()
		}
		b.Disable()
	}
}

// NewMenuButton returns a button that opens a menu below itself.
func NewMenuButton(name string, icon fyne.Resource, items func() []*fyne.MenuItem) *Button {
	b := NewIconButton(name, icon, nil)
	b.OnTapped = func() {
		driver := fyne.CurrentApp().Driver()
		if c := driver.CanvasForObject(b); c != nil {
			widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items()...), c, driver.AbsolutePositionForObject(b).AddXY(0, b.Size().Height))
		}
	}
	return b
}
