package app

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"
)

// endChoice is the choice in the settings when a share stops by itself.
type endChoice struct {
	content fyne.CanvasObject
	choice  *widget.Select
	endings []ending
}

func newEndChoice(onChosen func(ending)) *endChoice {
	c := &endChoice{}
	var words []string
	c.endings, words = endings()
	c.choice = widget.NewSelect(words, nil)
	c.choice.SetSelectedIndex(0)
	c.choice.OnChanged = func(string) { onChosen(c.endings[c.choice.SelectedIndex()]) }
	hint := newProse(lang.L("While it counts, the window shows how long it still takes, and can push it on."))
	hint.Importance = widget.LowImportance
	c.content = container.New(falling{-6}, newTitle(lang.L("Stop sharing by itself")),
		padded(6, 0, 8, 8, container.NewThemeOverride(c.choice, newChoiceTheme())), hint)
	return c
}

// show draws which one holds.
func (c *endChoice) show(e ending) {
	e.at, e.begun = c.endings[0].at, false
	i := slices.Index(c.endings, e)
	if i < 0 || i == c.choice.SelectedIndex() {
		return
	}
	f := c.choice.OnChanged
	c.choice.OnChanged = nil
	c.choice.SetSelectedIndex(i)
	c.choice.OnChanged = f
}
