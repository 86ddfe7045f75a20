package conns

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// serve answers every request with "hello", parks connections after 10 ms,
// and keeps them.
func serve(t testing.TB, headerTimeout time.Duration) (*Listener, *http.Server) {
	t.Helper()
	l := listen(t, Config{ParkedTimeout: time.Minute})
	s := &http.Server{
		Handler:           http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "hello") }),
		ConnState:         ConnState,
		IdleTimeout:       10 * time.Millisecond,
		ReadHeaderTimeout: headerTimeout,
	}
	go s.Serve(l)
	go s.Serve(l.Unparked())
	t.Cleanup(func() {
		l.Close()
		l.CloseIdle()
		s.Close()
	})
	return l, s
}

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
	if n, err := c.in.ReadByte(); err == nil || isTimeout(err) {
		t.Errorf("the connection stays open: %d, %v", n, err)
	}
}

func isTimeout(err error) bool {
	ne, ok := err.(net.Error)
	return ok && ne.Timeout()
}

// count returns how many connections are parked, and how many are not.
func (l *Listener) count() (asleep, awake int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for c := range l.conns {
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
		asleep, awake := l.count()
		return asleep == want && awake == 0
	})
}

func TestParkedConnectionGoesOn(t *testing.T) {
	l, _ := serve(t, time.Minute)
	c := connect(t, l)
	for range 3 {
		c.send(t, request+request) // the second is there before the first is answered
		c.receive(t)
		c.receive(t)
		c.send(t, request)
		c.receive(t)
		allParked(t, l, 1)
	}
	c.send(t, request[:1])
	until(t, "unparked", func() bool { _, awake := l.count(); return awake == 1 })
	c.send(t, request[1:])
	c.receive(t)
}

func TestParkedConnectionThatIsClosedMakesRoom(t *testing.T) {
	l, _ := serve(t, time.Minute)
	c := connect(t, l)
	c.send(t, request)
	c.receive(t)
	allParked(t, l, 1)
	c.Close()
	allParked(t, l, 0)
}

func TestCloseIdleClosesParkedConnections(t *testing.T) {
	l, s := serve(t, time.Minute)
	first, second := connect(t, l), connect(t, l)
	for _, c := range []client{first, second} {
		c.send(t, request)
		c.receive(t)
	}
	allParked(t, l, 2)
	l.Close()
	l.CloseIdle()
	must(t, s.Shutdown(t.Context()))
	first.isClosed(t)
	second.isClosed(t)
}

func TestHeaderTimeoutHoldsAfterParkingToo(t *testing.T) {
	l, _ := serve(t, 10*time.Millisecond)
	c := connect(t, l)
	c.send(t, request)
	c.receive(t)
	allParked(t, l, 1)
	c.send(t, strings.TrimSuffix(request, "\r\n"))
	c.isClosed(t)
}
