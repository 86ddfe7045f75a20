package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Paragraphs puts texts and controls below each other, close together.
func Paragraphs(o ...fyne.CanvasObject) fyne.CanvasObject { return Column(-6, o...) }

// HintIndent is how far to the right hints of a form are: where the text of a check box
// begins.
const HintIndent = 24

// Option is a control of a form with a hint below it, unless that is nil.
func Option(control, hint fyne.CanvasObject) fyne.CanvasObject {
	if hint == nil {
		return Padded(4, 0, 4, 0, control)
	}
	return Paragraphs(Padded(4, 0, 4, 0, control), Column(0, Padded(0, 0, HintIndent, 0, hint)))
}

// NewHint returns a quiet paragraph that explains a control.
func NewHint(text string) *widget.Label {
	hint := NewParagraph(text)
	hint.Importance = widget.LowImportance
	return hint
}

// NewSelectRow returns a label with a dropdown behind it.
func NewSelectRow(label string, options []string, now int, onChosen func(int)) fyne.CanvasObject {
	return SelectRow(label, NewDropdown(label, options, now, onChosen))
}

// SelectRow puts a label before a dropdown.
func SelectRow(label string, list *Dropdown) fyne.CanvasObject {
	return Border(nil, nil, nil, container.NewCenter(FixedWidth(210, list)), NewParagraph(label))
}

// SelectRows puts such rows below each other.
func SelectRows(rows ...fyne.CanvasObject) fyne.CanvasObject {
	return Padded(8, 4, 0, 8, Column(6, rows...))
}
