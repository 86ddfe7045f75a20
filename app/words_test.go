package app

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"windowsill/server"
)

func TestBytesText(t *testing.T) {
	for n, want := range map[int64]string{
		0: "0 bytes", 1: "1 byte", 999: "999 bytes", 1000: "1 kB", 1234: "1.2 kB", 9_949: "9.9 kB", 9_950: "10 kB",
		999_499: "999 kB", 999_500: "1 MB", 3_400_000_000: "3.4 GB", 80_000_000: "80 MB",
		1<<63 - 1: "9.2 EB",
	} {
		if got := bytesText(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

func TestCountText(t *testing.T) {
	for n, want := range map[int64]string{
		0: "0 files", 1: "1 file", 999: "999 files", 1243: "1,243 files", 1_000_000: "1,000,000 files", -12345: "-12,345 files",
	} {
		if got := countText(n, "{{.Count}} files"); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

func TestClockText(t *testing.T) {
	for d, want := range map[time.Duration]string{
		-time.Second: "0:00", 7 * time.Second: "0:07", 754 * time.Second: "12:34",
		time.Hour + 2*time.Minute + 3*time.Second: "1:02:03", 100 * time.Hour: "100:00:00",
	} {
		if got := clockText(d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}

func TestLookText(t *testing.T) {
	for _, c := range []struct {
		look server.Look
		want string
	}{
		{server.Look{Files: 1243, Bytes: 3_400_000_000, Complete: true}, "1,243 files · 3.4 GB"},
		{server.Look{Files: 70_000, Bytes: 9_000_000_000}, "more than 70,000 files · 9 GB"},
		{server.Look{Complete: true}, "no files"},
		{server.Look{}, "not counted"},
	} {
		if got := lookText(c.look); got != c.want {
			t.Errorf("%+v: %q, want %q", c.look, got, c.want)
		}
	}
}

func TestTypedPath(t *testing.T) {
	t.Setenv("HOME", "/home/mia")
	for typed, want := range map[string]string{
		"":                             "",
		"   ":                          "",
		"/srv/photos":                  "/srv/photos",
		" /srv/photos/ \n":             "/srv/photos",
		`"/srv/Summer 2026"`:           "/srv/Summer 2026",
		"'/srv/Summer 2026'":           "/srv/Summer 2026",
		`"`:                            `"`,
		"file:///srv/Summer%202026":    "/srv/Summer 2026",
		"file:///srv/100%25":           "/srv/100%",
		"~":                            "/home/mia",
		"~/Pictures":                   "/home/mia/Pictures",
		"~mia":                         "~mia",
		"/srv/./a/../photos":           "/srv/photos",
		"/srv/it's":                    "/srv/it's",
		"http://example.com/not-a-dir": "http:/example.com/not-a-dir",
	} {
		if got := typedPath(typed); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}

func TestShortPath(t *testing.T) {
	t.Setenv("HOME", "/home/mia")
	for path, want := range map[string]string{
		"/home/mia": "~", "/home/mia/Pictures": "~/Pictures", "/home/miami": "/home/miami", "/srv": "/srv",
	} {
		if got := shortPath(path); got != want {
			t.Errorf("%q: %q, want %q", path, got, want)
		}
	}
}

func TestExistingKeepsTheFirstFoldersThatAreThere(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	a, b := t.TempDir(), t.TempDir()
	got := existing([]string{filepath.Join(dir, "gone"), a, file, dir, b}, 2)
	if len(got) != 2 || got[0] != a || got[1] != dir {
		t.Errorf("%q", got)
	}
}

func TestInFrontHasNoDoublesAndALimit(t *testing.T) {
	list := []string{"a", "b", "c"}
	got := inFront(list, "c", 3)
	if len(got) != 3 || got[0] != "c" || got[1] != "a" || got[2] != "b" || list[0] != "a" {
		t.Errorf("%q of %q", got, list)
	}
	if got := inFront(list, "d", 3); len(got) != 3 || got[0] != "d" {
		t.Errorf("%q", got)
	}
}

func TestSpanText(t *testing.T) {
	for d, want := range map[time.Duration]string{
		7 * time.Second: "< 1 min", 59 * time.Second: "< 1 min", time.Minute: "1 min", 59*time.Minute + 59*time.Second: "59 min",
		time.Hour: "1:00 h", 26*time.Hour + 5*time.Minute: "26:05 h",
	} {
		if got := spanText(d); got != want {
			t.Errorf("%v is %q, want %q", d, got, want)
		}
	}
}
