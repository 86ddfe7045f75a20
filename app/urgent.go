package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"windowsill/server"
)

// askingShare is how much of the height those who ask may take.
const askingShare = 0.4

// urgent is what stands above all else while there is any of it: who asks to
// come in, and what went wrong.
type urgent struct {
	content *fyne.Container // both, and below them the rest
	asking  *askingPanel
	notice  *notice
}

// newUrgent puts both above the rest, which gets the room that is left.
func newUrgent(a *askingPanel, n *notice, rest fyne.CanvasObject) *urgent {
	below := container.New(above{12, 1}, n.content, rest)
	return &urgent{container.New(above{12, askingShare}, a.content, below), a, n}
}

// show draws who waits.
func (u *urgent) show(waiting []server.Device) {
	if u.asking.show(waiting) {
		u.content.Refresh() // nobody else tells its layout
	}
}
