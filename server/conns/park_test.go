package conns

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"testing"
	"time"
)

// serve answers requests, parks connections after a millisecond and keeps
// them for a minute.
func serve(t testing.TB, s *http.Server) *Listener {
	t.Helper()
	l := open(t, Config{})
	serveOn(t, l, s)
	return l
}

func serveOn(t testing.TB, l *Listener, s *http.Server) {
	t.Helper()
	ended := make(chan error, 1)
	go func() { ended <- l.Serve(s, new(http.Server)) }()
	t.Cleanup(func() {
		l.Close()
		l.CloseIdle()
		s.Close()
		must(t, <-ended)
	})
}

var hello = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "hello") })

// client keeps one connection.
type client struct {
	net.Conn
	in *bufio.Reader
}

func connect(t testing.TB, l *Listener) client {
	t.Helper()
	c := dial(t, l)
	c.SetDeadline(time.Now().Add(10 * time.Second))
	return client{c, bufio.NewReader(c)}
}

const request = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"

func (c client) send(t testing.TB, text string) {
	t.Helper()
	_, err := io.WriteString(c, text)
	must(t, err)
}

// receive reads one answer.
func (c client) receive(t testing.TB) {
	t.Helper()
	a, err := http.ReadResponse(c.in, nil)
	must(t, err)
	defer a.Body.Close()
	body, err := io.ReadAll(a.Body)
	if string(body) != "hello" || a.StatusCode != http.StatusOK || err != nil {
		t.Errorf("%s %q, %v", a.Status, body, err)
	}
}

// isClosed waits until the other side has closed the connection.
func (c client) isClosed(t testing.TB) {
	t.Helper()
	if _, err := io.Copy(io.Discard, c.in); isTimeout(err) {
		t.Error("the connection stays open")
	}
}

func isTimeout(err error) bool {
	ne, ok := err.(net.Error)
	return ok && ne.Timeout()
}

// count returns how many connections are parked, and how many are not.
func count(l *Listener) (asleep, awake int) {
	for _, c := range l.open.all() {
		if c.state.Load() == parked {
			asleep++
		} else {
			awake++
		}
	}
	return asleep, awake
}

// allParked waits until so many connections are open, and all of them parked.
func allParked(t testing.TB, l *Listener, want int) {
	t.Helper()
	until(t, "parked", func() bool {
		asleep, awake := count(l)
		return asleep == want && awake == 0
	})
}

func TestParkedConnectionGoesOn(t *testing.T) {
	l := serve(t, &http.Server{Handler: hello})
	c := connect(t, l)
	c.send(t, request[:1])
	until(t, "it has begun", func() bool {
		all := l.open.all()
		return len(all) == 1 && all[0].state.Load() == active
	})
	c.send(t, request[1:])
	c.receive(t)
	for range 3 {
		c.send(t, request+request) // the second is there before the first is answered
		c.receive(t)
		c.receive(t)
		c.send(t, request)
		c.receive(t)
		allParked(t, l, 1)
	}
	c.send(t, request[:1])
	until(t, "unparked", func() bool { _, awake := count(l); return awake == 1 })
	c.send(t, request[1:])
	c.receive(t)
}

func TestParkedConnectionThatIsClosedMakesRoom(t *testing.T) {
	l := serve(t, &http.Server{Handler: hello})
	c := connect(t, l)
	c.send(t, request)
	c.receive(t)
	allParked(t, l, 1)
	c.Close()
	allParked(t, l, 0)
}

func TestCloseIdleClosesParkedAndSilentConnections(t *testing.T) {
	s := &http.Server{Handler: hello}
	l := serve(t, s)
	first, second, silent := connect(t, l), connect(t, l), connect(t, l)
	for _, c := range []client{first, second} {
		c.send(t, request)
		c.receive(t)
	}
	until(t, "two are parked", func() bool { asleep, awake := count(l); return asleep == 2 && awake == 1 })
	l.Close()
	l.CloseIdle()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second) // net/http takes 5 s to give a silent one up
	defer cancel()
	must(t, s.Shutdown(ctx))
	first.isClosed(t)
	second.isClosed(t)
	silent.isClosed(t)
}

// net/http gives a connection up at the very moment at which the listener is
// closed.
func TestConnectionIsNotParkedAfterClose(t *testing.T) {
	l := open(t, Config{})
	c := connect(t, l)
	accepted, err := l.Accept()
	must(t, err)
	accepted.(*Conn).state.Store(timedOut)
	must(t, l.Close())
	l.CloseIdle()
	must(t, accepted.Close())
	c.isClosed(t)
	until(t, "it is gone", func() bool { return l.Len() == 0 })
}

func TestHeaderTimeoutHoldsForEveryRequest(t *testing.T) {
	for name, after := range map[string]time.Duration{"after parking": time.Millisecond, "before": time.Minute} {
		t.Run(name, func(t *testing.T) {
			l := openParking(t, Config{}, after)
			serveOn(t, l, &http.Server{Handler: hello, ReadHeaderTimeout: 10 * time.Millisecond})
			c := connect(t, l)
			c.send(t, request)
			c.receive(t)
			if after < time.Second {
				allParked(t, l, 1)
			}
			c.send(t, request[:len(request)-3])
			c.isClosed(t)
		})
	}
}
