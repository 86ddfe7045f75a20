package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"windowsill/server"
)

// transferLine is a file on its way to a device.
type transferLine struct {
	content    fyne.CanvasObject
	name, done *widget.Label
	bar        *slimBar
}

func newTransferLine() *transferLine {
	l := &transferLine{name: newCaption(""), done: whole(newCaption("")), bar: newSlimBar()}
	l.content = stack(-6, container.NewBorder(nil, nil, nil, l.done, l.name), padded(0, 14, 8, 8, l.bar))
	l.content.Hide()
	return l
}

func (l *transferLine) show(t server.Transfer) {
	setText(l.name, visible(t.Name))
	if t.Total < 0 {
		setText(l.done, bytesText(t.Done))
		l.bar.set(-1)
		return
	}
	setText(l.done, lang.L("{{.Done}} of {{.All}}", map[string]any{"Done": bytesText(t.Done), "All": bytesText(t.Total)}))
	l.bar.set(float32(float64(t.Done) / float64(max(t.Total, 1))))
}
