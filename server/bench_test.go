package server

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"windowsill/assets"
	"windowsill/server/access"
	"windowsill/server/media"
	"windowsill/server/page"
	"windowsill/server/receive"
	"windowsill/server/share"
	"windowsill/server/traffic"
)

// siteFor returns a share without a listener.
func siteFor(t testing.TB, dir string, p Policy) *site {
	t.Helper()
	folder, err := share.Open(dir, share.Options{})
	must(t, err)
	t.Cleanup(func() { folder.Close() })
	pages, err := ourPages()
	must(t, err)
	compress, err := newCompressor()
	must(t, err)
	thumbs := media.New(media.Options{})
	t.Cleanup(thumbs.Close)
	s := newSite(means{
		guard: access.New(p, nil), folder: folder, writer: folder.Writer(), live: &live{texts: new(texts)}, place: &place{}, pages: pages, thumbs: thumbs,
		elsewhere: newElsewhere(func() []string { return nil }), receiver: receive.New(folder.Writer(), receive.Options{}),
		compress: compress, record: traffic.New(traffic.Options{}), cookie: "windowsill_8000", closing: t.Context(),
	})
	s.hostname = "laptop"
	return s
}

// ourPages are the same for every site: to read their templates takes longer
// than most tests.
var ourPages = sync.OnceValues(func() (*page.Pages, error) {
	return page.New(assets.Page(), assets.Languages())
})

// handlerFor returns the whole chain of a share that is open to everybody,
// without a listener.
func handlerFor(t testing.TB, dir string) http.Handler {
	return siteFor(t, dir, Policy{Open: true}).routes()
}

// ask sends a handler a GET request for a target as it stands on the wire.
func ask(h http.Handler, target string) (code int, body string, ok bool) {
	u, err := url.ParseRequestURI(target)
	if err != nil || !strings.HasPrefix(target, "/") {
		return 0, "", false
	}
	q := &http.Request{Method: "GET", URL: u, RequestURI: target, Host: "127.0.0.1", Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{}, Body: http.NoBody, RemoteAddr: "192.0.2.1:1"}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, q)
	return w.Code, w.Body.String(), true
}

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
			bench(b, handlerFor(b, dir), "/", browser)
		})
		b.Run(fmt.Sprintf("listing of %d as data", entries), func(b *testing.B) {
			dir := b.TempDir()
			for i := range entries {
				must(b, os.WriteFile(filepath.Join(dir, fmt.Sprintf("IMG_%d.jpg", i)), nil, 0o644))
			}
			bench(b, handlerFor(b, dir), "/?json")
		})
	}
	small := tree(b, map[string]string{"photos/a.jpg": strings.Repeat("x", 4096)})
	b.Run("small file", func(b *testing.B) { bench(b, handlerFor(b, small), "/photos/a.jpg") })
	b.Run("small file with cookie", func(b *testing.B) {
		s := siteFor(b, small, Policy{})
		token, err := s.guard.EnterByKey(s.guard.Key(), "", access.Visitor{})
		must(b, err)
		bench(b, s.routes(), "/photos/a.jpg", "Cookie: "+s.cookie+"="+token)
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

// BenchmarkDownload is the whole way over loopback, as one device sees it.
func BenchmarkDownload(b *testing.B) {
	for _, c := range []struct {
		name string
		size int64
	}{{"small file", 4 << 10}, {"large file", 256 << 20}} {
		b.Run(c.name, func(b *testing.B) {
			dir := b.TempDir()
			must(b, os.WriteFile(filepath.Join(dir, "file"), nil, 0o644))
			must(b, os.Truncate(filepath.Join(dir, "file"), c.size))
			_, base := start(b, Options{}, Share{Folder: dir})
			c1, err := net.Dial("tcp", strings.TrimPrefix(base, "http://"))
			must(b, err)
			defer c1.Close()
			b.SetBytes(c.size)
			b.ReportAllocs()
			for b.Loop() {
				download(b, c1, c.size)
			}
		})
	}
}

// download asks for /file on a connection and throws the answer away, with as
// little work of its own as can be.
func download(b *testing.B, c net.Conn, size int64) {
	io.WriteString(c, "GET /file HTTP/1.1\r\nHost: localhost\r\n\r\n")
	buf := make([]byte, 64<<10)
	n, err := c.Read(buf)
	must(b, err)
	head := strings.Index(string(buf[:n]), "\r\n\r\n")
	if head < 0 || !strings.HasPrefix(string(buf[:n]), "HTTP/1.1 200") {
		b.Fatalf("%q", buf[:n])
	}
	rest := size - int64(n-head-4)
	if got, err := io.Copy(io.Discard, io.LimitReader(c, rest)); got != rest || err != nil {
		b.Fatalf("%d bytes of %d, %v", got, rest, err)
	}
}

// BenchmarkWatched is what it costs to be looked at: a download while nobody
// watches, and while somebody does.
func BenchmarkWatched(b *testing.B) {
	const size = 256 << 20
	dir := b.TempDir()
	must(b, os.WriteFile(filepath.Join(dir, "file"), nil, 0o644))
	must(b, os.Truncate(filepath.Join(dir, "file"), size))
	s, base := start(b, Options{}, Share{Folder: dir})
	for _, watchers := range []int{0, 1} {
		b.Run(fmt.Sprintf("by %d", watchers), func(b *testing.B) {
			for range watchers {
				defer s.Watch(func(Snapshot) {})()
			}
			c, err := net.Dial("tcp", strings.TrimPrefix(base, "http://"))
			must(b, err)
			defer c.Close()
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				download(b, c, size)
			}
		})
	}
}
