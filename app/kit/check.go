package kit

import "fyne.io/fyne/v2/widget"

// Check is a widget.Check that says when the keyboard gets to it.
type Check struct {
	widget.Check
	OnFocus func() // may be nil
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

// Draw shows it as checked or not, without a call of its OnChanged.
func (c *Check) Draw(on bool) {
	if c.Checked != on {
		f := c.OnChanged
		c.OnChanged = nil
		c.SetChecked(on)
		c.OnChanged = f
	}
}
