//go:build unix

package e2e

import (
	"testing"
)

// What the menu in the tray offers while a folder is shared, and while not.
const (
	sharingMenu = "Stop sharing, Copy link, Show QR code, Show window, Quit"
	stoppedMenu = "Share, Show window, Quit"
)

// Sharing goes on without the window, which comes back when it is wanted, and
// when nothing else could bring it back.
func TestSharingGoesOnInTheTray(t *testing.T) {
	s, bus := newScreen(t), sessionBus(t)
	tray := newFakeTray(t, bus)
	port := freePort(t)
	folder := folderWith(t, map[string]string{"one.txt": "1"})
	launch := func() *program { return s.run(t, "env", bus, programPath, "-port", port, folder) }
	p := launch()
	link := s.scan(t)
	item := tray.item(t)

	goIntoTray := func() {
		t.Helper()
		s.keys(t, "ctrl+q")
		s.find(t, "the answer that goes on in the tray", accent, isAnswer)
		s.keys(t, "Tab", "space") // after the one that changes nothing
		eventually(t, "the window is hidden", func() bool {
			shown := s.screenshot(t)
			return len(areas(shown, danger)) == 0 && readCode(shown) == ""
		})
		if status, body, err := get(t, fileAt(t, link, "one.txt")); status != 200 || body != "1" || err != nil {
			t.Errorf("hidden, GET gives %d %q %v", status, body, err)
		}
	}
	goIntoTray()
	tray.choose(t, item, sharingMenu, "Copy link")
	s.clipboard(t, link)
	tray.choose(t, item, sharingMenu, "Show window")
	s.scan(t)

	goIntoTray()
	if code := launch().exit(t); code != 0 {
		t.Errorf("A second start ends with %d, want 0", code)
	}
	s.scan(t)

	goIntoTray()
	tray.disappear(t)
	s.scan(t)
	tray.appear(t)
	item = tray.item(t)

	tray.choose(t, item, sharingMenu, "Stop sharing")
	eventually(t, "the port is closed", func() bool { return refused(port) })
	tray.choose(t, item, stoppedMenu, "Quit")
	if code := p.exit(t); code != 0 {
		t.Errorf("exit code %d, want 0", code)
	}
}
