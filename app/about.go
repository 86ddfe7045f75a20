package app

import (
	"runtime/debug"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/assets"
)

// newAbout says what this program is, and what it is built from.
func newAbout(version string, onLicences func()) fyne.CanvasObject {
	return kit.Paragraphs(
		kit.NewParagraph(lang.L("Windowsill {{.Version}} shares a folder on your network, for as long as you like. It is free software under the MIT licence.", map[string]any{"Version": version})),
		container.NewHBox(kit.Padded(4, 0, 8, 0, kit.NewButton(lang.L("Open-source licences"), nil, widget.MediumImportance, onLicences))))
}

// version returns which build this is.
func version(a fyne.App) string {
	if v := a.Metadata().Version; v != "" {
		return v
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return lang.L("(development)")
}

// showLicences shows the licences of all that the program is built from: some thousand
// lines, of which a list draws only those that can be seen.
func showLicences(win fyne.Window) {
	lines := strings.Split(strings.TrimSpace(assets.Licences), "\n")
	list := widget.NewList(func() int { return len(lines) },
		func() fyne.CanvasObject { return kit.NewText("", theme.SizeNameCaptionText, false) },
		func(i widget.ListItemID, o fyne.CanvasObject) { kit.SetText(o.(*widget.Label), lines[i]) })
	list.HideSeparators = true
	var popup *widget.PopUp
	back := kit.NewButton(lang.L("Back"), kit.IconBack, widget.LowImportance, func() { popup.Hide() })
	back.OnEscape = func() { popup.Hide() }
	size := win.Canvas().Size()
	page := kit.FixedWidth(min(size.Width-60, 640), kit.Border(container.NewHBox(back), nil, nil, nil, list))
	popup = widget.NewModalPopUp(page, win.Canvas())
	popup.Resize(fyne.NewSize(min(size.Width-40, 680), size.Height-40))
	popup.Show()
	win.Canvas().Focus(back)
}
