package app

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/server"
)

// policySettings is the policy: who may come in, and what they may do. Both count at
// once, also for what is shared already.
type policySettings struct {
	content fyne.CanvasObject
	access  *accessRow
	onMay   func(server.Permission)
	choice  *widget.RadioGroup
	hint    *widget.Label
}

// permissions are in the order of the choice.
var permissions = []server.Permission{server.Read, server.Add, server.Change}

func newPolicySettings(onOpen func(bool), onMay func(server.Permission)) *policySettings {
	s := &policySettings{access: newAccessRow(onOpen), onMay: onMay, hint: kit.NewHint("")}
	s.choice = widget.NewRadioGroup([]string{
		lang.L("look and download"), lang.L("also add files"), lang.L("also change and delete"),
	}, nil)
	s.choice.Required = true
	s.content = kit.Paragraphs(kit.NewStrong(lang.L("Who may come in")),
		kit.Padded(6, 6, 8, 8, s.access.content), kit.NewHint(lang.L("Whoever has the code or the PIN is in. “Open to everyone” lasts until you switch it back or quit.")),
		kit.Gap(14), kit.NewStrong(lang.L("Visitors may")), kit.Padded(0, 0, 4, 0, s.choice), s.hint)
	s.show(server.Policy{})
	return s
}

// show draws a policy.
func (s *policySettings) show(p server.Policy) {
	s.access.show(p.Open)
	s.choice.OnChanged = nil
	s.choice.SetSelected(s.choice.Options[slices.Index(permissions, p.Allow)])
	s.choice.OnChanged = s.chosen
	hint := lang.L("Nobody can change anything in the folder.")
	switch p.Allow {
	case server.Add:
		hint = lang.L("What visitors add gets a name of its own and overwrites nothing.")
	case server.Change:
		hint = lang.L("Visitors can replace, rename, move and delete all that they see. What they delete goes to a hidden trash in the folder.")
	}
	kit.SetText(s.hint, hint)
}

func (s *policySettings) chosen(option string) {
	if i := slices.Index(s.choice.Options, option); i >= 0 {
		s.onMay(permissions[i])
	}
}
