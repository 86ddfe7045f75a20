package conns

import (
	"errors"
	"net"
	"net/http"
	"net/netip"
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
}

// Listen opens a port. The error is a [*PortBusyError], a
// [*PortForbiddenError] or a [*PortUnusableError].
func Listen(c Config) (*Listener, error) { return listen(c, openerAt, parkAfter) }

func listen(c Config, open func(at netip.Addr) opener, parkAfter time.Duration) (*Listener, error) {
	s, err := newSocket(c, open)
	if err != nil {
		return nil, err
	}
	return &Listener{s, newLimiter(c.Max, c.MaxPerAddress), c.Admits, c.Group, c.OnTLS, newParking(c.IdleTimeout, parkAfter)}, nil
}

// Port returns the port that it listens on.
func (l *Listener) Port() int { return l.socket.port }

// Addr returns the address that it listens at.
func (l *Listener) Addr() net.Addr { return l.socket.addr() }

// Accept waits for the next connection that is admitted and within the
// limits. All others are reset.
func (l *Listener) Accept() (net.Conn, error) {
	for {
		tcp, err := l.socket.accept()
		if err != nil {
			return nil, err
		}
		if c := l.admit(tcp); c != nil {
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
// until the system takes the port away: then it is a [*PortLostError]. Serve
// sets the fields ConnState and IdleTimeout of s.
func (l *Listener) Serve(s *http.Server) error {
	s.ConnState, s.IdleTimeout = connState, l.parking.after
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		s.Serve(unparked{l}) // ends with Close
	}()
	err := s.Serve(l)
	l.Close()
	<-ended
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
			c.close()
		}
	}
}

// Close stops listening. Connections that are open stay. Closing again does
// nothing.
func (l *Listener) Close() error {
	l.parking.close()
	return l.socket.close()
}
