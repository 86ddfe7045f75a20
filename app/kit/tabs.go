package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Tabs is a choice between two views in the same place.
type Tabs struct {
	Content fyne.CanvasObject
	buttons [2]*Button
	names   [2]string
	views   [2]fyne.CanvasObject
	chosen  int
}

// NewTabs returns buttons with these names. The views have to be laid out by the
// caller, one on top of the other.
func NewTabs(names [2]string, views [2]fyne.CanvasObject) *Tabs {
	t := &Tabs{names: names, views: views}
	for i := range t.buttons {
		t.buttons[i] = NewButton(names[i], nil, widget.LowImportance, func() { t.choose(i) }).WithStyle(TabStyle)
	}
	choices := container.NewGridWithColumns(2, t.buttons[0], t.buttons[1])
	t.Content = NewCard(theme.ColorNameButton, "", RadiusInner, 2, choices)
	t.choose(0)
	return t
}

// Next shows the other view.
func (t *Tabs) Next() { t.choose(1 - t.chosen) }

func (t *Tabs) choose(chosen int) {
	t.chosen = chosen
	for i, b := range t.buttons {
		b.Name, b.Importance = t.names[i], widget.LowImportance
		if i == chosen {
			b.Name, b.Importance = lang.L("{{.View}}: chosen", map[string]any{"View": t.names[i]}), widget.MediumImportance
		}
		b.Refresh()
		SetShown(t.views[i], i == chosen)
	}
}
