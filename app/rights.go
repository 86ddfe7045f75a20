package app

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/server"
)

// visitorsChoice is the choice who may come in, and what they may do. Both
// count at once, also for what is shared already.
type visitorsChoice struct {
	content fyne.CanvasObject
	door    *doorRow
	onMay   func(server.Permission)
	choice  *widget.RadioGroup
	hint    *widget.Label
}

// rights are the permissions in the order of the choice.
var rights = []server.Permission{server.Read, server.Add, server.Change}

func newVisitorsChoice(onOpen func(bool), onMay func(server.Permission)) *visitorsChoice {
	c := &visitorsChoice{door: newDoorRow(onOpen), onMay: onMay, hint: kit.NewHint("")}
	c.choice = widget.NewRadioGroup([]string{
		lang.L("look and download"), lang.L("also add files"), lang.L("also change and delete"),
	}, nil)
	c.choice.Required = true
	c.content = kit.Paragraphs(kit.NewStrong(lang.L("Who may come in")),
		kit.Padded(6, 6, 8, 8, c.door.content), kit.NewHint(lang.L("Whoever has the code or the PIN is in. “Open to everyone” lasts until you switch it back or quit.")),
		kit.Gap(14), kit.NewStrong(lang.L("Visitors may")), kit.Padded(0, 0, 4, 0, c.choice), c.hint)
	c.show(server.Policy{})
	return c
}

// show draws what holds.
func (c *visitorsChoice) show(p server.Policy) {
	c.door.show(p.Open)
	c.choice.OnChanged = nil
	c.choice.SetSelected(c.choice.Options[slices.Index(rights, p.Visitors)])
	c.choice.OnChanged = c.chosen
	hint := lang.L("Nobody can change anything in the folder.")
	switch p.Visitors {
	case server.Add:
		hint = lang.L("What visitors add gets a name of its own and overwrites nothing.")
	case server.Change:
		hint = lang.L("Visitors can replace, rename, move and delete all that they see. What they delete goes to a hidden trash in the folder.")
	}
	kit.SetText(c.hint, hint)
}

func (c *visitorsChoice) chosen(option string) {
	if i := slices.Index(c.choice.Options, option); i >= 0 {
		c.onMay(rights[i])
	}
}

// showRights says in the header what visitors may do beyond looking, so that
// nobody forgets it.
func (h *header) showRights(may server.Permission) {
	switch may {
	case server.Add:
		h.rights.Set(lang.L("Visitors may add"), kit.ColorTint, kit.ColorAccent)
	case server.Change:
		h.rights.Set(lang.L("Visitors may change"), kit.ColorCaution, theme.ColorNameWarning)
	}
	kit.SetShown(h.rights, may > server.Read)
}
