package server

import (
	"fmt"
	"io"
	"net"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"windowsill/server/access"
)

// What may be left 10 s after a flood: of memory, what a bare
// [http.FileServer] keeps as well.
const (
	leftFiles  = 5
	leftMemory = 12 << 20
)

// usage returns how many files and connections this process has open, and how
// many bytes it uses.
func usage(t *testing.T) (files int, bytes int64) {
	t.Helper()
	all, err := os.ReadDir("/proc/self/fd")
	must(t, err)
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return len(all), int64(m.HeapAlloc + m.StackInuse)
}

func TestNothingIsLeftOfAFlood(t *testing.T) {
	const many = 200
	page := "GET / HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n\r\n"
	for name, send := range map[string]string{
		"silent connections":    "",
		"half a header":         page[:40],
		"pages":                 page,
		"much at once":          strings.Repeat("GET /0.txt HTTP/1.1\r\nHost: localhost\r\n\r\n", 200),
		"the folder as ZIP":     "GET /?zip HTTP/1.1\r\nHost: localhost\r\n\r\n",
		"searches":              "GET /?q=1 HTTP/1.1\r\nHost: localhost\r\n\r\n",
		"slow uploads":          "PUT /slow HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\nx",
		"TLS":                   "\x16\x03\x01\x02\x00\x01",
		"no HTTP":               strings.Repeat("\x00\xff", 500),
		"streams of events":     "GET /.windowsill/live?in=/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
		"many ranges of a file": "GET /0.txt HTTP/1.1\r\nHost: localhost\r\nRange: bytes=" + strings.Repeat("0-,", 200) + "0-\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			content := map[string]string{}
			for i := range 100 {
				content[fmt.Sprintf("%d.txt", i)] = strings.Repeat("x", 1000)
			}
			_, url := start(t, Options{Policy: access.Policy{Open: true, Allow: access.Add}}, Share{Folder: tree(t, content)})
			get(t, "GET", url+"/", "Accept: text/html")
			files, bytes := usage(t)
			flood(t, strings.TrimPrefix(url, "http://"), send, many)
			until(t, "it is over", func() bool {
				filesNow, bytesNow := usage(t)
				return filesNow <= files+leftFiles && bytesNow <= bytes+leftMemory
			})
			if a, _ := get(t, "GET", url+"/0.txt"); a.StatusCode != 200 {
				t.Errorf("afterwards: %s", a.Status)
			}
		})
	}
}

// flood says something on so many connections, reads a little, and leaves: one
// half of them by a reset.
func flood(t *testing.T, addr, text string, connections int) {
	t.Helper()
	var all []*net.TCPConn
	for range connections {
		c, err := net.Dial("tcp", addr)
		must(t, err)
		all = append(all, c.(*net.TCPConn))
		c.SetDeadline(time.Now().Add(10 * time.Second))
		io.WriteString(c, text) // it may be refused
	}
	if text != "" {
		all[0].SetReadDeadline(time.Now().Add(time.Second)) // not everything is answered
		io.ReadFull(all[0], make([]byte, 10))
	}
	for i, c := range all {
		if i%2 == 0 {
			c.SetLinger(0)
		}
		c.Close()
	}
}
