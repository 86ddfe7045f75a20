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
