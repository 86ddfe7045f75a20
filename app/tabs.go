package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// tabs is a choice between two views that lie in the same place.
type tabs struct {
	content fyne.CanvasObject
	buttons [2]*button
	names   [2]string
	views   [2]fyne.CanvasObject
	chosen  int
}

func newTabs(names [2]string, views [2]fyne.CanvasObject) *tabs {
	t := &tabs{names: names, views: views}
	for i := range t.buttons {
		t.buttons[i] = newButton(names[i], nil, widget.LowImportance, func() { t.choose(i) }).looking(tabLook)
	}
	choices := container.NewGridWithColumns(2, t.buttons[0], t.buttons[1])
	t.content = newCard(theme.ColorNameButton, "", radiusInner, 2, choices)
	t.choose(0)
	return t
}

// next chooses the other view.
func (t *tabs) next() { t.choose(1 - t.chosen) }

func (t *tabs) choose(chosen int) {
	t.chosen = chosen
	for i, b := range t.buttons {
		b.name, b.Importance = t.names[i], widget.LowImportance
		if i == chosen {
			b.name, b.Importance = lang.L("{{.View}}: chosen", map[string]any{"View": t.names[i]}), widget.MediumImportance
		}
		b.Refresh()
		setShown(t.views[i], i == chosen)
	}
}
