package conns

import (
	"errors"
	"maps"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

var (
	everywhere = netip.Addr{}
	first      = netip.MustParseAddr("127.0.0.1")
	second     = netip.MustParseAddr("127.0.0.2")
)

// addresses is a computer that has some addresses of loopback, each for so
// many times that somebody tries to listen there.
type addresses map[netip.Addr]int

func (a addresses) open(at netip.Addr) opener {
	return func(port int) (net.Listener, error) {
		if a[at]--; a[at] < 0 {
			return nil, &net.OpError{Op: "listen", Err: syscall.EADDRNOTAVAIL}
		}
		return openerAt(at)(port)
	}
}

func TestMove(t *testing.T) {
	for _, tt := range []struct {
		name     string
		from, to netip.Addr
		has      addresses  // at the time of the move
		want     netip.Addr // where it listens then
		fails    bool
	}{
		{"to another address", first, second, addresses{second: 1}, second, false},
		{"to where it is", first, first, nil, first, false},
		{"to one that is not there yet", first, second, nil, first, true},
		{"from all to one", everywhere, first, addresses{first: 2}, first, false},
		{"from all to one that is not there", everywhere, first, nil, everywhere, true},
		{"from all to one that goes meanwhile", everywhere, first, addresses{everywhere: 1, first: 1}, everywhere, true},
		{"from one to all", first, everywhere, addresses{everywhere: 2}, everywhere, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := addresses{tt.from: 1}
			l, err := listen(Config{At: tt.from, Max: 9, MaxPerAddress: 9, IdleTimeout: time.Minute}, a.open, parkAfter)
			must(t, err)
			s := &http.Server{Handler: hello}
			ended := make(chan error, 1)
			go func() { ended <- l.Serve(s, new(http.Server)) }()
			maps.Copy(a, tt.has)
			if err := l.Move(tt.to); (err != nil) != tt.fails {
				t.Error(err)
			}
			at := l.Addr().(*net.TCPAddr).AddrPort()
			if got := at.Addr(); got != tt.want && !(tt.want == everywhere && got.IsUnspecified()) {
				t.Errorf("listens at %v, want %v", got, tt.want)
			}
			if int(at.Port()) != l.Port() {
				t.Errorf("the port has become %d", at.Port())
			}
			c := connect(t, l)
			c.send(t, request)
			c.receive(t)
			if tt.want == second {
				if c, err := net.Dial("tcp", netip.AddrPortFrom(first, at.Port()).String()); err == nil {
					c.Close()
					t.Error("it listens at the old address as well")
				}
			}
			must(t, l.Close())
			must(t, <-ended)
			s.Close()
		})
	}
}

// between returns a listener that has left all addresses for one that went
// away meanwhile, and cannot go back.
func between(t *testing.T) (*Listener, addresses) {
	t.Helper()
	a := addresses{everywhere: 1, first: 1}
	l, err := listen(Config{Max: 9, MaxPerAddress: 9, IdleTimeout: time.Minute}, a.open, parkAfter)
	must(t, err)
	for _, to := range []netip.Addr{first, second, everywhere} {
		if err := l.Move(to); !errors.Is(err, syscall.EADDRNOTAVAIL) {
			t.Fatalf("it has moved to %v: %v", to, err)
		}
	}
	return l, a
}

func TestAcceptWaitsBetweenTwoAddresses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, a := between(t)
		accepted := make(chan net.Conn, 1)
		go func() {
			c, err := l.Accept()
			if err != nil {
				t.Error(err)
			}
			accepted <- c
		}()
		synctest.Wait()
		a[first] = 1
		must(t, l.Move(first))
		c, err := net.Dial("tcp", l.Addr().String())
		must(t, err)
		c.Close()
		(<-accepted).Close()
		must(t, l.Close())
	})
}

func TestCloseEndsAcceptBetweenTwoAddresses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, a := between(t)
		ended := make(chan error, 1)
		go func() {
			_, err := l.Accept()
			ended <- err
		}()
		synctest.Wait()
		must(t, l.Close())
		synctest.Wait()
		select {
		case err := <-ended:
			if !errors.Is(err, net.ErrClosed) {
				t.Error(err)
			}
		default:
			t.Fatal("Accept waits on")
		}
		a[first] = 1
		if err := l.Move(first); !errors.Is(err, net.ErrClosed) {
			t.Errorf("moved after Close: %v", err)
		}
	})
}

func TestServeTellsThatThePortIsLost(t *testing.T) {
	l := open(t, Config{})
	ended := make(chan error, 1)
	go func() { ended <- l.Serve(&http.Server{Handler: hello}, new(http.Server)) }()
	l.socket.current().Close() // as if the system did
	var lost *PortLostError
	if err := <-ended; !errors.As(err, &lost) || lost.Port != l.Port() || lost.Err == nil {
		t.Error(err)
	}
}
