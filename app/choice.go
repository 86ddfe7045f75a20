package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// choice is a button that says what is chosen, and opens the list to choose
// from.
type choice struct {
	button
	about    string // what the choice is about, for a screen reader
	options  []string
	chosen   int // index in options
	onChosen func(i int)
}

// newChoice offers the options, with one of them chosen.
func newChoice(about string, options []string, chosen int, onChosen func(i int)) *choice {
	c := &choice{about: about, onChosen: onChosen}
	c.look, c.OnTapped = plainLook, c.open
	c.Icon, c.IconPlacement, c.Alignment = theme.MenuDropDownIcon(), widget.ButtonIconTrailingText, widget.ButtonAlignLeading
	c.ExtendBaseWidget(c)
	c.offer(options, chosen)
	return c
}

// offer shows other options, and which of them holds.
func (c *choice) offer(options []string, chosen int) {
	c.options = options
	c.show(chosen)
}

// show draws which option holds.
func (c *choice) show(chosen int) {
	c.chosen = chosen
	text := ""
	if chosen < len(c.options) {
		text = c.options[chosen]
	}
	c.name = text
	if c.about != "" {
		c.name = c.about + ": " + text
	}
	if c.Text != text {
		c.SetText(text)
	}
}

// choose takes an option as the person's choice.
func (c *choice) choose(i int) {
	if i >= 0 && i < len(c.options) && i != c.chosen {
		c.show(i)
		c.onChosen(i)
	}
}

// open shows the list below the button.
func (c *choice) open() {
	driver := fyne.CurrentApp().Driver()
	canvas := driver.CanvasForObject(c)
	if canvas == nil {
		return
	}
	items := make([]*fyne.MenuItem, len(c.options))
	for i, text := range c.options {
		items[i] = fyne.NewMenuItem(text, func() { c.choose(i) })
		items[i].Checked = i == c.chosen
	}
	list := widget.NewPopUpMenu(fyne.NewMenu("", items...), canvas)
	list.ShowAtPosition(driver.AbsolutePositionForObject(c).AddXY(0, c.Size().Height))
	list.Resize(fyne.NewSize(max(c.Size().Width, list.MinSize().Width), list.MinSize().Height))
}

// TypedKey is called by Fyne.
func (c *choice) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyLeft:
		c.choose(c.chosen - 1)
	case fyne.KeyRight:
		c.choose(c.chosen + 1)
	case fyne.KeyUp, fyne.KeyDown:
		c.open()
	default:
		c.button.TypedKey(k)
	}
}
