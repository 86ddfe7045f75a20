//go:build unix

package e2e

import (
	"image"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// isDropdown reports whether an area has the size of the choice of whether phones may
// send files.
func isDropdown(area image.Rectangle) bool {
	return area.Dx() > 95 && area.Dx() < 110 && area.Dy() > 20 && area.Dy() < 32
}

func TestVisitorsMayAddOnceTheOwnerSaysSo(t *testing.T) {
	s := newScreen(t)
	port, dir := freePort(t), folderWith(t, map[string]string{"here.txt": "x"})
	s.start(t, "-port", port, dir)
	s.scan(t)
	address := "http://127.0.0.1:" + port + "/new.txt"
	if status := put(t, address, "content"); status != http.StatusForbidden {
		t.Errorf("PUT gives %d before visitors may add", status)
	}
	s.click(t, s.find(t, "the choice of whether phones may send files", secondary, isDropdown))
	s.keys(t, "Down", "Down", "Return") // No, Add
	eventually(t, "visitors may add", func() bool { return put(t, address, "content") == http.StatusCreated })
	if b, err := os.ReadFile(filepath.Join(dir, "new.txt")); string(b) != "content" || err != nil {
		t.Errorf("There is %q, %v", b, err)
	}
}

// A setting is made with the keyboard alone, and survives a crash.
func TestSettingIsKept(t *testing.T) {
	s := newScreen(t)
	port, dir, config := freePort(t), folderWith(t, map[string]string{".secret": "x"}), t.TempDir()
	launch := func() *program {
		p := s.run(t, "env", "XDG_CONFIG_HOME="+config, programPath, "-port", port, dir)
		s.scan(t)
		return p
	}
	address := "http://127.0.0.1:" + port + "/.secret"
	first := launch()
	if status, _, _ := get(t, address); status != http.StatusNotFound {
		t.Errorf("a hidden file gives %d before it was switched on", status)
	}
	s.keys(t, "ctrl+comma", "Tab", "Tab", "Tab", "space") // the gear, Back, the first choice
	eventually(t, "the choice is on the disk", func() bool {
		b, _ := os.ReadFile(filepath.Join(config, "windowsill", "settings.json"))
		return strings.Contains(string(b), `"hidden": true`)
	})
	first.signal(t, syscall.SIGKILL)
	<-first.ended
	launch()
	if status, body, _ := get(t, address); status != http.StatusOK || body != "x" {
		t.Errorf("a hidden file gives %d, %q after a new start", status, body)
	}
}
