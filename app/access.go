package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
)

// accessRow is the choice of who may come in: whom the person lets in, or everyone.
type accessRow struct {
	content   fyne.CanvasObject
	ask, open *kit.Button
}

func newAccessRow(onChosen func(open bool)) *accessRow {
	r := &accessRow{
		ask:  kit.NewButton(lang.L("Ask me"), nil, widget.MediumImportance, func() { onChosen(false) }).WithStyle(kit.TintStyle),
		open: kit.NewButton(lang.L("Open to everyone"), nil, widget.LowImportance, func() { onChosen(true) }).WithStyle(kit.TintStyle),
	}
	r.content = kit.NewCard(theme.ColorNameButton, "", kit.RadiusInner+3, 3, container.NewGridWithColumns(2, r.ask, r.open))
	r.show(false)
	return r
}

// show draws which of the two is chosen.
func (r *accessRow) show(open bool) {
	r.ask.Name, r.open.Name = lang.L("Ask me who may come in: chosen"), lang.L("Open to everyone")
	ask, everyone := widget.MediumImportance, widget.LowImportance
	if open {
		r.ask.Name, r.open.Name = lang.L("Ask me who may come in"), lang.L("Open to everyone: chosen")
		ask, everyone = widget.LowImportance, widget.WarningImportance
	}
	r.ask.Set(r.ask.Text, nil, ask, true)
	r.open.Set(r.open.Text, nil, everyone, true)
}
