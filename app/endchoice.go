package app

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
)

// endChoice is the choice in the settings when a share stops by itself.
type endChoice struct {
	content fyne.CanvasObject
	choice  *choice
	endings []ending
}

func newEndChoice(onChosen func(ending)) *endChoice {
	c := &endChoice{}
	var texts []string
	c.endings, texts = endings()
	label := lang.L("Stop sharing by itself")
	c.choice = newChoice(label, texts, 0, func(i int) { onChosen(c.endings[i]) })
	c.content = below(selectRows(selectRow(label, c.choice)),
		hinted(lang.L("While it counts, the window shows how long it still takes, and can push it on.")))
	return c
}

// show draws which one holds.
func (c *endChoice) show(e ending) {
	e.at, e.begun = c.endings[0].at, false
	if i := slices.Index(c.endings, e); i >= 0 {
		c.choice.show(i)
	}
}
