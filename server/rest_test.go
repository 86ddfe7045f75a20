package server

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// restful is a share whose connections rest soon, and stay.
func restful(t *testing.T) (s *Server, url string) {
	t.Helper()
	return start(t, Options{IdleTimeout: time.Minute / 2}, Share{Folder: tree(t, map[string]string{"a": "hello"})})
}

// caller is somebody who keeps one connection.
type caller struct {
	net.Conn
	in *bufio.Reader
}

func call(t *testing.T, url string) caller {
	t.Helper()
	c := dial(t, url, "")
	return caller{c, bufio.NewReader(c)}
}

const wantA = "GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n"

func (v caller) says(t *testing.T, text string) {
	t.Helper()
	_, err := io.WriteString(v, text)
	must(t, err)
}

// gets reads one answer, which must be the file.
func (v caller) gets(t *testing.T) {
	t.Helper()
	a, err := http.ReadResponse(v.in, nil)
	must(t, err)
	defer a.Body.Close()
	body, err := io.ReadAll(a.Body)
	if string(body) != "hello" || a.StatusCode != http.StatusOK || err != nil {
		t.Errorf("%s %q, %v", a.Status, body, err)
	}
}

// rests waits until so many connections are there, and all of them rest.
func rests(t *testing.T, s *Server, want int) {
	t.Helper()
	g := s.running().gate
	until(t, "at rest", func() bool {
		g.mu.Lock()
		defer g.mu.Unlock()
		for c := range g.conns {
			if c.at.Load() != resting {
				return false
			}
		}
		return len(g.conns) == want
	})
}

func TestAConnectionGoesOnAfterARest(t *testing.T) {
	s, url := restful(t)
	v := call(t, url)
	for range 3 {
		v.says(t, wantA+wantA) // the second is there before the first is answered
		v.gets(t)
		v.gets(t)
		v.says(t, wantA)
		v.gets(t)
		rests(t, s, 1)
	}
	v.says(t, wantA[:1])
	until(t, "awake", func() bool { return s.running().gate.awake() == 1 })
	v.says(t, wantA[1:])
	v.gets(t)
}

// awake returns how many connections do not rest.
func (g *gate) awake() (n int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for c := range g.conns {
		if c.at.Load() != resting {
			n++
		}
	}
	return n
}

func TestWhoLeavesWhileRestingGivesTheirPlaceBack(t *testing.T) {
	s, url := restful(t)
	v := call(t, url)
	v.says(t, wantA)
	v.gets(t)
	rests(t, s, 1)
	v.Close()
	rests(t, s, 0)
}

func TestStopClosesConnectionsThatRest(t *testing.T) {
	s, url := restful(t)
	first, second := call(t, url), call(t, url)
	for _, v := range []caller{first, second} {
		v.says(t, wantA)
		v.gets(t)
	}
	rests(t, s, 2)
	must(t, s.Stop(t.Context()))
	closes(t, first)
	closes(t, second)
}

func TestAHeaderIsHurriedAfterARestToo(t *testing.T) {
	s, url := start(t, Options{IdleTimeout: time.Minute / 2, HeaderTimeout: 10 * time.Millisecond}, Share{Folder: tree(t, map[string]string{"a": "hello"})})
	v := call(t, url)
	v.says(t, wantA)
	v.gets(t)
	rests(t, s, 1)
	v.says(t, strings.TrimSuffix(wantA, "\r\n"))
	closes(t, v)
}
