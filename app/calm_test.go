package app

import (
	"strings"
	"testing"
	"time"

	"windowsill/app/kit"
	"windowsill/server"
)

// busySnapshot adds to a share three devices, of which two take something and one has
// sent photos.
func busySnapshot(n *server.Snapshot) {
	withPIN("849814")(n)
	n.Devices = []server.Device{
		fakeDevice(0, func(d *server.Device) { d.Name = "iPhone · Safari" }),
		fakeDevice(1, func(d *server.Device) { d.Name = "Mac · Safari" }),
		fakeDevice(2, func(d *server.Device) { d.Name, d.Files = "Android · Chrome", 1 }),
	}
	n.History = []server.Transfer{{ID: 9, Device: 3, Name: "Summer 2026.zip", Kind: server.Archive, State: server.Whole, Done: 5, Total: 5}}
	n.Transfers = fakeTransfers(1, 34_000_000)
	n.Transfers[0].Name = "film.mp4"
	for i := range 3 {
		n.Transfers = append(n.Transfers, server.Transfer{ID: uint64(20 + i), Device: 2, Name: "clip.mov", Done: 20_000_000, Total: 58_000_000})
	}
	for i := range 3 {
		n.Uploads = append(n.Uploads, fakeUpload(1, i, there, "photo.jpg"))
	}
	n.Totals = server.Totals{Requests: 40, Bytes: 51_000_000}
}

// A window that is busy must not become a wall of words and buttons. They are counted as a
// person counts them on a picture. (Of the log only the heading is counted: rows are
// what it is for.)
func TestBusyWindowIsCalm(t *testing.T) {
	atDoor := func(n *server.Snapshot) {
		n.Devices = append(n.Devices, fakeDevice(3, func(d *server.Device) { d.Name, d.Status = "Oma Ilse · Phone", server.Waiting }))
	}
	deletion := func(n *server.Snapshot) {
		n.Deleted = []server.Deleted{{ID: "a", Name: "Cake.jpg", At: time.Now(), Device: 1}}
	}
	text := func(n *server.Snapshot) { n.Texts = []server.Text{fakeText(1, "https://example.org/recipe")} }
	for name, also := range map[string][]func(*server.Snapshot){
		"three devices": nil, "and a text": {text}, "and one at the door": {atDoor}, "and a deletion": {deletion}, "and both": {atDoor, deletion},
	} {
		h := sharingWindow(t)
		h.win.Resize(defaultSize)
		h.change(func(n *server.Snapshot) {
			busySnapshot(n)
			for _, change := range also {
				change(n)
			}
		})
		h.view.activity.log.Content.Hide()
		now := time.Now()
		for _, p := range h.view.activity.devices.paces { // so that it says how long it takes
			p.samples, p.moved, p.latest = []paceSample{{now.Add(-10 * time.Second), 0}}, 3_000_000, now
		}
		h.tick(now)
		words, controls := append(h.words(), "Requests"), h.controls()
		if len(words) > 80 {
			t.Errorf("%s: %d words: %q", name, len(words), words)
		}
		if len(controls) > 12 {
			t.Errorf("%s: %d controls: %q", name, len(controls), controls)
		}
		t.Logf("%s: %d words, %d controls", name, len(words), len(controls))
	}
}

// words returns all words that can be seen.
func (h *harness) words() (words []string) {
	for _, w := range strings.Fields(strings.Join(h.texts(), " ")) {
		if strings.ContainsFunc(w, func(r rune) bool { return r != '·' && r != '✓' }) {
			words = append(words, w)
		}
	}
	return words
}

// controls returns the names of all buttons, choices and fields that can be seen.
func (h *harness) controls() (names []string) {
	for _, o := range h.objects() {
		switch o := o.(type) {
		case *kit.Button:
			if o.IsDrawn() {
				names = append(names, o.AccessibilityLabel())
			}
		case *kit.Dropdown, *kit.Entry:
			names = append(names, o.(interface{ AccessibilityLabel() string }).AccessibilityLabel())
		}
	}
	return names
}
