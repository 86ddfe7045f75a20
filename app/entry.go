package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// entry is a line of text to type that leaves the window's own shortcuts to
// the window: a widget.Entry with the focus would swallow them.
type entry struct {
	widget.Entry
	onEscape func() // may be nil
}

func newEntry(placeHolder string) *entry {
	e := &entry{}
	e.ExtendBaseWidget(e)
	e.SetPlaceHolder(placeHolder)
	return e
}

// TypedShortcut is called by Fyne.
func (e *entry) TypedShortcut(s fyne.Shortcut) {
	if !e.wants(s) && passShortcut(e, s) {
		return
	}
	e.Entry.TypedShortcut(s)
}

// wants says whether the shortcut edits text. Copying without a selection
// does not.
func (e *entry) wants(s fyne.Shortcut) bool {
	switch s := s.(type) {
	case *fyne.ShortcutCopy:
		return e.SelectedText() != ""
	case *desktop.CustomShortcut:
		return !isWindowKey(s.KeyName)
	}
	return true
}

// TypedKey is called by Fyne.
func (e *entry) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape && e.onEscape != nil {
		e.onEscape()
		return
	}
	e.Entry.TypedKey(k)
}

// passShortcut hands a shortcut on to the window that o is in.
func passShortcut(o fyne.CanvasObject, s fyne.Shortcut) bool {
	c, ok := fyne.CurrentApp().Driver().CanvasForObject(o).(fyne.Shortcutable)
	if ok {
		c.TypedShortcut(s)
	}
	return ok
}
