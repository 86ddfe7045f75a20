package server

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// dial opens a connection to a share and says something on it.
func dial(t *testing.T, url, text string) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	must(t, err)
	t.Cleanup(func() { c.Close() })
	c.SetDeadline(time.Now().Add(10 * time.Second))
	_, err = io.WriteString(c, text)
	must(t, err)
	return c
}

// closes waits until the other side has closed the connection.
func closes(t *testing.T, c net.Conn) {
	t.Helper()
	if _, err := io.Copy(io.Discard, c); os.IsTimeout(err) {
		t.Error("the connection stays open")
	}
}

func TestAHeaderThatNeverEndsIsCut(t *testing.T) {
	_, url := start(t, Options{Timeouts: Timeouts{Header: 10 * time.Millisecond}}, Share{Folder: t.TempDir()})
	closes(t, dial(t, url, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "))
	closes(t, dial(t, url, ""))
}

func TestAnUnusedConnectionIsClosed(t *testing.T) {
	_, url := start(t, Options{Timeouts: Timeouts{Idle: 10 * time.Millisecond}}, Share{Folder: t.TempDir()})
	c := dial(t, url, "HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n")
	a, err := http.ReadResponse(bufio.NewReader(c), &http.Request{Method: "HEAD"})
	must(t, err)
	a.Body.Close()
	closes(t, c)
}

func TestAHeaderTooLargeIsRefused(t *testing.T) {
	_, url := start(t, Options{}, Share{Folder: t.TempDir()})
	c := dial(t, url, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Large: "+strings.Repeat("x", maxHeaderBytes+8<<10))
	a, err := http.ReadResponse(bufio.NewReader(c), nil)
	must(t, err)
	defer a.Body.Close()
	if a.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Error(a.Status)
	}
}

func TestADownloadNobodyReadsIsCut(t *testing.T) {
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "big"), nil, 0o644))
	must(t, os.Truncate(filepath.Join(dir, "big"), 1<<30))
	s, url := start(t, Options{Timeouts: Timeouts{Stall: 50 * time.Millisecond}}, Share{Folder: dir})
	dial(t, url, "GET /big HTTP/1.1\r\nHost: localhost\r\n\r\n")
	until(t, "cut", func() bool { l := s.Snapshot().Log; return l.Len() == 1 && l.At(0).Cut })
}

func TestDefaultLimits(t *testing.T) {
	o := Options{}.withDefaults()
	want := Options{
		Timeouts:       Timeouts{Grace: 3 * time.Second, Header: 10 * time.Second, Idle: 2 * time.Minute, Stall: time.Minute},
		MaxConnections: 8192, MaxPerAddress: 512, LookAfter: 2 * time.Second,
	}
	if o != want {
		t.Errorf("%+v, want %+v", o, want)
	}
	if o := (Options{Timeouts: Timeouts{Grace: time.Hour}, MaxConnections: 1}).withDefaults(); o.Timeouts.Grace != time.Hour || o.MaxConnections != 1 {
		t.Errorf("%+v: what was asked for is overruled", o)
	}
}

func TestServedConnectionsGoOnWhenTheLimitIsReached(t *testing.T) {
	_, url := start(t, Options{MaxConnections: 1}, Share{Folder: tree(t, map[string]string{"a": "hello"})})
	first := dial(t, url, "")
	fetchOver(t, first)
	if !isRefused(strings.TrimPrefix(url, "http://")) {
		t.Error("the second connection was not refused")
	}
	fetchOver(t, first)
}

func TestStopClosesIdleConnections(t *testing.T) {
	s, url := start(t, Options{Timeouts: Timeouts{Idle: time.Minute / 2}}, Share{Folder: tree(t, map[string]string{"a": "hello"})})
	c := dial(t, url, "")
	fetchOver(t, c)
	must(t, s.Stop(t.Context()))
	closes(t, c)
}

// isRefused reports whether a connection is ended at once: while it is made,
// or when the first byte is awaited.
func isRefused(addr string) bool {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return true
	}
	defer c.Close()
	c.SetReadDeadline(time.Now().Add(10 * time.Second))
	_, err = c.Read(make([]byte, 1))
	return err != nil && !os.IsTimeout(err)
}
