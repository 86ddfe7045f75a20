package app

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"windowsill/app/kit"
)

// endChoice is the choice in the settings when a share stops by itself.
type endChoice struct {
	content fyne.CanvasObject
	choice  *kit.Dropdown
	endings []ending
}

func newEndChoice(onChosen func(ending)) *endChoice {
	c := &endChoice{}
	var texts []string
	c.endings, texts = endings()
	label := lang.L("Stop sharing by itself")
	c.choice = kit.NewDropdown(label, texts, 0, func(i int) { onChosen(c.endings[i]) })
	c.content = kit.Paragraphs(kit.SelectRows(kit.SelectRow(label, c.choice)),
		kit.NewHint(lang.L("While it counts, the window shows how long it still takes, and can push it on.")))
	return c
}

// show draws which one holds.
func (c *endChoice) show(e ending) {
	e.at, e.begun = c.endings[0].at, false
	if i := slices.Index(c.endings, e); i >= 0 {
		c.choice.Select(i)
	}
}
