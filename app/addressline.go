package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// The address is as large as its place allows, between these text sizes.
const (
	addressMax = 22
	addressMin = 10
)

// addressLine shows an address to read out or to copy. A click or the Tab key
// selects it as a whole, as in a browser's address bar: half of it is of no
// use to anyone.
type addressLine struct {
	widget.BaseWidget
	onCopy    func()
	text      *canvas.Text
	selection *canvas.Rectangle
	focused   bool
}

func newAddressLine(onCopy func()) *addressLine {
	l := &addressLine{
		onCopy:    onCopy,
		text:      canvas.NewText("", nil),
		selection: &canvas.Rectangle{CornerRadius: 6},
	}
	l.text.TextStyle.Bold, l.text.Alignment = true, fyne.TextAlignCenter
	l.ExtendBaseWidget(l)
	return l
}

// set shows another address.
func (l *addressLine) set(address string) {
	if l.text.Text != address {
		l.text.Text = address
		l.Refresh()
	}
}

// Tapped selects the address.
func (l *addressLine) Tapped(*fyne.PointEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(l); c != nil {
		c.Focus(l)
	}
}

// TappedSecondary offers to copy it.
func (l *addressLine) TappedSecondary(e *fyne.PointEvent) {
	l.Tapped(e)
	menu := fyne.NewMenu("", fyne.NewMenuItem(lang.L("Copy"), l.onCopy))
	if c := fyne.CurrentApp().Driver().CanvasForObject(l); c != nil {
		widget.ShowPopUpMenuAtPosition(menu, c, e.AbsolutePosition)
	}
}

// FocusGained selects the address.
func (l *addressLine) FocusGained() { l.focused = true; l.Refresh() }

// FocusLost takes the selection away.
func (l *addressLine) FocusLost() { l.focused = false; l.Refresh() }

// TypedRune is called by Fyne. An address cannot be changed here.
func (l *addressLine) TypedRune(rune) {}

// TypedKey is called by Fyne. An address cannot be changed here.
func (l *addressLine) TypedKey(*fyne.KeyEvent) {}

// Cursor is that of text.
func (l *addressLine) Cursor() desktop.Cursor { return desktop.TextCursor }

// AccessibilityLabel is the address.
func (l *addressLine) AccessibilityLabel() string { return l.text.Text }

// AccessibilityRole is that of text.
func (l *addressLine) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is called by Fyne.
func (l *addressLine) CreateRenderer() fyne.WidgetRenderer {
	r := &addressRenderer{l}
	r.paint()
	return r
}

type addressRenderer struct{ *addressLine }

func (r *addressRenderer) paint() {
	r.text.Color = theme.Color(theme.ColorNameForeground)
	r.selection.FillColor = theme.Color(theme.ColorNameSelection)
	r.selection.Hidden = !r.focused
	r.Layout(r.addressLine.Size())
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
