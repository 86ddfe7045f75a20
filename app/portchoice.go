package app

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/settings"
	"windowsill/server"
)

// portChoice is the port in the settings: the one that the window begins with.
type portChoice struct {
	content fyne.CanvasObject
	do      *sharing
	field   *kit.Entry
	note    *widget.Label
}

func newPortChoice(do *sharing) *portChoice {
	c := &portChoice{do: do, field: kit.NewEntry(strconv.Itoa(settings.DefaultPort)), note: kit.NewHint("")}
	c.field.OnChanged = c.typed
	c.field.OnEscape = c.forget
	row := container.NewBorder(nil, nil, nil, kit.FixedWidth(84, c.field), kit.NewText(lang.L("Port"), theme.SizeNameText, false))
	c.content = kit.Paragraphs(kit.Padded(8, 2, 0, 8, row), c.note)
	c.forget()
	return c
}

// typed keeps what is a port.
func (c *portChoice) typed(text string) {
	port, valid := parsePort(text)
	if valid && port != settings.Port.Get(c.do.store) {
		c.do.setPort(port)
	}
	c.draw()
}

// forget takes back what is no port.
func (c *portChoice) forget() {
	c.field.SetText(strconv.Itoa(settings.Port.Get(c.do.store)))
	c.draw()
}

// show draws the port that is remembered, but does not disturb a person who is
// typing one.
func (c *portChoice) show(do *sharing) {
	if port, valid := parsePort(c.field.Text); valid && port != settings.Port.Get(do.store) {
		c.forget()
	}
	c.draw()
}

func (c *portChoice) draw() {
	port, valid := parsePort(c.field.Text)
	text, importance := lang.L("Part of the address. 0 takes any free port."), widget.LowImportance
	switch {
	case !valid:
		text, importance = lang.L("A number from 0 to 65535."), widget.DangerImportance
	case c.moves(port):
		text, importance = lang.L("It counts from the next share on."), widget.WarningImportance
	}
	if c.note.Text != text || c.note.Importance != importance {
		c.note.Text, c.note.Importance = text, importance
		c.note.Refresh()
	}
}

// moves says whether the person has chosen a port that the share has not moved
// to; one that merely was taken is another matter.
func (c *portChoice) moves(port int) bool {
	if c.do.now.State != server.Sharing || port == 0 || port == c.do.now.Share.Port {
		return false
	}
	wanted, _ := c.do.view.port.value()
	return wanted == port
}
