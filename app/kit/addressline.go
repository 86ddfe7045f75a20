package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// The text is as large as there is room for, between these sizes.
const (
	addressMax = 22
	addressMin = 10
)

// AddressLine shows an address to read out or to copy. A click or the Tab key
// selects all of it, as in the address bar of a browser.
type AddressLine struct {
	widget.BaseWidget
	onCopy    func()
	text      *canvas.Text
	selection *canvas.Rectangle
	focused   bool
}

// NewAddressLine returns a line without an address. onCopy is what its menu does.
func NewAddressLine(onCopy func()) *AddressLine {
	l := &AddressLine{
		onCopy:    onCopy,
		text:      canvas.NewText("", nil),
		selection: &canvas.Rectangle{CornerRadius: 6},
	}
	l.text.TextStyle.Bold, l.text.Alignment = true, fyne.TextAlignCenter
	l.ExtendBaseWidget(l)
	return l
}

// Set changes the address.
func (l *AddressLine) Set(address string) {
	if l.text.Text != address {
		l.text.Text = address
		l.Refresh()
	}
}

// Tapped selects the address.
func (l *AddressLine) Tapped(*fyne.PointEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(l); c != nil {
		c.Focus(l)
	}
}

// TappedSecondary offers to copy it.
func (l *AddressLine) TappedSecondary(e *fyne.PointEvent) {
	l.Tapped(e)
	menu := fyne.NewMenu("", fyne.NewMenuItem(lang.L("Copy"), l.onCopy))
	if c := fyne.CurrentApp().Driver().CanvasForObject(l); c != nil {
		widget.ShowPopUpMenuAtPosition(menu, c, e.AbsolutePosition)
	}
}

// IsSelected reports whether the address is selected.
func (l *AddressLine) IsSelected() bool { return l.focused }

// FocusGained selects the address.
func (l *AddressLine) FocusGained() { l.focused = true; l.Refresh() }

// FocusLost takes the selection away.
func (l *AddressLine) FocusLost() { l.focused = false; l.Refresh() }

// TypedRune is called by Fyne. An address cannot be changed here.
func (l *AddressLine) TypedRune(rune) {}

// TypedKey is called by Fyne. An address cannot be changed here.
func (l *AddressLine) TypedKey(*fyne.KeyEvent) {}

// Cursor is that of text.
func (l *AddressLine) Cursor() desktop.Cursor { return desktop.TextCursor }

// AccessibilityLabel returns the address.
func (l *AddressLine) AccessibilityLabel() string { return l.text.Text }

// AccessibilityRole is that of text.
func (l *AddressLine) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is called by Fyne.
func (l *AddressLine) CreateRenderer() fyne.WidgetRenderer {
	r := &addressRenderer{l}
	r.paint()
	return r
}

type addressRenderer struct{ *AddressLine }

func (r *addressRenderer) paint() {
	r.text.Color = theme.Color(theme.ColorNameForeground)
	r.selection.FillColor = theme.Color(theme.ColorNameSelection)
	r.selection.Hidden = !r.focused
	r.Layout(r.AddressLine.Size())
}

func (r *addressRenderer) Layout(s fyne.Size) {
	for r.text.TextSize = addressMax; r.text.TextSize > addressMin && r.text.MinSize().Width > s.Width-8; {
		r.text.TextSize--
	}
	r.text.Resize(s)
	word := r.text.MinSize()
	r.selection.Resize(word.AddWidthHeight(8, 0))
	r.selection.Move(fyne.NewPos((s.Width-word.Width)/2-4, (s.Height-word.Height)/2))
}

func (r *addressRenderer) MinSize() fyne.Size {
	return fyne.NewSize(120, fyne.MeasureText("0", addressMax, r.text.TextStyle).Height)
}

func (r *addressRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.selection, r.text}
}

func (r *addressRenderer) Destroy() {}

func (r *addressRenderer) Refresh() {
	r.paint()
	r.selection.Refresh()
	r.text.Refresh()
}
