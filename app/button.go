package app

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// button is a widget.Button that the Return key presses too, that a screen
// reader can name even if it shows an icon alone, and that has a look of its
// own. (A theme of its own, by container.NewThemeOverride, would cost some five
// megabytes: Fyne loads all fonts once more for each.)
type button struct {
	widget.Button
	look     buttonLook
	name     string // said by a screen reader; "" means the text
	onEscape func() // may be nil

	hovered, focused, pressed bool

	settle  time.Duration // a click so soon after the text has changed does nothing
	changed time.Time
}

// doubleClick is the longest time between the clicks of a double click. The
// second one must not undo what the first has done.
const doubleClick = 500 * time.Millisecond

func newButton(text string, icon fyne.Resource, importance widget.Importance, tapped func()) *button {
	b := &button{look: plainLook}
	b.Text, b.Icon, b.Importance, b.OnTapped = text, icon, importance, tapped
	b.ExtendBaseWidget(b)
	return b
}

// newIconButton shows an icon alone; name says what it does.
func newIconButton(name string, icon fyne.Resource, tapped func()) *button {
	b := newButton("", icon, widget.LowImportance, tapped)
	b.name = name
	return b
}

// looking gives the button another look than the plain one.
func (b *button) looking(l buttonLook) *button {
	b.look = l
	return b
}

// set changes what the button says and how, if that is a change.
func (b *button) set(text string, icon fyne.Resource, importance widget.Importance, enabled bool) {
	if b.Disabled() == enabled {
		if enabled {
			b.Enable()
		} else {
			b.Disable()
		}
	}
	if b.Text == text && b.Importance == importance {
		return
	}
	b.Text, b.Icon, b.Importance, b.changed = text, icon, importance, time.Now()
	b.Refresh()
}

// Tapped is called by Fyne.
func (b *button) Tapped(e *fyne.PointEvent) {
	if time.Since(b.changed) >= b.settle {
		b.Button.Tapped(e)
	}
}

// AccessibilityLabel names the button.
func (b *button) AccessibilityLabel() string {
	if b.name != "" {
		return b.name
	}
	return b.Button.AccessibilityLabel()
}

// TypedKey is called by Fyne.
func (b *button) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		b.strike()
	case fyne.KeyEscape:
		if b.onEscape != nil {
			b.onEscape()
		}
	default:
		b.Button.TypedKey(k)
	}
}

// strike presses the button by the keyboard, which goes on from here: Fyne's
// Tapped takes the focus away, and the next Tab would begin at the top.
func (b *button) strike() {
	if b.OnTapped != nil && !b.Disabled() && time.Since(b.changed) >= b.settle {
		b.OnTapped()
	}
}

// MouseIn is called by Fyne.
func (b *button) MouseIn(*desktop.MouseEvent) { b.mark(&b.hovered, true) }

// MouseOut is called by Fyne.
func (b *button) MouseOut() {
	b.pressed = false
	b.mark(&b.hovered, false)
}

// MouseDown is called by Fyne.
func (b *button) MouseDown(*desktop.MouseEvent) { b.mark(&b.pressed, true) }

// MouseUp is called by Fyne.
func (b *button) MouseUp(*desktop.MouseEvent) { b.mark(&b.pressed, false) }

// FocusGained is called by Fyne.
func (b *button) FocusGained() { b.mark(&b.focused, true) }

// FocusLost is called by Fyne.
func (b *button) FocusLost() { b.mark(&b.focused, false) }

// mark draws that something holds now, or no more.
func (b *button) mark(what *bool, holds bool) {
	if *what != holds {
		*what = holds
		b.Refresh()
	}
}
