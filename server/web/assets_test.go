package web

import (
	"strings"
	"testing"
)

func TestAssetsAreCompressed(t *testing.T) {
	_, base := start(t, t.TempDir(), setup{})
	for name, compressed := range map[string]bool{"style.css": true, "folder.js": true, "icon-512.png": false} {
		a, _ := get(t, "GET", base+ours+name, "Accept-Encoding: gzip")
		if got := a.Header.Get("Content-Encoding") == "gzip"; got != compressed || a.StatusCode != 200 {
			t.Errorf("%s: %s, compressed %v", name, a.Status, got)
		}
		again, _ := get(t, "GET", base+ours+name, "Accept-Encoding: gzip", "If-None-Match: "+a.Header.Get("ETag"))
		if again.StatusCode != 304 {
			t.Errorf("%s, asked again: %s", name, again.Status)
		}
	}
	if a, _ := get(t, "GET", base+ours+"manifest.webmanifest"); a.Header.Get("Content-Type") != "application/manifest+json" {
		t.Errorf("manifest is sent as %q", a.Header.Get("Content-Type"))
	}
}

func TestBrowsersKeepAssetsUntilThereAreOthers(t *testing.T) {
	_, base := start(t, t.TempDir(), setup{})
	_, page := get(t, "GET", base+"/", browser)
	now := submatches(linked, page)[0]
	version, name, _ := strings.Cut(strings.TrimPrefix(now, ours), "/")
	for address, want := range map[string]struct {
		status int
		kept   string
	}{
		now:         {200, "max-age=31536000, immutable"},
		ours + name: {200, "no-cache"},
		ours + strings.Repeat("0", len(version)) + "/" + name: {404, "no-store"},
	} {
		a, _ := get(t, "GET", base+address)
		if got := a.Header.Get("Cache-Control"); a.StatusCode != want.status || got != want.kept {
			t.Errorf("%s: %s, kept: %q, want %v", address, a.Status, got, want)
		}
	}
}
