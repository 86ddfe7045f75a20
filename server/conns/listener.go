package conns

import (
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"time"
)

// Config is what a [Listener] has to know. All of it but At, Port and Exact
// must be set.
type Config struct {
	At    netip.Addr // listen at this address alone; the zero Addr for all, IPv4 and IPv6
	Port  int        // 0 lets the system choose
	Exact bool       // fail if the port is taken, instead of using the next free one

	Max           int // connections at once
	MaxPerAddress int // likewise, from one address other than this computer's

	// Group returns the address as which one counts for MaxPerAddress. It may
	// be called from any goroutine.
	Group func(netip.Addr) netip.Addr

	// Admits reports whether a device at the address from may connect to
	// this computer's address at. It is not asked about this computer
	// itself. It may be called from any goroutine.
	Admits func(from, at netip.Addr) bool

	// OnTLS is called when a client begins to speak TLS, which is refused. It
	// may be called from any goroutine and must not block.
	OnTLS func()

	IdleTimeout time.Duration // how long a connection is kept between two requests

	// TLS returns how TLS is spoken to a new client, with HTTP/2 or HTTP/1.1
	// on top. Clients that begin otherwise are let in too: net/http's
	// Request.TLS says which. It may be called from any goroutine. If it is
	// nil, TLS is refused.
	TLS              func() *tls.Config
	HandshakeTimeout time.Duration // how long a client may take for the handshake
}

// Listener accepts TCP connections within limits, and can move to another
// address; the connections stay when it does. Its methods may be called from
// any goroutine.
type Listener struct {
	socket  *socket
	open    *limiter
	admits  func(from, at netip.Addr) bool
	group   func(netip.Addr) netip.Addr
	onTLS   func()
	parking *parking

	tls       func() *tls.Config // nil if TLS is refused
	handshake time.Duration
	h2        chan net.Conn // *tls.Conn, whose clients speak HTTP/2
}

// Listen opens a port. The error is a [*PortBusyError], a
// [*PortForbiddenError] or a [*PortUnusableError].
func Listen(c Config) (*Listener, error) { return listen(c, openerAt, parkAfter) }

func listen(c Config, open func(at netip.Addr) opener, parkAfter time.Duration) (*Listener, error) {
	s, err := newSocket(c, open)
	if err != nil {
		return nil, err
	}
	return &Listener{
		socket: s, open: newLimiter(c.Max, c.MaxPerAddress), admits: c.Admits, group: c.Group, onTLS: c.OnTLS,
		parking: newParking(c.IdleTimeout, parkAfter),
		tls:     c.TLS, handshake: c.HandshakeTimeout, h2: make(chan net.Conn),
	}, nil
}

// Port returns the port that it listens on.
func (l *Listener) Port() int { return l.socket.port }

// Addr returns the address that it listens at.
func (l *Listener) Addr() net.Addr { return l.socket.addr() }

// Accept waits for the next connection that is admitted and within the
// limits. All others are reset. Where TLS is spoken it returns none: each is first
// listened to, and comes by way of Serve's other listeners.
func (l *Listener) Accept() (net.Conn, error) {
	for {
		tcp, err := l.socket.accept()
		if err != nil {
			return nil, err
		}
		c := l.admit(tcp)
		switch {
		case c != nil && l.tls != nil:
			go l.greet(c)
			continue
		case c != nil:
			return c, nil
		}
		tcp.SetLinger(0) // A reset leaves nothing behind in the kernel.
		tcp.Close()
	}
}

func (l *Listener) admit(tcp *net.TCPConn) *Conn {
	c := &Conn{TCPConn: tcp, addr: remoteAddr(tcp), open: l.open, parking: l.parking, onTLS: l.onTLS}
	if !l.wants(c) {
		return nil
	}
	if c.addr.IsValid() {
		c.group = l.group(c.addr)
	}
	if !l.open.add(c) {
		return nil
	}
	return c
}

// wants reports whether a connection may be there.
func (l *Listener) wants(c *Conn) bool {
	return !c.addr.IsValid() || l.admits(c.addr, localAddr(c))
}

// Serve lets s answer on the connections until Close, whose error is nil, or
// until the system takes the port away: then it is a [*PortLostError]. Those whose
// clients have chosen HTTP/2 are for h2. Serve sets the fields ConnState and
// IdleTimeout of s, and IdleTimeout of h2: an idle connection with HTTP/2 is not
// parked.
func (l *Listener) Serve(s, h2 *http.Server) error {
	s.ConnState, s.IdleTimeout, h2.IdleTimeout = connState, l.parking.after, l.parking.timeout
	var ended sync.WaitGroup
	ended.Go(func() { s.Serve(unparked{l}) }) // ends with Close
	if l.tls != nil {
		ended.Go(func() { h2.Serve(http2Listener{l}) }) // likewise
	}
	err := s.Serve(l)
	l.Close()
	ended.Wait()
	if err == net.ErrClosed || errors.Is(err, http.ErrServerClosed) { // The system's own error would be wrapped.
		return nil
	}
	return &PortLostError{Port: l.Port(), Err: err}
}

// Move listens at another address, at the same port; the zero Addr stands for
// all. If it fails, l goes on where it was. Where that address is gone too,
// Accept waits until Move succeeds.
func (l *Listener) Move(to netip.Addr) error { return l.socket.move(to) }

// SetMax changes how many connections there may be at once. Those that are
// there stay.
func (l *Listener) SetMax(n int) { l.open.setMax(n) }

// Len returns how many connections are open.
func (l *Listener) Len() int { return len(l.open.all()) }

// Accepted returns how many connections there were so far.
func (l *Listener) Accepted() uint64 { return l.open.total() }

// CloseIdle closes the connections that an [http.Server] does not know of, or
// would wait for on shutdown: those that have not sent anything yet (browsers
// open some in advance) and those that are parked.
func (l *Listener) CloseIdle() {
	for _, c := range l.open.all() {
		if state := c.state.Load(); state == unused || state == parked {
			c.close()
		}
	}
}

// CloseUnwanted closes the connections that Config.Admits no longer admits.
func (l *Listener) CloseUnwanted() {
	for _, c := range l.open.all() {
		if !l.wants(c) {
			c.cut()
		}
	}
}

// Cut closes all connections, without waiting for any of them.
func (l *Listener) Cut() {
	for _, c := range l.open.all() {
		c.cut()
	}
}

// Close stops listening. Connections that are open stay. Closing again does
// nothing.
func (l *Listener) Close() error {
	l.parking.close()
	return l.socket.close()
}
