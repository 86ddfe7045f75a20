package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Entry is a widget.Entry that leaves the window's own shortcuts to the window.
// A widget.Entry with the focus swallows them.
type Entry struct {
	widget.Entry
	Name       string // for screen readers; "" means the placeholder
	OnEscape   func() // may be nil
	OnFocus    func() // the keyboard has got here; may be nil
	OnBlur     func() // it has left; may be nil
	LeaveByTab bool   // the Tab key goes on, rather than into the text
}

// NewEntry returns an empty entry.
func NewEntry(placeHolder string) *Entry {
	e := &Entry{}
	e.ExtendBaseWidget(e)
	e.SetPlaceHolder(placeHolder)
	return e
}

// TypedShortcut is called by Fyne.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	if e.submits(s) {
		e.OnSubmitted(e.Text)
		return
	}
	if !e.EditsText(s) && PassShortcut(e, s) {
		return
	}
	e.Entry.TypedShortcut(s)
}

// submits reports whether a shortcut is that which hands in a text of several lines: the
// Return key alone begins a line.
func (e *Entry) submits(s fyne.Shortcut) bool {
	custom, ok := s.(*desktop.CustomShortcut)
	isReturn := ok && (custom.KeyName == fyne.KeyReturn || custom.KeyName == fyne.KeyEnter)
	return isReturn && e.MultiLine && e.OnSubmitted != nil
}

// EditsText reports whether a shortcut is for the entry rather than the window.
// Copying without a selection is not.
func (e *Entry) EditsText(s fyne.Shortcut) bool {
	switch s := s.(type) {
	case *fyne.ShortcutCopy:
		return e.SelectedText() != ""
	case *desktop.CustomShortcut:
		switch s.KeyName { // the keys for which widget.Entry has shortcuts
		case fyne.KeyLeft, fyne.KeyRight, fyne.KeyBackspace, fyne.KeyDelete:
			return true
		}
		return false
	}
	return true
}

// FocusGained is called by Fyne.
func (e *Entry) FocusGained() {
	e.Entry.FocusGained()
	call(e.OnFocus)
}

// FocusLost is called by Fyne.
func (e *Entry) FocusLost() {
	e.Entry.FocusLost()
	call(e.OnBlur)
}

// AccessibilityLabel returns the name.
func (e *Entry) AccessibilityLabel() string {
	if e.Name != "" {
		return e.Name
	}
	return e.PlaceHolder
}

// AccessibilityRole is that of text.
func (e *Entry) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// AcceptsTab is called by Fyne.
func (e *Entry) AcceptsTab() bool { return e.Entry.AcceptsTab() && !e.LeaveByTab }

// TypedKey is called by Fyne.
func (e *Entry) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape && e.OnEscape != nil {
		e.OnEscape()
		return
	}
	e.Entry.TypedKey(k)
}

// PassShortcut passes a shortcut to the window that o is in, and reports whether
// there is one.
func PassShortcut(o fyne.CanvasObject, s fyne.Shortcut) bool {
	c, ok := fyne.CurrentApp().Driver().CanvasForObject(o).(fyne.Shortcutable)
	if ok {
		c.TypedShortcut(s)
	}
	return ok
}
