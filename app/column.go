package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/server"
)

// column is the left side of the main view: the folder and the port, or the link and who
// can open it, and the main button, which is always in the same place.
type column struct {
	content fyne.CanvasObject
	folder  *folderPanel
	link    *linkPanel
	access  *accessPanel
	port    *portRow
	before  fyne.CanvasObject // while nothing is shared: the port, and the button that receives
	receive *kit.Button       // receives files instead
	button  *kit.Button       // Share, or Stop
}

func newColumn(folder *folderPanel, link *linkPanel, access *accessPanel, port *portRow, onButton, onReceive func()) *column {
	c := &column{folder: folder, link: link, access: access, port: port}
	c.button = kit.NewButton(lang.L("Share"), kit.IconShare, widget.HighImportance, onButton).WithStyle(kit.BigStyle)
	c.button.Debounce = kit.DoubleClick
	c.receive = kit.NewButton(lang.L("Receive files"), theme.DownloadIcon(), widget.MediumImportance, onReceive)
	c.before = container.NewVBox(layout.NewSpacer(), port.content, c.receive)
	c.content = container.New(columnLayout{}, container.NewStack(folder.content, link.content), container.NewStack(access.content, c.before), c.button)
	return c
}

// show draws a snapshot. ready says whether the main button does something.
func (c *column) show(s server.Snapshot, style stateStyle, ready, canReceive bool) {
	c.button.Set(lang.L(style.verb), style.icon, style.importance, style.enabled && ready)
	kit.SetShown(c.folder.content, !style.shared)
	kit.SetShown(c.before, !style.shared)
	c.receive.Set(c.receive.Text, c.receive.Icon, c.receive.Importance, canReceive)
	kit.SetShown(c.link.content, style.shared)
	kit.SetShown(c.access.content, style.shared)
	c.access.show(s.Policy, s.Share.Receiving.On)
	c.port.show(s)
	c.link.show(s)
}

// columnLayout puts a panel, options and a button below each other. The panel takes what
// is left.
type columnLayout struct{}

const columnGap = 6

func (columnLayout) MinSize(o []fyne.CanvasObject) (least fyne.Size) {
	for _, c := range o {
		size := c.MinSize()
		least = fyne.NewSize(max(least.Width, size.Width), least.Height+size.Height)
	}
	return least.AddWidthHeight(0, 2*columnGap)
}

func (columnLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	options, button := o[1].MinSize().Height, o[2].MinSize().Height
	panel := s.Height - options - button - 2*columnGap
	y := float32(0)
	for i, height := range []float32{panel, options, button} {
		o[i].Move(fyne.NewPos(0, y))
		o[i].Resize(fyne.NewSize(s.Width, height))
		y += height + columnGap
	}
}
