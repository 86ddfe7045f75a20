package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// There are three sizes of text, and no more. All of it except paragraphs ends
// in an ellipsis where there is no room, so that a long name moves nothing.

// NewHeading returns the one large line of a panel.
func NewHeading(s string) *widget.Label {
	return NewText(s, theme.SizeNameHeadingText, true)
}

// NewTitle returns the title of a part of a panel.
func NewTitle(s string) *widget.Label {
	return NewText(s, theme.SizeNameSubHeadingText, true)
}

// NewStrong returns a bold line of ordinary size.
func NewStrong(s string) *widget.Label {
	return NewText(s, theme.SizeNameText, true)
}

// NewCaption returns a small, quiet line.
func NewCaption(s string) *widget.Label {
	l := NewText(s, theme.SizeNameCaptionText, false)
	l.Importance = widget.LowImportance
	return l
}

// TextWidth returns how wide a label has to be for a text.
func TextWidth(l *widget.Label, text string) float32 {
	return fyne.MeasureText(text, theme.Size(l.SizeName), l.TextStyle).Width + 2*theme.InnerPadding() + 2 // Fyne rounds
}

// NewParagraph returns text that wraps.
func NewParagraph(s string) *widget.Label {
	l := NewText(s, theme.SizeNameText, false)
	l.Truncation, l.Wrapping = fyne.TextTruncateOff, fyne.TextWrapWord
	return l
}

// NewText returns a line of text.
func NewText(s string, size fyne.ThemeSizeName, bold bool) *widget.Label {
	l := widget.NewLabel(s)
	l.SizeName, l.TextStyle.Bold, l.Truncation = size, bold, fyne.TextTruncateEllipsis
	return l
}

// Centered centres the text of a new label.
func Centered(l *widget.Label) *widget.Label {
	l.Alignment = fyne.TextAlignCenter
	return l
}

// Untruncated makes a new label as wide as its text.
func Untruncated(l *widget.Label) *widget.Label {
	l.Truncation = fyne.TextTruncateOff
	return l
}

// SetText changes the text of a label, and redraws it only if it is different.
func SetText(l *widget.Label, s string) {
	if l.Text != s {
		l.SetText(s)
	}
}

// CopyText puts text on the clipboard.
func CopyText(s string) { fyne.CurrentApp().Clipboard().SetContent(s) }

// SetTextAndImportance changes a label, and redraws it only if it is different.
func SetTextAndImportance(l *widget.Label, s string, importance widget.Importance) {
	if l.Text != s || l.Importance != importance {
		l.Text, l.Importance = s, importance
		l.Refresh()
	}
}
