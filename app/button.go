package app

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// button is a widget.Button that the Return key presses too, and that a
// screen reader can name even if it shows an icon alone.
type button struct {
	widget.Button
	name     string // said by a screen reader; "" means the text
	onEscape func() // may be nil

	settle  time.Duration // a click so soon after the text has changed does nothing
	changed time.Time
}

// doubleClick is the longest time between the clicks of a double click. The
// second one must not undo what the first has done.
const doubleClick = 500 * time.Millisecond

func newButton(text string, icon fyne.Resource, importance widget.Importance, tapped func()) *button {
	b := &button{}
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

// big makes the button the one that matters on its page.
func big(b *button) fyne.CanvasObject {
	return container.NewThemeOverride(b, newBigTheme())
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
	case fyne.KeyReturn, fyne.KeyEnter:
		b.Tapped(nil)
	case fyne.KeyEscape:
		if b.onEscape != nil {
			b.onEscape()
		}
	default:
		b.Button.TypedKey(k)
	}
}
