package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Button is a widget.Button that the Return key presses too, that has a name for
// screen readers even if it shows only an icon, and that has a style of its own.
// (A style by container.NewThemeOverride would take some five megabytes for each
// button: Fyne loads all fonts again.) Most of its methods are called by Fyne.
type Button struct {
	widget.Button
	Style    ButtonStyle
	Name     string // for screen readers; "" means the text
	OnEscape func() // may be nil
	OnFocus  func() // the keyboard has got here; may be nil
	Shy      bool   // drawn only under the pointer, with the focus, or when it is revealed

	state buttonState
	tip   tip // the name, while the pointer rests on a button without words

	// Debounce is how long clicks are ignored after the button has changed or
	// moved. They were meant for what was there before.
	Debounce time.Duration
	changed  time.Time
}

// buttonState is what changes the look of a button while the person is at it.
type buttonState struct {
	hovered, focused, pressed bool
	revealed                  bool // though it is shy
}

// DoubleClick is the longest time between the two clicks of a double click. As
// a button's Debounce it keeps the second from undoing the first.
const DoubleClick = 500 * time.Millisecond

// NewButton returns a button in PlainStyle. The icon may be nil.
func NewButton(text string, icon fyne.Resource, importance widget.Importance, tapped func()) *Button {
	b := &Button{Style: PlainStyle}
	b.Text, b.Icon, b.Importance, b.OnTapped = text, icon, importance, tapped
	b.ExtendBaseWidget(b)
	return b
}

// NewIconButton returns a button with only an icon. The name says what it does.
func NewIconButton(name string, icon fyne.Resource, tapped func()) *Button {
	b := NewButton("", icon, widget.LowImportance, tapped)
	b.Name = name
	return b
}

// WithStyle sets the style of a new button.
func (b *Button) WithStyle(s ButtonStyle) *Button {
	b.Style = s
	return b
}

// Set changes the button, and redraws it only if something is different.
func (b *Button) Set(text string, icon fyne.Resource, importance widget.Importance, enabled bool) {
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

// Moved says that the button is now in another place, or does something else.
func (b *Button) Moved() { b.changed = time.Now() }

func (b *Button) ready() bool { return time.Since(b.changed) >= b.Debounce }

// Reveal draws a shy button, or no longer.
func (b *Button) Reveal(on bool) { b.setState(&b.state.revealed, on) }

// IsDrawn reports whether the button can be seen, unless it is hidden.
func (b *Button) IsDrawn() bool {
	return !b.Shy || b.state.revealed || b.state.hovered || b.state.focused
}

// Tapped is called by Fyne.
func (b *Button) Tapped(e *fyne.PointEvent) {
	if b.ready() {
		b.Button.Tapped(e)
	}
}

// AccessibilityLabel returns the button's name.
func (b *Button) AccessibilityLabel() string {
	if b.Name != "" {
		return b.Name
	}
	return b.Button.AccessibilityLabel()
}

// TypedKey is called by Fyne.
func (b *Button) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		b.press()
	case fyne.KeyEscape:
		if b.OnEscape != nil {
			b.OnEscape()
		}
	default:
		b.Button.TypedKey(k)
	}
}

// press presses the button by the keyboard and keeps the focus. Fyne's Tapped
// takes it away, so that the next Tab would start at the top of the window.
func (b *Button) press() {
	if b.OnTapped != nil && !b.Disabled() && b.ready() {
		b.OnTapped()
	}
}

// MouseIn is called by Fyne.
func (b *Button) MouseIn(*desktop.MouseEvent) {
	b.setState(&b.state.hovered, true)
	b.tip.start(b)
}

// MouseOut is called by Fyne.
func (b *Button) MouseOut() {
	b.state.pressed = false
	b.setState(&b.state.hovered, false)
	b.tip.end(b)
}

// MouseDown is called by Fyne.
func (b *Button) MouseDown(*desktop.MouseEvent) {
	b.tip.end(b)
	b.setState(&b.state.pressed, true)
}

// MouseUp is called by Fyne.
func (b *Button) MouseUp(*desktop.MouseEvent) { b.setState(&b.state.pressed, false) }

// FocusGained is called by Fyne.
func (b *Button) FocusGained() {
	b.setState(&b.state.focused, true)
	call(b.OnFocus)
}

// FocusLost is called by Fyne.
func (b *Button) FocusLost() { b.setState(&b.state.focused, false) }

func (b *Button) setState(state *bool, on bool) {
	if *state != on {
		*state = on
		b.Refresh()
	}
}
