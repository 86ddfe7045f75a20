package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/server"
)

// deviceCommands is what the owner can say about a device.
type deviceCommands struct {
	decide     func(id uint64, a server.Answer)
	sendText   func(server.Device)
	rename     func(server.Device)
	cancel     func(transfers []uint64)
	openFolder func(folder string)
}

// barOffset is how far below the top the button that cancels is: beside the bar, and above
// what stands below that.
const barOffset = 2

// deviceActions is the button at the end of a card, which cancels what the device is doing
// (while the card is under the pointer or has the focus) or lets it in if it is out, and
// the menu.
type deviceActions struct {
	content fyne.CanvasObject
	do      deviceCommands

	device   deviceState
	onCancel func()
	cancel   *kit.Button
	letIn    *kit.Button
}

func newDeviceActions(do deviceCommands, onCancel func()) *deviceActions {
	a := &deviceActions{do: do, onCancel: onCancel}
	a.cancel = kit.NewIconButton("", theme.CancelIcon(), a.tappedCancel)
	a.cancel.Debounce, a.cancel.Shy = kit.DoubleClick, true
	a.letIn = kit.NewButton(lang.L("Let in"), nil, widget.LowImportance, func() { a.do.decide(a.device.ID, server.LetIn) })
	a.content = container.NewStack(kit.Padded(barOffset, 0, 0, 0, a.cancel), a.letIn)
	a.cancel.Hide()
	return a
}

// show draws the button. One that has just come does not take a click that was meant for
// the one before it.
func (a *deviceActions) show(d deviceState) {
	moves := len(d.running) > 0
	if moves != a.cancel.Visible() {
		a.cancel.Moved()
	}
	a.device = d
	name := map[string]any{"Name": d.name}
	a.letIn.Name = lang.L("Let in {{.Name}}", name)
	a.cancel.Name = lang.L("Cancel what {{.Name}} is doing", name)
	kit.SetShown(a.cancel, moves)
	kit.SetShown(a.letIn, d.Status != server.In && !moves)
}

// tappedCancel cancels, unless nobody could see the button: a finger has no pointer that
// reveals it first.
func (a *deviceActions) tappedCancel() {
	if !a.cancel.IsDrawn() {
		a.cancel.Reveal(true)
		return
	}
	a.onCancel()
}

// openMenu shows who the device is, and what can be done with it. One that is known only
// by its address cannot be sent away.
func (a *deviceActions) openMenu(at fyne.Position) {
	d := a.device
	canvas := fyne.CurrentApp().Driver().CanvasForObject(a.content)
	if canvas == nil {
		return
	}
	menu := fyne.NewMenu("")
	add := func(text string, do func()) { menu.Items = append(menu.Items, fyne.NewMenuItem(text, do)) }
	if len(d.running) > 0 {
		add(lang.L("Cancel"), a.onCancel)
	}
	switch {
	case d.ID == 0:
	case d.Status == server.In:
		add(lang.L("Send text…"), func() { a.do.sendText(d.Device) })
		add(lang.L("Rename…"), func() { a.do.rename(d.Device) })
		add(lang.L("Send away"), func() { a.do.decide(d.ID, server.SendAway) })
		add(lang.L("Block"), func() { a.do.decide(d.ID, server.Block) })
	default:
		add(lang.L("Let in"), func() { a.do.decide(d.ID, server.LetIn) })
	}
	add(d.Addr.String()+" · "+statusText(d.Device), nil)
	menu.Items[len(menu.Items)-1].Disabled = true
	widget.ShowPopUpMenuAtPosition(menu, canvas, at)
}
