package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Editable is a text that a click, or the Return key, makes an entry. (An entry with the
// focus blinks, which costs a sixth of a processor core where Fyne draws in software.)
type Editable struct {
	Content *fyne.Container
	Entry   *Entry

	text  *Button
	empty string              // what is shown for an empty text
	show  func(string) string // makes the text fit to be shown
}

// NewEditable returns an empty text, in place of which it shows empty.
func NewEditable(empty string, show func(string) string) *Editable {
	e := &Editable{Entry: NewEntry(empty), empty: empty, show: show}
	e.text = NewButton(empty, nil, widget.LowImportance, e.Edit).WithStyle(QuietStyle)
	e.Entry.OnBlur = e.leave
	e.Entry.Hide()
	e.Content = container.NewStack(e.text, e.Entry)
	return e
}

// Edit makes the text an entry with the focus.
func (e *Editable) Edit() {
	e.text.Hide()
	e.Entry.Show()
	e.Entry.CursorColumn = len([]rune(e.Entry.Text))
	if c := fyne.CurrentApp().Driver().CanvasForObject(e.Content); c != nil {
		c.Focus(e.Entry)
	}
}

// Draw shows the present text of the entry.
func (e *Editable) Draw() {
	text := e.empty
	if e.Entry.Text != "" {
		text = e.show(e.Entry.Text)
	}
	e.text.Set(text, nil, widget.LowImportance, true)
}

// leave makes it a text again.
func (e *Editable) leave() {
	e.Entry.Hide()
	e.Draw()
	e.text.Show()
}
