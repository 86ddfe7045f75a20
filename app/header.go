package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
)

// header is the line above everything: whose window this is, how the share
// stands, and the way to the settings.
type header struct {
	content fyne.CanvasObject
	status  *pill
	rights  *pill // what visitors may do beyond looking; hidden if nothing
	gear    *button
}

func newHeader(onSettings func()) *header {
	h := &header{status: newPill(), rights: newPill(), gear: newIconButton(lang.L("Settings"), theme.SettingsIcon(), onSettings)}
	brand := container.NewHBox(picture(iconWindowsill, 30), whole(newTitle("Windowsill")))
	right := container.NewHBox(container.NewCenter(h.rights), container.NewCenter(h.status), h.gear)
	h.content = container.NewBorder(nil, nil, brand, right)
	return h
}
