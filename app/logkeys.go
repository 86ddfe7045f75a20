package app

import (
	"fyne.io/fyne/v2"

	"windowsill/app/kit"
)

// What the list of the log does with the mouse and the keyboard.

// Tapped selects the line under the pointer.
func (l *logList) Tapped(e *fyne.PointEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(l); c != nil {
		c.Focus(l)
	}
	if i := int(e.Position.Y / logRowHeight); i < l.view.len() {
		l.choose(i)
	}
}

// TappedSecondary shows what can be done with the line under the pointer.
func (l *logList) TappedSecondary(e *fyne.PointEvent) {
	l.Tapped(e)
	if line, i := l.view.find(l.selected); i >= 0 && l.onMenu != nil {
		l.onMenu(line, e.AbsolutePosition)
	}
}

// FocusGained is called by Fyne.
func (l *logList) FocusGained() { l.onFocus(true) }

// FocusLost is called by Fyne.
func (l *logList) FocusLost() { l.onFocus(false) }

// TypedRune is called by Fyne.
func (l *logList) TypedRune(rune) {}

// TypedKey moves the selection; the first key selects the newest line.
func (l *logList) TypedKey(k *fyne.KeyEvent) {
	page := max(1, int(l.scroll.Size().Height/logRowHeight)-1)
	newest := l.view.len() - 1
	_, i := l.view.find(l.selected)
	if i < 0 {
		i = newest + 1
	}
	switch k.Name {
	case fyne.KeyUp:
		l.choose(i - 1)
	case fyne.KeyDown:
		l.choose(i + 1)
	case fyne.KeyPageUp:
		l.choose(i - page)
	case fyne.KeyPageDown:
		l.choose(i + page)
	case fyne.KeyHome:
		l.choose(0)
	case fyne.KeyEnd:
		l.choose(newest)
	case fyne.KeyEscape:
		l.selected = 0
		l.Refresh()
	}
}

// TypedShortcut copies the selected line. All else is for the window.
func (l *logList) TypedShortcut(s fyne.Shortcut) {
	line, i := l.view.find(l.selected)
	if _, copies := s.(*fyne.ShortcutCopy); copies && i >= 0 {
		kit.CopyText(line.text("\t"))
		return
	}
	kit.PassShortcut(l, s)
}
