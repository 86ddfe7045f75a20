package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"
)

// Check is a widget.Check that says when the keyboard gets to it, and hears the Escape key.
type Check struct {
	widget.Check
	OnFocus  func() // may be nil
	OnEscape func() // may be nil
}

// NewCheck returns a check box.
func NewCheck(text string, changed func(on bool)) *Check {
	c := &Check{}
	c.Text, c.OnChanged = text, changed
	c.ExtendBaseWidget(c)
	return c
}

// FocusGained is called by Fyne.
func (c *Check) FocusGained() {
	c.Check.FocusGained()
	call(c.OnFocus)
}

// TypedKey is called by Fyne.
func (c *Check) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape {
		call(c.OnEscape)
		return
	}
	c.Check.TypedKey(k)
}

// AccessibilityLabel says what it is about and whether it is on: there is no role that has
// the state.
func (c *Check) AccessibilityLabel() string {
	if c.Checked {
		return c.Text + ": " + lang.L("Yes")
	}
	return c.Text + ": " + lang.L("No")
}

// AccessibilityRole is that of a button.
func (c *Check) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// Draw shows it as checked or not, without a call of its OnChanged.
func (c *Check) Draw(on bool) {
	if c.Checked != on {
		f := c.OnChanged
		c.OnChanged = nil
		c.SetChecked(on)
		c.OnChanged = f
	}
}
