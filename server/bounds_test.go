package server

import (
	"bufio"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestConnectionsAreBoundedWhileSharing(t *testing.T) {
	s, url := start(t, Options{}, Share{Folder: t.TempDir()})
	answer := func() error {
		c := dial(t, url, "HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n")
		_, err := http.ReadResponse(bufio.NewReader(c), &http.Request{Method: "HEAD"})
		return err
	}
	must(t, answer())
	s.SetBounds(Bounds{Connections: 2})
	must(t, answer())
	if answer() == nil {
		t.Error("a third connection came in")
	}
	s.SetBounds(Bounds{})
	must(t, answer())
}

func TestBoundsHoldFromTheStart(t *testing.T) {
	folder := tree(t, map[string]string{"film": strings.Repeat("x", 20_000)})
	s, _ := start(t, Options{}, Share{Folder: folder})
	must(t, s.Stop(done()))
	s.SetBounds(Bounds{Most: Most{All: 100_000}})
	must(t, s.Start(Share{Folder: folder}))
	began := time.Now()
	if _, body := get(t, "GET", fmt.Sprintf("http://127.0.0.1:%d/film", s.Snapshot().Share.Port)); len(body) != 20_000 {
		t.Errorf("%d bytes, want 20,000", len(body))
	}
	if took := time.Since(began); took < 100*time.Millisecond {
		t.Errorf("20,000 bytes took %v, want 0.15 s", took)
	}
}
