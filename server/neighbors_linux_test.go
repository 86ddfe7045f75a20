package server

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// guest is another computer on the same network: a thread in a network of its
// own, with a card that is plugged into the bridge of this one.
type guest struct {
	work  chan func()
	index int // of its card
}

// withGuests runs the test as a computer with the addresses 10.77.0.1, fd77::1
// and fe80::1. Guest n, from 0 on, ends with n + 16.
func withGuests(t *testing.T, n int) []*guest {
	t.Helper()
	if !inNetwork(t) {
		return nil
	}
	ip(t, "link add br0 type bridge")
	plugIn(t, "br0", 1)
	guests := make([]*guest, n)
	for i := range guests {
		guests[i] = newGuest(t, i+16)
	}
	return guests
}

// plugIn gives a card its addresses, without the time that the system takes to
// look for others that have them.
func plugIn(t *testing.T, card string, last int) {
	t.Helper()
	ip(t, "link set dev "+card+" addrgenmode none")
	ip(t, "link set up dev "+card)
	for _, address := range []string{"10.77.0.%d/24", "fd77::%d/64 nodad", "fe80::%d/64 nodad"} {
		ip(t, fmt.Sprintf("address add "+address+" dev "+card, last))
	}
}

func newGuest(t *testing.T, last int) *guest {
	t.Helper()
	g, thread := &guest{work: make(chan func())}, make(chan int)
	go func() {
		runtime.LockOSThread() // for good: the thread ends with this
		if err := unix.Unshare(unix.CLONE_NEWNET); err != nil {
			t.Error(err)
		}
		thread <- unix.Gettid()
		for f := range g.work {
			f()
		}
	}()
	t.Cleanup(func() { close(g.work) })
	port := fmt.Sprintf("port%d", last)
	ip(t, fmt.Sprintf("link add %s type veth peer name eth0 netns %d", port, <-thread))
	ip(t, "link set "+port+" master br0 up")
	g.do(func() {
		plugIn(t, "eth0", last)
		card, err := net.InterfaceByName("eth0")
		must(t, err)
		g.index = card.Index
	})
	return g
}

func (g *guest) do(f func()) {
	done := make(chan struct{})
	g.work <- func() {
		defer close(done)
		f()
	}
	<-done
}

// ask sends a request to a share at one of this computer's addresses, and a form
// if there is one. The answer's body is still to come.
func (g *guest) ask(t *testing.T, s *Server, at, target string, form url.Values, cookies ...*http.Cookie) *http.Response {
	t.Helper()
	method := http.MethodGet
	if form != nil {
		method = http.MethodPost
	}
	host := strings.TrimSuffix(net.JoinHostPort(at, ""), ":")
	q, err := http.NewRequest(method, "http://"+host+target, strings.NewReader(form.Encode()))
	must(t, err)
	q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, c := range cookies {
		q.AddCookie(c)
	}
	if strings.HasPrefix(at, "fe80") {
		at += fmt.Sprintf("%%%d", g.index)
	}
	var c net.Conn
	g.do(func() { c, err = net.Dial("tcp", net.JoinHostPort(at, fmt.Sprint(s.Snapshot().Share.Port))) })
	must(t, err)
	t.Cleanup(func() { c.Close() })
	must(t, c.SetDeadline(time.Now().Add(10*time.Second)))
	must(t, q.Write(c))
	a, err := http.ReadResponse(bufio.NewReader(c), q)
	must(t, err)
	return a
}

func (g *guest) status(t *testing.T, s *Server, at, target string, form url.Values) int {
	t.Helper()
	return g.ask(t, s, at, target, form).StatusCode
}

const enter = "/.windowsill/enter"

func withPIN(digits string) url.Values { return url.Values{"pin": {digits}, "to": {"/"}} }

func TestNeighborsAreToldApart(t *testing.T) {
	guests := withGuests(t, 5)
	if guests == nil {
		return
	}
	for _, at := range []string{"10.77.0.1", "fd77::1", "fe80::1"} {
		s, _ := start(t, Options{}, Share{Folder: t.TempDir()})
		right := s.Snapshot().PIN.Digits
		wrong := "000000"
		if right == wrong {
			wrong = "000001"
		}
		for range 5 {
			if got := guests[0].status(t, s, at, enter, withPIN(wrong)); got != http.StatusForbidden {
				t.Errorf("%s: a wrong PIN gets %d", at, got)
			}
		}
		if got := guests[0].status(t, s, at, enter, withPIN(right)); got != http.StatusTooManyRequests {
			t.Errorf("%s: after five wrong ones the right PIN gets %d", at, got)
		}
		if got := guests[1].status(t, s, at, enter, withPIN(right)); got != http.StatusSeeOther {
			t.Errorf("%s: the right PIN of a neighbour gets %d", at, got)
		}
		for _, g := range guests {
			g.status(t, s, at, enter, url.Values{"name": {"Guest"}, "to": {"/"}})
		}
		waiting := 0
		for _, d := range s.Snapshot().Devices {
			if d.Status == Waiting {
				waiting++
			}
		}
		if waiting != len(guests) {
			t.Errorf("%s: of %d who ask %d wait", at, len(guests), waiting)
		}
	}
}

func TestBlockedDeviceStaysOutAtAllItsAddresses(t *testing.T) {
	guests := withGuests(t, 2)
	if guests == nil {
		return
	}
	blocked, other := guests[0], guests[1]
	all := []string{"10.77.0.1", "fd77::1", "fe80::1"}
	s, _ := start(t, Options{}, Share{Folder: t.TempDir()})
	key := "/?key=" + s.now().guard.Key()
	blocked.ask(t, s, all[0], key, nil)
	id := s.Snapshot().Devices[0].ID
	cookies := blocked.ask(t, s, all[1], key, nil).Cookies() // another device, for its browser
	live := blocked.ask(t, s, all[1], "/.windowsill/live", nil, cookies...)
	s.Decide(id, Block)
	if _, err := io.Copy(io.Discard, live.Body); err == nil || strings.Contains(err.Error(), "timeout") {
		t.Errorf("what is on its way over IPv6 is not cut: %v", err)
	}
	for _, at := range all {
		if got := blocked.status(t, s, at, enter, withPIN(s.Snapshot().PIN.Digits)); got != http.StatusForbidden {
			t.Errorf("%s: the PIN of the blocked device gets %d", at, got)
		}
	}
	if got := blocked.ask(t, s, all[1], "/", nil, cookies...).StatusCode; got != http.StatusForbidden {
		t.Errorf("with its cookie it gets %d", got)
	}
	must(t, s.SetPolicy(toAll))
	for _, at := range all {
		if got := blocked.status(t, s, at, "/", nil); got != http.StatusForbidden {
			t.Errorf("%s: in an open share the blocked device gets %d", at, got)
		}
		if got := other.status(t, s, at, "/", nil); got != http.StatusOK {
			t.Errorf("%s: its neighbour gets %d", at, got)
		}
	}
	s.Decide(id, LetIn)
	if got := blocked.status(t, s, all[2], "/", nil); got != http.StatusOK {
		t.Errorf("let in again, it gets %d", got)
	}
}
