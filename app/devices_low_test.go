package app

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"windowsill/server"
)

// Where there is no room for all that a device does, how long it takes is more than how much
// has gone.
func TestNarrowCardSaysHowLong(t *testing.T) {
	for width, want := range map[float32]string{900: "film of the beach.mp4 · 34 of 60 MB · 1 min", 648: "film of the beach.mp4 · 1 min"} {
		h := sharingWindow(t)
		h.win.Resize(fyne.NewSize(width, 680))
		h.change(func(n *server.Snapshot) {
			n.Devices = fakeDevices(1)
			n.Transfers = []server.Transfer{{ID: 1, Device: 1, Name: "film of the beach.mp4", Done: 34_000_000, Total: 60_000_000}}
		})
		h.drain()
		now := time.Now()
		for _, p := range h.view.activity.devices.paces {
			p.samples, p.moved, p.latest = []paceSample{{now.Add(-10 * time.Second), 0}}, 4_000_000, now
		}
		h.tick(now)
		h.sees(want)
	}
}

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
