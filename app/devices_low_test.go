package app

import (
	"testing"

	"fyne.io/fyne/v2"

	"windowsill/server"
)

// At the least size that is common everything has a whole part in sight: one question, and
// how many more there are, the cards of two devices, and two requests.
func TestLowWindowShowsWholeThings(t *testing.T) {
	h := sharingWindow(t)
	h.win.Resize(fyne.NewSize(648, 568))
	h.change(func(n *server.Snapshot) {
		busySnapshot(n)
		for _, name := range []string{"Oma Ilse · Phone", "Ben · Phone"} {
			n.Devices = append(n.Devices, fakeDevice(len(n.Devices), func(d *server.Device) { d.Name, d.Status = name, server.Waiting }))
		}
	})
	h.drain()
	h.sees("Oma Ilse wants to come in", "and 1 more")
	h.seesNot("Ben wants")
	devices := h.view.activity.devices
	seen, end := devices.scroll.Size().Height, float32(0)
	var ends []float32
	for _, k := range devices.order {
		c := devices.cards[k].content
		end = c.Position().Y + c.Size().Height
		ends = append(ends, end)
	}
	if seen != ends[1] {
		t.Errorf("the list is %v high, the cards end at %v", seen, ends)
	}
	if rows := h.view.activity.log.Content.Size().Height - h.view.activity.log.Content.MinSize().Height; rows != 48 {
		t.Errorf("the requests have %v, want two whole ones", rows)
	}
}
