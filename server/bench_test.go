package server

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

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

func BenchmarkArchive(b *testing.B) {
	dir := b.TempDir()
	for i := range 200 {
		must(b, os.WriteFile(filepath.Join(dir, strconv.Itoa(i)), bytes.Repeat([]byte{byte(i)}, 64<<10), 0o644))
	}
	for i := range 2 {
		film := filepath.Join(dir, "film"+strconv.Itoa(i))
		must(b, os.WriteFile(film, nil, 0o644))
		must(b, os.Truncate(film, 64<<20))
	}
	take := func(b *testing.B, base string) {
		a, err := http.Get(base + "/?zip")
		must(b, err)
		defer a.Body.Close()
		n, err := io.Copy(io.Discard, a.Body)
		must(b, err)
		b.SetBytes(n)
	}
	b.Run("first pass", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			b.StopTimer()
			s, base := start(b, Options{}, Share{Folder: dir})
			b.StartTimer()
			take(b, base)
			s.Stop(done())
		}
	})
	b.Run("second pass", func(b *testing.B) {
		_, base := start(b, Options{}, Share{Folder: dir})
		take(b, base)
		b.ReportAllocs()
		for b.Loop() {
			take(b, base)
		}
	})
}

func BenchmarkPut(b *testing.B) {
	_, url := start(b, Options{Policy: Policy{Allow: Change}, Room: Limits{Reserve: -1}}, Share{Folder: b.TempDir()})
	content := bytes.Repeat([]byte("windowsill"), 10<<20/10)
	b.SetBytes(int64(len(content)))
	b.ReportAllocs()
	for b.Loop() {
		transport := new(http.Transport)
		q, err := http.NewRequest(http.MethodPut, url+"/a?overwrite", bytes.NewReader(content))
		must(b, err)
		a, err := transport.RoundTrip(q)
		must(b, err)
		a.Body.Close()
		transport.CloseIdleConnections()
		if a.StatusCode >= 300 {
			b.Fatal(a.Status)
		}
	}
}
