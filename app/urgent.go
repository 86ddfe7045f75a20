package app

import (
	"fyne.io/fyne/v2"

	"windowsill/app/kit"
	"windowsill/server"
)

// askingShare is how much of the height those who ask may take.
const askingShare = 0.4

// urgent is what stands above all else while there is any of it: who asks to
// come in, what went wrong, and what has become of the network.
type urgent struct {
	content *fyne.Container // all of them, and below them the rest
	asking  *askingPanel
	texts   *textsPanel
	notice  *notice
	network *networkNotice
}

// newUrgent puts them above the rest, which gets the room that is left.
func newUrgent(a *askingPanel, t *textsPanel, n *notice, net *networkNotice, rest fyne.CanvasObject) *urgent {
	below := kit.Banner(12, 1, n.content, kit.Banner(12, 1, net.content, rest))
	return &urgent{kit.Banner(12, askingShare, a.content, kit.Banner(12, askingShare, t.content, below)), a, t, n, net}
}

// show draws who waits, and what there is to know of the network.
func (u *urgent) show(s server.Snapshot) {
	moved := u.network.show(s)
	moved = u.texts.show(s) || moved
	if u.asking.show(waiting(s)) || moved {
		u.content.Refresh() // nobody else tells its layout
	}
}
