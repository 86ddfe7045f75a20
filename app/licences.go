package app

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/assets"
)

// showLicences opens the licences of all that the program is built from: some
// thousand lines, of which a list draws only those that can be seen.
func showLicences(win fyne.Window) {
	lines := strings.Split(strings.TrimSpace(assets.Licences), "\n")
	list := widget.NewList(func() int { return len(lines) },
		func() fyne.CanvasObject { return kit.NewText("", theme.SizeNameCaptionText, false) },
		func(i widget.ListItemID, o fyne.CanvasObject) { kit.SetText(o.(*widget.Label), lines[i]) })
	list.HideSeparators = true
	var popup *widget.PopUp
	closes := kit.NewButton(lang.L("Back"), kit.IconBack, widget.LowImportance, func() { popup.Hide() })
	closes.OnEscape = func() { popup.Hide() }
	size := win.Canvas().Size()
	page := kit.FixedWidth(min(size.Width-60, 640), container.NewBorder(container.NewHBox(closes), nil, nil, nil, list))
	popup = widget.NewModalPopUp(page, win.Canvas())
	popup.Resize(fyne.NewSize(min(size.Width-40, 680), size.Height-40))
	popup.Show()
	win.Canvas().Focus(closes)
}
