package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"
)

// copiedFor is how long a button says that it has copied.
const copiedFor = 1500 * time.Millisecond

// CopyButton puts a text on the clipboard, and says so for a moment.
type CopyButton struct {
	Button *Button
	app    fyne.App
	onUI   func(func()) // runs a function on Fyne's goroutine
	label  string       // on the button
	text   string       // that it copies
}

// NewCopyButton returns a button that copies nothing yet. onUI runs a function on
// Fyne's goroutine.
func NewCopyButton(a fyne.App, onUI func(func()), label string, importance widget.Importance) *CopyButton {
	b := &CopyButton{app: a, onUI: onUI, label: label}
	b.Button = NewButton(label, iconCopy, importance, b.Copy)
	return b
}

// Set changes the label of the button, and the text that it copies.
func (b *CopyButton) Set(label, text string) {
	b.text = text
	if b.label != label {
		b.label = label
		b.reset()
	}
}

func (b *CopyButton) reset() { b.Button.Set(b.label, iconCopy, b.Button.Importance, true) }

// Copy does what a click does.
func (b *CopyButton) Copy() {
	b.app.Clipboard().SetContent(b.text)
	b.Button.Set(lang.L("Copied"), iconDone, b.Button.Importance, true)
	time.AfterFunc(copiedFor, func() { b.onUI(b.reset) })
}
