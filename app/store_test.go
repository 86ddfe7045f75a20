package app

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// settingsFile gives the test a home of its own, and returns where its settings
// will be.
func settingsFile(t *testing.T) string {
	t.Helper()
	home := t.TempDir()
	for _, name := range []string{"XDG_CONFIG_HOME", "HOME", "AppData"} {
		t.Setenv(name, home)
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "windowsill", "settings.json")
}

func TestSettingsAreThereTheNextTime(t *testing.T) {
	path := settingsFile(t)
	s := LoadSettings()
	for i := range 100 {
		s.SetInt("port", i)
	}
	s.SetString("folder", "/srv/Grüße")
	s.SetStringList("recent", []string{"/a", "/b"})
	s.SetBool("hidden", true)
	s.SetFloat("width", 900.5)
	s.Wait()

	again := LoadSettings()
	if again.IntWithFallback("port", 8000) != 99 || again.String("folder") != "/srv/Grüße" || !again.Bool("hidden") ||
		!slices.Equal(again.StringList("recent"), []string{"/a", "/b"}) || again.FloatWithFallback("width", 0) != 900.5 {
		t.Errorf("the next time: %s", again.values)
	}
	if others, _ := os.ReadDir(filepath.Dir(path)); len(others) != 1 {
		t.Errorf("beside the file lie %v", others)
	}
}

func TestDamagedSettingsAreNone(t *testing.T) {
	path := settingsFile(t)
	for _, content := range []string{"", `{"port": 80`, "\x00\x00", `[1]`, `{"port": "eighty", "recent": 3}`} {
		os.MkdirAll(filepath.Dir(path), 0o700)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		s := LoadSettings()
		if s.IntWithFallback("port", 8000) != 8000 || s.StringList("recent") != nil {
			t.Errorf("%q: %s", content, s.values)
		}
		s.SetInt("port", 8001)
		s.Wait()
		if LoadSettings().IntWithFallback("port", 8000) != 8001 {
			t.Errorf("%q: nothing can be remembered any more", content)
		}
	}
}

// A write that did not come to its end leaves the file as it was.
func TestSettingsSurviveACrash(t *testing.T) {
	path := settingsFile(t)
	s := LoadSettings()
	s.SetInt("port", 8001)
	s.Wait()
	if err := os.WriteFile(filepath.Join(filepath.Dir(path), ".settings-1"), []byte(`{"po`), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := LoadSettings().IntWithFallback("port", 8000); got != 8001 {
		t.Errorf("port %d, want 8001", got)
	}
}
