package desktop

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSetStarts(t *testing.T) {
	config := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", config)
	entry := filepath.Join(config, "autostart", "net.windowsill.Windowsill.desktop")
	for _, on := range []bool{false, true, true, false, false} {
		if err := SetStarts(on); err != nil {
			t.Fatal(err)
		}
		if Starts() != on {
			t.Errorf("Starts() after SetStarts(%v)", on)
		}
		if _, err := os.Stat(entry); (err == nil) != on {
			t.Errorf("the entry: %v, want it %v", err, on)
		}
	}
}

func TestSetStartsOfAnAppImage(t *testing.T) {
	config := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", config)
	t.Setenv("APPIMAGE", "/home/x/Windowsill.AppImage")
	if err := SetStarts(true); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(config, "autostart", "net.windowsill.Windowsill.desktop"))
	if err != nil || !strings.Contains(string(b), `Exec="/home/x/Windowsill.AppImage"`) {
		t.Errorf("%s, %v", b, err)
	}
}

func TestStartEntry(t *testing.T) {
	for path, want := range map[string]string{
		"/usr/bin/windowsill":       `Exec="/usr/bin/windowsill"`,
		"/home/x y/50%/windowsill":  `Exec="/home/x y/50%%/windowsill"`,
		"/a\"b/$c/`d`/e\\f":         `Exec="/a\\"b/\\$c/\\` + "`d\\\\`" + `/e\\\\f"`,
		"/a\nExec=rm -rf/windowsil": `Exec="/a\nExec=rm -rf/windowsil"`,
	} {
		if got := startEntry(path); !strings.Contains(got, want+"\n") || strings.Count(got, "\n") != 5 {
			t.Errorf("%q gives\n%s, want %s", path, got, want)
		}
	}
}
