package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"windowsill/server/access"
)

// discard is a client that takes everything and keeps nothing.
type discard struct{ header http.Header }

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) Write(p []byte) (int, error) { return len(p), nil }
func (d *discard) WriteHeader(int)             {}

// BenchmarkHandler is our own share of the cost: the chain without the network.
func BenchmarkHandler(b *testing.B) {
	for _, entries := range []int{100, 10_000, 100_000} {
		b.Run(fmt.Sprintf("listing of %d", entries), func(b *testing.B) {
			dir := b.TempDir()
			for i := range entries {
				must(b, os.WriteFile(filepath.Join(dir, fmt.Sprintf("IMG_%d.jpg", i)), nil, 0o644))
			}
			bench(b, newShared(b, dir, setup{Policy: access.Policy{Open: true}}), "/", browser)
		})
		b.Run(fmt.Sprintf("listing of %d as data", entries), func(b *testing.B) {
			dir := b.TempDir()
			for i := range entries {
				must(b, os.WriteFile(filepath.Join(dir, fmt.Sprintf("IMG_%d.jpg", i)), nil, 0o644))
			}
			bench(b, newShared(b, dir, setup{Policy: access.Policy{Open: true}}), "/?json")
		})
	}
	small := tree(b, map[string]string{"photos/a.jpg": strings.Repeat("x", 4096)})
	b.Run("small file", func(b *testing.B) {
		bench(b, newShared(b, small, setup{Policy: access.Policy{Open: true}}), "/photos/a.jpg")
	})
	b.Run("small file with cookie", func(b *testing.B) {
		s := newShared(b, small, setup{})
		token, err := s.guard.EnterByKey(s.guard.Key(), "", access.DeviceInfo{})
		must(b, err)
		bench(b, s, "/photos/a.jpg", "Cookie: "+cookie+"="+token)
	})
}

func bench(b *testing.B, h http.Handler, target string, headers ...string) {
	q := httptest.NewRequest("GET", target, nil)
	q.Host = "192.168.1.20:8000"
	for _, line := range headers {
		name, value, _ := strings.Cut(line, ": ")
		q.Header.Set(name, value)
	}
	b.ReportAllocs()
	for b.Loop() {
		h.ServeHTTP(&discard{http.Header{}}, q)
	}
}
