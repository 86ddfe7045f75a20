package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/server"
)

// column is the left side of the main view: the folder to share or the link to it,
// who may come in, the port, and the main button, which is always in the same place.
type column struct {
	content fyne.CanvasObject
	folder  *folderPanel
	link    *linkPanel
	access  *accessRow
	port    *portRow
	button  *kit.Button // Share, or Stop
}

func newColumn(folder *folderPanel, link *linkPanel, access *accessRow, port *portRow, onButton func()) *column {
	c := &column{folder: folder, link: link, access: access, port: port}
	c.button = kit.NewButton(lang.L("Share"), kit.IconShare, widget.HighImportance, onButton).WithStyle(kit.BigStyle)
	c.button.Debounce = kit.DoubleClick
	bottom := kit.Padded(10, 0, 0, 0, kit.VStack(8, access.content, port.content, c.button))
	c.content = container.NewBorder(nil, bottom, nil, nil, container.NewStack(folder.content, link.content))
	return c
}

// show draws a snapshot. ready says whether the main button does something.
func (c *column) show(s server.Snapshot, style stateStyle, ready bool) {
	c.button.Set(lang.L(style.verb), style.icon, style.importance, style.enabled && ready)
	kit.SetShown(c.folder.content, !style.shared)
	kit.SetShown(c.link.content, style.shared)
	c.access.show(s.Policy.Open)
	c.port.show(s)
	c.link.show(s)
}
