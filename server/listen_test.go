package server

import (
	"errors"
	"io"
	"net"
	"net/netip"
	"os"
	"strings"
	"testing"
	"time"
)

func dialGate(t *testing.T, g *gate) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", g.Addr().String())
	must(t, err)
	t.Cleanup(func() { c.Close() })
	return c
}

func openGate(t *testing.T, most, perAddress int) *gate {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { l.Close() })
	return newGate(l, most, perAddress)
}

func TestBeyondTheLimitAConnectionIsRefusedAtOnce(t *testing.T) {
	g := openGate(t, 2, 100)
	accepted := make(chan net.Conn, 10)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			c, err := g.Accept()
			if err != nil {
				return
			}
			accepted <- c
		}
	}()
	dialGate(t, g)
	dialGate(t, g)
	first, second := <-accepted, <-accepted
	if !refused(g.Addr().String()) {
		t.Error("the third connection was not refused")
	}
	first.Close()
	first.Close() // gives back one place only
	dialGate(t, g)
	fourth := <-accepted
	second.Close()
	fourth.Close()
	g.Close()
	<-ended
	if len(g.conns) != 0 || len(g.from) != 0 {
		t.Errorf("left over: %d connections, %d addresses", len(g.conns), len(g.from))
	}
}

func TestOneAddressCannotTakeAllPlaces(t *testing.T) {
	g := openGate(t, 100, 2)
	addr := netip.MustParseAddr("192.168.1.9")
	g.from[addr] = 2
	if g.hasRoomFor(addr) {
		t.Error("a third connection of one address is let in")
	}
	if !g.hasRoomFor(netip.MustParseAddr("192.168.1.10")) {
		t.Error("another address is kept out")
	}
	if !g.hasRoomFor(netip.Addr{}) {
		t.Error("this computer itself is kept out")
	}
}

func TestForeign(t *testing.T) {
	for _, c := range []struct{ remote, local, want string }{
		{"127.0.0.1:5", "127.0.0.1:80", "invalid IP"},
		{"[::1]:5", "[::1]:80", "invalid IP"},
		{"192.168.1.2:5", "192.168.1.2:80", "invalid IP"},
		{"192.168.1.9:5", "192.168.1.2:80", "192.168.1.9"},
		{"[::ffff:192.168.1.9]:5", "192.168.1.2:80", "192.168.1.9"},
		{"[fd00::9]:5", "[fd00::2]:80", "fd00::9"},
	} {
		if got := foreign(ends{c.remote, c.local}).String(); got != c.want {
			t.Errorf("%s to %s: %s, want %s", c.remote, c.local, got, c.want)
		}
	}
}

// ends is a connection of which only the two ends are known.
type ends struct{ remote, local string }

func (e ends) RemoteAddr() net.Addr {
	return net.TCPAddrFromAddrPort(netip.MustParseAddrPort(e.remote))
}
func (e ends) LocalAddr() net.Addr { return net.TCPAddrFromAddrPort(netip.MustParseAddrPort(e.local)) }

func TestServedConnectionsGoOnWhenTheLimitIsReached(t *testing.T) {
	_, url := start(t, Options{MaxConnections: 1}, Share{Folder: tree(t, map[string]string{"a": "hello"})})
	addr := strings.TrimPrefix(url, "http://")
	first, err := net.Dial("tcp", addr)
	must(t, err)
	defer first.Close()
	ask := func() {
		io.WriteString(first, "GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n")
		buf := make([]byte, 4096)
		n, err := first.Read(buf)
		if err != nil || !strings.HasPrefix(string(buf[:n]), "HTTP/1.1 200") {
			t.Fatalf("%q, %v", buf[:n], err)
		}
	}
	ask()
	if !refused(addr) {
		t.Error("the second connection was not refused")
	}
	ask()
}

// refused reports whether a connection is ended at once: while it is made, or
// when the first byte is waited for.
func refused(addr string) bool {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return true
	}
	defer c.Close()
	c.SetReadDeadline(time.Now().Add(10 * time.Second))
	_, err = c.Read(make([]byte, 1))
	return err != nil && !errors.Is(err, os.ErrDeadlineExceeded)
}
