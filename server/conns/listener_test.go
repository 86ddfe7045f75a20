package conns

import (
	"errors"
	"net"
	"net/netip"
	"os"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// until waits for a condition.
func until(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !ok(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: not within 10 s", what)
		}
	}
}

var loopback = netip.MustParseAddr("127.0.0.1")

// open opens a free port on loopback for as long as the test runs, and parks
// connections after a millisecond. What c leaves out is generous.
func open(t testing.TB, c Config) *Listener { t.Helper(); return openParking(t, c, time.Millisecond) }

func openParking(t testing.TB, c Config, after time.Duration) *Listener {
	t.Helper()
	if !c.At.IsValid() {
		c.At = loopback
	}
	if c.Admits == nil {
		c.Admits = func(_, _ netip.Addr) bool { return true }
	}
	if c.Group == nil {
		c.Group = func(a netip.Addr) netip.Addr { return a }
	}
	if c.Max == 0 {
		c.Max = 100
	}
	if c.MaxPerAddress == 0 {
		c.MaxPerAddress = 100
	}
	if c.IdleTimeout == 0 {
		c.IdleTimeout = time.Minute
	}
	l, err := listen(c, openerAt, after)
	must(t, err)
	t.Cleanup(func() { l.Close() })
	return l
}

func dial(t testing.TB, l *Listener) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", l.Addr().String())
	must(t, err)
	t.Cleanup(func() { c.Close() })
	return c
}

func TestBeyondTheLimitConnectionsAreRefusedAtOnce(t *testing.T) {
	l := open(t, Config{Max: 2})
	accepted := make(chan net.Conn, 10)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			accepted <- c
		}
	}()
	dial(t, l)
	dial(t, l)
	first, second := <-accepted, <-accepted
	if !isRefused(l.Addr().String()) {
		t.Error("the third connection was not refused")
	}
	first.Close()
	first.Close() // makes room for one only
	dial(t, l)
	fourth := <-accepted
	second.Close()
	fourth.Close()
	l.Close()
	<-ended
	if n := l.Accepted(); n != 3 {
		t.Errorf("%d were accepted", n)
	}
	if len(l.open.conns) != 0 || len(l.open.from) != 0 {
		t.Errorf("left over: %d connections, %d addresses", len(l.open.conns), len(l.open.from))
	}
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
	return err != nil && !errors.Is(err, os.ErrDeadlineExceeded)
}

func TestOneAddressCannotTakeAllConnections(t *testing.T) {
	l := newLimiter(100, 2)
	from := func(addr string) *Conn { return &Conn{group: netip.MustParseAddr(addr)} }
	one, another := from("192.168.1.9"), from("192.168.1.9")
	if !l.add(one) || !l.add(another) || l.add(from("192.168.1.9")) {
		t.Error("one address does not get two connections")
	}
	if !l.add(from("192.168.1.10")) {
		t.Error("another address is kept out")
	}
	for range 3 {
		if !l.add(&Conn{}) {
			t.Error("this computer itself is kept out")
		}
	}
	l.remove(one)
	l.remove(one)
	if !l.add(one) || l.add(from("192.168.1.9")) {
		t.Error("one that was closed twice makes room for two")
	}
}

func TestRemoteAddr(t *testing.T) {
	for _, c := range []struct{ remote, local, want string }{
		{"127.0.0.1:5", "127.0.0.1:80", "invalid IP"},
		{"[::1]:5", "[::1]:80", "invalid IP"},
		{"192.168.1.2:5", "192.168.1.2:80", "invalid IP"},
		{"192.168.1.9:5", "192.168.1.2:80", "192.168.1.9"},
		{"[::ffff:192.168.1.9]:5", "192.168.1.2:80", "192.168.1.9"},
		{"[fd00::9]:5", "[fd00::2]:80", "fd00::9"},
	} {
		if got := remoteAddr(ends{c.remote, c.local}).String(); got != c.want {
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
