package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"windowsill/app/kit"
	"windowsill/assets"
)

// header is the line above everything: whose window this is, how the share
// stands, and the way to the settings.
type header struct {
	content fyne.CanvasObject
	status  *kit.Badge
	rights  *kit.Badge // what visitors may do beyond looking; hidden if nothing
	gear    *kit.Button
}

func newHeader(onSettings func()) *header {
	h := &header{status: kit.NewBadge(), rights: kit.NewBadge(), gear: kit.NewIconButton(lang.L("Settings"), theme.SettingsIcon(), onSettings)}
	brand := container.NewHBox(kit.CenteredIcon(iconWindowsill, 30), kit.Untruncated(kit.NewTitle("Windowsill")))
	right := container.NewHBox(container.NewCenter(h.rights), container.NewCenter(h.status), h.gear)
	h.content = container.NewBorder(nil, nil, brand, right)
	return h
}

// iconWindowsill is the program's own icon.
var iconWindowsill = fyne.NewStaticResource("windowsill.svg", assets.IconSVG)
