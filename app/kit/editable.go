package kit

import (
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
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
	e.Content = container.New(editableLayout{e}, e.text, e.Entry)
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
	e.text.Name = e.empty
	if e.Entry.Text != "" {
		e.text.Name = e.show(e.Entry.Text)
	}
	text := shorten(e.text.Name, e.Content.Size().Width-2*QuietStyle.pad)
	e.text.Set(text, nil, widget.LowImportance, true)
}

// shorten leaves out the middle of a text that is too wide for the button.
func shorten(text string, width float32) string {
	runes := []rune(text)
	shortened := func(n int) string {
		if n >= len(runes) {
			return text
		}
		head := n * 2 / 5 // the end of a path says more
		return string(runes[:head]) + "…" + string(runes[len(runes)-n+head:])
	}
	size, style := theme.Size(QuietStyle.text), fyne.TextStyle{Bold: true}
	tooWide := func(n int) bool { return fyne.MeasureText(shortened(n), size, style).Width > width }
	if width <= 0 || !tooWide(len(runes)) { // not laid out yet, or wide enough
		return text
	}
	return shortened(max(0, sort.Search(len(runes), tooWide)-1))
}

// editableLayout fits the text into the width that there is.
type editableLayout struct{ *Editable }

func (l editableLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[1].MinSize().Width, max(o[0].MinSize().Height, o[1].MinSize().Height))
}

func (l editableLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	for _, object := range o {
		object.Resize(s)
	}
	l.Draw()
}

// leave makes it a text again.
func (e *Editable) leave() {
	e.Entry.Hide()
	e.Draw()
	e.text.Show()
}
