package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Dropdown is a button that shows what is chosen, and opens the list of options.
type Dropdown struct {
	Button
	Options  []string
	Short    []string // of the options, on the button; nil for the options themselves
	about    string   // what the choice is about, for screen readers
	chosen   int      // index in Options
	onChosen func(i int)
}

// NewDropdown returns a dropdown with the option of that index chosen. It calls
// onChosen when the person chooses another one.
func NewDropdown(about string, options []string, chosen int, onChosen func(i int)) *Dropdown {
	d := &Dropdown{about: about, onChosen: onChosen}
	d.Style, d.OnTapped = PlainStyle, d.open
	d.Icon, d.IconPlacement, d.Alignment = theme.MenuDropDownIcon(), widget.ButtonIconTrailingText, widget.ButtonAlignLeading
	d.ExtendBaseWidget(d)
	d.SetOptions(options, chosen)
	return d
}

// SetOptions changes the options, and which of them is chosen.
func (d *Dropdown) SetOptions(options []string, chosen int) {
	d.Options = options
	d.Select(chosen)
}

// Select shows an option as chosen, without a call of onChosen.
func (d *Dropdown) Select(chosen int) {
	d.chosen = chosen
	text := ""
	if chosen < len(d.Options) {
		text = d.Options[chosen]
	}
	if chosen < len(d.Short) {
		text = d.Short[chosen]
	}
	d.Name = text
	if d.about != "" {
		d.Name = d.about + ": " + text
	}
	if d.Text != text {
		d.SetText(text)
	}
}

// Widest returns the width that it needs whichever option is chosen.
func (d *Dropdown) Widest() float32 {
	texts, widest := d.Options, float32(0)
	if d.Short != nil {
		texts = d.Short
	}
	for _, text := range texts {
		widest = max(widest, fyne.MeasureText(text, theme.Size(d.Style.text), fyne.TextStyle{}).Width)
	}
	const slack = 3 // Fyne shortens what has less than a whole pixel left
	return widest + slack + theme.Size(theme.SizeNamePadding) + d.Style.icon + 2*d.Style.pad
}

// Choose does what a click on an option does.
func (d *Dropdown) Choose(i int) {
	if i >= 0 && i < len(d.Options) && i != d.chosen {
		d.Select(i)
		d.onChosen(i)
	}
}

// open shows the options below the button.
func (d *Dropdown) open() {
	driver := fyne.CurrentApp().Driver()
	canvas := driver.CanvasForObject(d)
	if canvas == nil {
		return
	}
	items := make([]*fyne.MenuItem, len(d.Options))
	for i, text := range d.Options {
		items[i] = fyne.NewMenuItem(text, func() { d.Choose(i) })
		items[i].Checked = i == d.chosen
	}
	list := widget.NewPopUpMenu(fyne.NewMenu("", items...), canvas)
	list.ShowAtPosition(driver.AbsolutePositionForObject(d).AddXY(0, d.Size().Height))
	list.Resize(fyne.NewSize(max(d.Size().Width, list.MinSize().Width), list.MinSize().Height))
}

// TypedKey is called by Fyne.
func (d *Dropdown) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyLeft:
		d.Choose(d.chosen - 1)
	case fyne.KeyRight:
		d.Choose(d.chosen + 1)
	case fyne.KeyUp, fyne.KeyDown:
		d.open()
	default:
		d.Button.TypedKey(k)
	}
}
