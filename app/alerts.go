package app

import (
	"fyne.io/fyne/v2"

	"windowsill/app/kit"
	"windowsill/server"
)

// alertShare is how much of the height devices that ask, or texts, may take.
const alertShare = 0.4

// alerts is what stands above all else while there is any of it: who asks to come in,
// texts that devices sent, what went wrong, and what has become of the network.
type alerts struct {
	content *fyne.Container // all of them, and below them the rest
	asking  *askingPanel
	texts   *textsPanel
	notice  *notice
	network *networkNotice
}

// newAlerts puts the alerts above the rest, which gets the room that is left.
func newAlerts(asking *askingPanel, texts *textsPanel, n *notice, network *networkNotice, rest fyne.CanvasObject) *alerts {
	below := kit.Banner(12, 1, n.content, kit.Banner(12, 1, network.content, rest))
	content := kit.Banner(12, alertShare, asking.content, kit.Banner(12, alertShare, texts.content, below))
	return &alerts{content, asking, texts, n, network}
}

// show draws what there is to know of a snapshot. What went wrong is reported to the
// notice.
func (a *alerts) show(s server.Snapshot) {
	changed := a.network.show(s)
	changed = a.texts.show(s) || changed
	if a.asking.show(askingDevices(s)) || changed {
		a.content.Refresh() // nothing else lays it out again
	}
}
