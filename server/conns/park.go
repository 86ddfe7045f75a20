package conns

import (
	"errors"
	"net"
	"net/http"
	"os"
	"sync"
	"time"
)

// parkAfter is how long a connection is idle before it is parked. Whoever
// loads a page asks for the next thing sooner.
const parkAfter = 100 * time.Millisecond

// The states of a Conn.
const (
	unused   int32 = iota // nothing has come yet
	active                // a request is on its way or being answered
	idle                  // its last request has been answered
	timedOut              // idle for so long that net/http will close it
	parked                // closed by net/http, but still open
)

// parking is where connections wait that are idle.
type parking struct {
	timeout time.Duration // how long they are kept
	after   time.Duration // how long they are idle before; at most timeout
	ready   chan *Conn    // have something to read
	closed  chan struct{}
	once    sync.Once
}

func newParking(timeout, after time.Duration) *parking {
	return &parking{timeout: timeout, after: min(after, timeout), ready: make(chan *Conn), closed: make(chan struct{})}
}

func (p *parking) close() { p.once.Do(func() { close(p.closed) }) }

// unparked is a listener for the connections that are ready to go on.
type unparked struct{ *Listener }

// Accept waits for a connection that was parked.
func (u unparked) Accept() (net.Conn, error) {
	select {
	case c := <-u.parking.ready:
		return c.forHTTP(), nil
	case <-u.parking.closed:
		return nil, net.ErrClosed
	}
}

// connState is for [http.Server.ConnState]. A request may be active without a
// read, if all of it came with the one before.
func connState(c net.Conn, s http.ConnState) {
	switch s {
	case http.StateIdle:
		connOf(c).state.Store(idle)
	case http.StateActive:
		connOf(c).state.Store(active)
		connOf(c).peer.stand(false)
	}
}

// peeked is how many bytes of the next request net/http waits for under the
// deadline for idle connections.
const peeked = 4

// noteRead looks at what a read into size bytes returned while the connection
// was unused or idle.
func (c *Conn) noteRead(state int32, size, n int, err error) {
	switch {
	case state == unused && n > 0:
		c.whole = size
		c.state.Store(active)
	case n >= peeked:
		c.state.Store(active)
	case state == idle && errors.Is(err, os.ErrDeadlineExceeded):
		c.state.Store(timedOut)
	}
}

// hasBegun reports whether net/http holds a piece of the next request already,
// when it reads into size bytes. It reads into what is free of one buffer, and
// the very first read is into the whole of it.
func (c *Conn) hasBegun(size int) bool { return size != c.whole }

// begin gives a request of which only such a piece is there the time that an
// idle connection has, instead of parking the connection, which would lose the
// piece.
func (c *Conn) begin() {
	c.state.Store(active)
	_ = c.TCPConn.SetReadDeadline(time.Now().Add(c.parking.timeout)) // fails only on a closed one
}

// park waits for the next byte, and then hands the connection back to net/http.
func (c *Conn) park() {
	p := c.parking
	_ = c.TCPConn.SetReadDeadline(time.Now().Add(p.timeout - p.after)) // fails only on a closed one
	select {
	case <-p.closed:
		c.close()
		return
	default:
	}
	if n, _ := c.read(c.first[:]); n == 0 {
		c.close()
		return
	}
	c.hasFirst = true
	c.state.Store(active)
	hand(p, p.ready, c, c)
}
