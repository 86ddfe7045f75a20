package kit

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// PromptPad is the padding in the card of a [Prompt].
const PromptPad = 8

// Prompt is a card that says what has happened, and asks with buttons what to do. The
// buttons are beside the text, or below it where the title would be cut otherwise.
type Prompt struct {
	Content fyne.CanvasObject
	Buttons []*Button
}

// NewPrompt returns a prompt with a border of this colour. Texts below the title are
// quiet, and so are shy buttons, which keep out of their way.
func NewPrompt(line fyne.ThemeColorName, title string, texts []string, buttons ...*Button) *Prompt {
	lines := Lines(NewStrong(title))
	for _, t := range texts {
		lines.Add(NewCaption(t))
	}
	row := container.New(promptRow{})
	var shy []*Button
	for _, b := range buttons {
		if row.Add(b); b.Shy {
			shy = append(shy, b)
		}
	}
	whole := fyne.MeasureText(title, theme.TextSize(), fyne.TextStyle{Bold: true}).Width + 2*theme.InnerPadding()
	body := BesideOrBelow(8, max(besideMin, whole), Padded(4, 4, 0, 0, lines), Padded(0, 0, 8, promptEnd, row))
	return &Prompt{NewHoverArea(NewCard(ColorSurface, line, RadiusCard, PromptPad, body), shy...), buttons}
}

// promptRow puts buttons beside each other. Shy ones, which leave a hole, are where it does
// not show: before the others at the end of a line, or at the end of a line of their own.
// There signs such as the cross are too, so that nobody hits them in place of an answer.
type promptRow struct{}

const (
	promptGap = 6
	besideMin = 170 // of texts that have buttons beside them; a title that needs more gets it
)

func (promptRow) MinSize(o []fyne.CanvasObject) (least fyne.Size) {
	for _, b := range o {
		size := b.MinSize()
		least = fyne.NewSize(least.Width+size.Width+promptGap, max(least.Height, size.Height))
	}
	return least.SubtractWidthHeight(promptGap, 0)
}

func (l promptRow) Layout(o []fyne.CanvasObject, s fyne.Size) {
	start, end := float32(0), s.Width
	alone := s.Width > l.MinSize(o).Width+1
	place := func(b fyne.CanvasObject, x float32) float32 {
		size := b.MinSize()
		b.Resize(fyne.NewSize(size.Width, s.Height))
		b.Move(fyne.NewPos(x, 0))
		return size.Width + promptGap
	}
	var answers []fyne.CanvasObject
	for i := len(o) - 1; i >= 0; i-- {
		switch b := o[i].(*Button); {
		case alone && (b.Shy || b.Text == ""):
			end -= b.MinSize().Width
			place(b, end)
			end -= promptGap
		case b.Shy:
			start += place(b, start)
		default:
			answers = append(answers, b)
		}
	}
	for _, b := range slices.Backward(answers) {
		start += place(b, start)
	}
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
