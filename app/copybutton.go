package app

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"
)

// copiedFor is how long a button says that it has copied.
const copiedFor = 1500 * time.Millisecond

// copyButton puts a text on the clipboard and says so for a moment.
type copyButton struct {
	*button
	app   fyne.App
	onUI  func(func())
	label string // on the button
	text  string // that it copies
}

func newCopyButton(a fyne.App, onUI func(func()), label string, importance widget.Importance) *copyButton {
	b := &copyButton{app: a, onUI: onUI, label: label}
	b.button = newButton(label, iconCopy, importance, b.copy)
	return b
}

// offer changes what the button says and copies.
func (b *copyButton) offer(label, text string) {
	b.text = text
	if b.label != label {
		b.label = label
		b.rest()
	}
}

func (b *copyButton) rest() { b.set(b.label, iconCopy, b.Importance, true) }

func (b *copyButton) copy() {
	b.app.Clipboard().SetContent(b.text)
	b.set(lang.L("Copied"), iconDone, b.Importance, true)
	time.AfterFunc(copiedFor, func() { b.onUI(b.rest) })
}
