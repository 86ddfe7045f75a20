package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// The window has four kinds of text and no more. All of them end in an
// ellipsis where there is no room, so that no name however long can push
// things about.

// newHeading is the one large line of a panel.
func newHeading(s string) *widget.Label {
	return newText(s, theme.SizeNameHeadingText, true)
}

// newTitle names a part of a panel.
func newTitle(s string) *widget.Label {
	return newText(s, theme.SizeNameSubHeadingText, true)
}

// newStrong is a line of ordinary size that stands out.
func newStrong(s string) *widget.Label {
	return newText(s, theme.SizeNameText, true)
}

// newCaption is a small, quiet line.
func newCaption(s string) *widget.Label {
	l := newText(s, theme.SizeNameCaptionText, false)
	l.Importance = widget.LowImportance
	return l
}

// newProse is a paragraph: it wraps where the others end.
func newProse(s string) *widget.Label {
	l := newText(s, theme.SizeNameText, false)
	l.Truncation, l.Wrapping = fyne.TextTruncateOff, fyne.TextWrapWord
	return l
}

func newText(s string, size fyne.ThemeSizeName, bold bool) *widget.Label {
	l := widget.NewLabel(s)
	l.SizeName, l.TextStyle.Bold, l.Truncation = size, bold, fyne.TextTruncateEllipsis
	return l
}

// centered puts the text in the middle.
func centered(l *widget.Label) *widget.Label {
	l.Alignment = fyne.TextAlignCenter
	return l
}

// whole shows all of a short text, however little room there is.
func whole(l *widget.Label) *widget.Label {
	l.Truncation = fyne.TextTruncateOff
	return l
}

// setText changes a text only if it differs: that redraws nothing twice.
func setText(l *widget.Label, s string) {
	if l.Text != s {
		l.SetText(s)
	}
}

// setShown shows or hides an object only if that changes something.
func setShown(o fyne.CanvasObject, shown bool) {
	switch {
	case shown && !o.Visible():
		o.Show()
	case !shown && o.Visible():
		o.Hide()
	}
}
