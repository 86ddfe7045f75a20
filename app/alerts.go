package app

import (
	"fyne.io/fyne/v2"

	"windowsill/app/kit"
	"windowsill/server"
)

// attentionShare is how much of the height the attention may take.
const attentionShare = 0.6

// alerts is what stands above all else while there is any of it: what needs the owner,
// what went wrong, and what has become of the network.
type alerts struct {
	content   fyne.CanvasObject // all of them, and below them the rest
	banner    *fyne.Container   // the same, without what watches its size
	attention *attention
	notice    *notice
	network   *networkNotice
}

// newAlerts puts the alerts above the rest, which gets the room that is left.
func newAlerts(a *attention, n *notice, network *networkNotice, rest fyne.CanvasObject) *alerts {
	below := kit.Banner(12, 1, n.content, kit.Banner(12, 1, network.content, rest))
	banner := kit.Banner(8, attentionShare, a.content, below)
	all := &alerts{kit.OnResized(banner, a.resized), banner, a, n, network}
	a.redraw, a.place = all.show, banner
	return all
}

// show draws what there is to know of a snapshot. What went wrong is reported to the
// notice.
func (a *alerts) show(s server.Snapshot) {
	changed := a.network.show(s)
	if a.attention.show(s) || changed {
		a.banner.Refresh() // nothing else lays it out again
	}
}
