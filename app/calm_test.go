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
	for i := range 3 {
		n.Transfers = append(n.Transfers, server.Transfer{ID: uint64(20 + i), Device: 2, Name: "clip.mov", Done: 20_000_000, Total: 58_000_000})
	}
	for i := range 3 {
		n.Uploads = append(n.Uploads, fakeUpload(1, i, there, "photo.jpg"))
	}
	n.Totals = server.Totals{Requests: 40, Bytes: 51_000_000}
}

// A window that is busy must not become a wall of words and buttons. (The rows of the log
// are not counted: they are what the log is for.)
func TestBusyWindowIsCalm(t *testing.T) {
	h := sharingWindow(t)
	h.win.Resize(defaultSize)
	h.change(busySnapshot)
	h.tick(time.Now())
	var words []string
	for _, w := range strings.Fields(strings.Join(h.texts(), " ")) {
		if strings.ContainsFunc(w, func(r rune) bool { return r != '·' && r != '✓' }) {
			words = append(words, w)
		}
	}
	var controls []string
	for _, o := range h.objects() {
		switch o := o.(type) {
		case *kit.Button:
			controls = append(controls, o.AccessibilityLabel())
		case *kit.Dropdown, *kit.Segments, *kit.Entry:
			controls = append(controls, o.(interface{ AccessibilityLabel() string }).AccessibilityLabel())
		}
	}
	if len(words) > 80 {
		t.Errorf("%d words: %q", len(words), words)
	}
	if len(controls) > 13 {
		t.Errorf("%d controls: %q", len(controls), controls)
	}
	t.Logf("%d words, %d controls: %q", len(words), len(controls), controls)
}
