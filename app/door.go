package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// doorRow is the choice who may come in: whom the person lets in, or everyone.
type doorRow struct {
	content   fyne.CanvasObject
	ask, open *button
}

func newDoorRow(onChosen func(open bool)) *doorRow {
	r := &doorRow{
		ask:  newButton(lang.L("Ask me"), nil, widget.MediumImportance, func() { onChosen(false) }).looking(tintLook),
		open: newButton(lang.L("Open to everyone"), nil, widget.LowImportance, func() { onChosen(true) }).looking(tintLook),
	}
	choices := container.NewGridWithColumns(2, r.ask, r.open)
	r.content = newCard(theme.ColorNameButton, "", radiusInner+3, 3, choices)
	r.show(false)
	return r
}

// show draws which of the two holds.
func (r *doorRow) show(open bool) {
	r.ask.name, r.open.name = lang.L("Ask me who may come in: chosen"), lang.L("Open to everyone")
	ask, everyone := widget.MediumImportance, widget.LowImportance
	if open {
		r.ask.name, r.open.name = lang.L("Ask me who may come in"), lang.L("Open to everyone: chosen")
		ask, everyone = widget.LowImportance, widget.WarningImportance
	}
	r.ask.set(r.ask.Text, nil, ask, true)
	r.open.set(r.open.Text, nil, everyone, true)
}
