package requests

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"windowsill/app/kit"
)

// This file has what the list does with mouse and keyboard.

// Tapped selects the line under the pointer.
func (l *list) Tapped(e *fyne.PointEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(l); c != nil {
		c.Focus(l)
	}
	if i := int(e.Position.Y / rowHeight); i < l.lines.len() {
		l.selectLine(i)
	}
}

// TappedSecondary shows what can be done with the line under the pointer.
func (l *list) TappedSecondary(e *fyne.PointEvent) {
	l.Tapped(e)
	if line, i := l.lines.find(l.selected); i >= 0 {
		l.onMenu(line, e.AbsolutePosition)
	}
}

// FocusGained is called by Fyne.
func (l *list) FocusGained() { l.onFocus(true) }

// FocusLost is called by Fyne.
func (l *list) FocusLost() { l.onFocus(false) }

// AccessibilityLabel says what has the keyboard, not how many lines there are: each of
// them speaks for itself.
func (l *list) AccessibilityLabel() string { return lang.L("Requests") }

// AccessibilityRole is that of what has others in it.
func (l *list) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// TypedRune is called by Fyne.
func (l *list) TypedRune(rune) {}

// TypedKey moves the selection; the first key selects the newest line.
func (l *list) TypedKey(k *fyne.KeyEvent) {
	page := max(1, int(l.scroll.Size().Height/rowHeight)-1)
	newest := l.lines.len() - 1
	_, i := l.lines.find(l.selected)
	if i < 0 {
		i = newest + 1
	}
	switch k.Name {
	case fyne.KeyUp:
		l.selectLine(i - 1)
	case fyne.KeyDown:
		l.selectLine(i + 1)
	case fyne.KeyPageUp:
		l.selectLine(i - page)
	case fyne.KeyPageDown:
		l.selectLine(i + page)
	case fyne.KeyHome:
		l.selectLine(0)
	case fyne.KeyEnd:
		l.selectLine(newest)
	case fyne.KeyEscape:
		l.selected = 0
		l.Refresh()
	}
}

// TypedShortcut copies the selected line. Other shortcuts are the window's.
func (l *list) TypedShortcut(s fyne.Shortcut) {
	line, i := l.lines.find(l.selected)
	if _, copies := s.(*fyne.ShortcutCopy); copies && i >= 0 {
		kit.CopyText(line.text("\t"))
		return
	}
	kit.PassShortcut(l, s)
}
