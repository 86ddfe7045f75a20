package words

import "testing"

func TestShortPath(t *testing.T) {
	t.Setenv("HOME", "/home/mia")
	for path, want := range map[string]string{
		"/home/mia": "~", "/home/mia/Pictures": "~/Pictures", "/home/miami": "/home/miami", "/srv": "/srv",
	} {
		if got := ShortPath(path); got != want {
			t.Errorf("%q: %q, want %q", path, got, want)
		}
	}
}

func TestParsePath(t *testing.T) {
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
		if got := ParsePath(typed); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}
