package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/server"
)

// deviceActs is what can be done with a device: a menu for one that is in, and
// for one that is out a button that makes it good. With one that is known by
// its address alone nothing can be done.
type deviceActs struct {
	content  fyne.CanvasObject
	onAnswer func(uint64, server.Answer)
	onRename func(server.Device)

	device server.Device
	menu   *kit.Button
	letIn  *kit.Button
}

func newDeviceActs(onAnswer func(uint64, server.Answer), onRename func(server.Device)) *deviceActs {
	a := &deviceActs{onAnswer: onAnswer, onRename: onRename}
	a.menu = kit.NewIconButton("", theme.MoreVerticalIcon(), a.openMenu)
	a.letIn = kit.NewButton(lang.L("Let in"), nil, widget.LowImportance, func() { a.onAnswer(a.device.ID, server.LetIn) })
	a.content = container.NewStack(a.menu, a.letIn)
	return a
}

func (a *deviceActs) show(d server.Device) {
	a.device = d
	name, in := words.Visible(d.Name), d.Status == server.In
	a.menu.Name, a.letIn.Name = lang.L("What to do with {{.Name}}", map[string]any{"Name": name}), lang.L("Let in {{.Name}}", map[string]any{"Name": name})
	kit.SetShown(a.menu, in && d.ID != 0)
	kit.SetShown(a.letIn, !in)
}

func (a *deviceActs) openMenu() {
	driver, d := fyne.CurrentApp().Driver(), a.device
	canvas := driver.CanvasForObject(a.menu)
	if canvas == nil {
		return
	}
	menu := fyne.NewMenu("",
		fyne.NewMenuItem(lang.L("Rename…"), func() { a.onRename(d) }),
		fyne.NewMenuItem(lang.L("Send away"), func() { a.onAnswer(d.ID, server.SendAway) }),
		fyne.NewMenuItem(lang.L("Block"), func() { a.onAnswer(d.ID, server.Block) }),
	)
	at := driver.AbsolutePositionForObject(a.menu).AddXY(0, a.menu.Size().Height)
	widget.ShowPopUpMenuAtPosition(menu, canvas, at)
}
