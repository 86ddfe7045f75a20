package server

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestConnectionsAreBoundedWhileSharing(t *testing.T) {
	s, url := start(t, Options{}, Share{Folder: t.TempDir()})
	answer := func() error { // on a connection that stays open
		c, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
		if err != nil {
			return err
		}
		t.Cleanup(func() { c.Close() })
		c.SetDeadline(time.Now().Add(10 * time.Second))
		if _, err := io.WriteString(c, "HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil {
			return err
		}
		_, err = http.ReadResponse(bufio.NewReader(c), &http.Request{Method: "HEAD"})
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

func TestWhatDevicesMayAddIsBoundedWhileSharing(t *testing.T) {
	s, url := start(t, Options{Policy: Policy{Allow: Add}, Room: Limits{Reserve: -1}}, Share{Folder: t.TempDir()})
	put := func(size, want int) {
		t.Helper()
		q, err := http.NewRequest(http.MethodPut, url+"/a", strings.NewReader(strings.Repeat("x", size)))
		must(t, err)
		a, err := http.DefaultClient.Do(q)
		must(t, err)
		a.Body.Close()
		if a.StatusCode != want {
			t.Errorf("%d bytes: %s, want %d", size, a.Status, want)
		}
	}
	put(30, 201)
	s.SetBounds(Bounds{File: 20})
	put(21, 413)
	put(20, 201)
	s.SetBounds(Bounds{Added: 60}) // of which 50 are there
	put(11, 507)
	must(t, s.Stop(done()))
	must(t, s.SetPolicy(Policy{Allow: Add}))
	must(t, s.Start(s.Snapshot().Share))
	put(61, 507)
	put(60, 201)
	s.SetBounds(Bounds{})
	put(100, 201)
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

func TestTheNumberOfFilesThatDevicesAddIsBounded(t *testing.T) {
	s, url := start(t, Options{Policy: Policy{Allow: Change}, Room: Limits{Reserve: -1, Files: 2}}, Share{Folder: t.TempDir()})
	send := func(method, name string, want int, says string) {
		t.Helper()
		q, err := http.NewRequest(method, url+"/"+name, nil)
		must(t, err)
		if method == http.MethodPost {
			q.URL.Path = "/.windowsill/upload/"
			q.Header.Set("Tus-Resumable", "1.0.0")
			q.Header.Set("Upload-Length", "5")
			q.Header.Set("Upload-Metadata", "filename YQ==")
		}
		a, err := http.DefaultClient.Do(q)
		must(t, err)
		defer a.Body.Close()
		body, err := io.ReadAll(a.Body)
		must(t, err)
		if a.StatusCode != want || !strings.Contains(string(body), says) {
			t.Errorf("%s %s: %s %q; want %d, %q", method, name, a.Status, body, want, says)
		}
	}
	const enough = "The owner is not taking any more files."
	send("PUT", "a", 201, "")
	send("MKCOL", "in", 201, "")
	send("PUT", "in/a", 507, enough)
	send("POST", "", 507, enough)
	send("MKCOL", "in2", 507, enough)
	s.SetBounds(Bounds{Files: 3})
	send("POST", "", 201, "")
	send("PUT", "in/a", 507, enough)
	must(t, s.Stop(done()))
	http.DefaultClient.CloseIdleConnections() // to what was stopped
	must(t, s.Start(s.Snapshot().Share))      // the bound is still there, and nothing has come in yet
	for range 3 {
		send("PUT", "b", 201, "")
	}
	send("PUT", "b", 507, enough)
}
