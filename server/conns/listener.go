package conns

import (
	"maps"
	"net"
	"net/netip"
	"slices"
	"sync"
	"time"
)

// Config is what a [Listener] needs to know. Max and MaxPerAddress must be
// positive.
type Config struct {
	At    netip.Addr // listen at this address alone; the zero Addr for all, IPv4 and IPv6
	Port  int        // 0 lets the system choose
	Exact bool       // fail if the port is taken, instead of using the next free one

	Max           int // connections at once
	MaxPerAddress int // likewise, from one address other than this computer's

	// Admits reports whether a device at the address from may connect to
	// this computer's address at. It is not asked about this computer
	// itself. It may be called from any goroutine, and must not call the
	// Listener.
	Admits func(from, at netip.Addr) bool

	ParkedTimeout time.Duration // a parked connection is kept so long
}

// Listener is a [net.Listener] for TCP that limits connections and can move
// to another address. Connections stay when it moves.
type Listener struct {
	config Config
	unpark chan *Conn // parked connections with something to read

	listening sync.Mutex   // guards tcp; held while moving
	tcp       net.Listener // guarded by listening
	closed    chan struct{}

	mu    sync.Mutex
	max   int                // guarded by mu
	conns map[*Conn]struct{} // guarded by mu
	from  map[netip.Addr]int // guarded by mu; connections of each address but this computer's
}

// Listen opens a port. The error is a [*PortBusyError], a
// [*PortForbiddenError] or a [*PortUnusableError].
func Listen(c Config) (*Listener, error) {
	l, err := openPort(openerAt(c.At), c.Port, c.Exact)
	if err != nil {
		return nil, err
	}
	return &Listener{
		config: c, tcp: l, max: c.Max,
		conns: make(map[*Conn]struct{}), from: make(map[netip.Addr]int),
		unpark: make(chan *Conn), closed: make(chan struct{}),
	}, nil
}

// Accept waits for the next connection that is within the limits. The others
// are reset.
func (l *Listener) Accept() (net.Conn, error) {
	for {
		current := l.current()
		c, err := current.Accept()
		switch {
		case err != nil && l.current() != current:
			continue // It has moved.
		case err != nil:
			return nil, err
		}
		tcp := c.(*net.TCPConn)
		if c := l.admit(tcp); c != nil {
			return c, nil
		}
		tcp.SetLinger(0) // A reset leaves nothing behind in the kernel.
		tcp.Close()
	}
}

func (l *Listener) current() net.Listener {
	l.listening.Lock()
	defer l.listening.Unlock()
	return l.tcp
}

// Addr returns the address that it listens at.
func (l *Listener) Addr() net.Addr { return l.current().Addr() }

// Close stops listening. Connections that were accepted stay open. Closing
// again does nothing.
func (l *Listener) Close() error {
	l.listening.Lock()
	defer l.listening.Unlock()
	if l.isClosed() {
		return nil
	}
	close(l.closed)
	return l.tcp.Close()
}

func (l *Listener) isClosed() bool {
	select {
	case <-l.closed:
		return true
	default:
		return false
	}
}

// Move listens at another address instead, at the same port. If that fails
// it goes on where it was, if it can.
func (l *Listener) Move(to netip.Addr) error {
	l.listening.Lock()
	defer l.listening.Unlock()
	if l.isClosed() {
		return net.ErrClosed
	}
	at := l.tcp.Addr().(*net.TCPAddr).AddrPort()
	was := at.Addr()
	if was.IsUnspecified() {
		was = netip.Addr{}
	}
	l.tcp.Close() // No system lets one have both at a time.
	moved, err := openerAt(to)(int(at.Port()))
	if err != nil {
		if moved, _ = openerAt(was)(int(at.Port())); moved == nil {
			return err
		}
	}
	l.tcp = moved
	return err
}

// SetMax changes how many connections there may be at once. Those that are
// there stay.
func (l *Listener) SetMax(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.max = n
}

func (l *Listener) admit(tcp *net.TCPConn) *Conn {
	addr := remoteAddr(tcp)
	if addr.IsValid() && !l.config.Admits(addr, localAddr(tcp)) {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.hasRoomFor(addr) {
		return nil
	}
	c := &Conn{TCPConn: tcp, listener: l, addr: addr}
	l.conns[c] = struct{}{}
	if addr.IsValid() {
		l.from[addr]++
	}
	return c
}

// hasRoomFor is called with mu held.
func (l *Listener) hasRoomFor(addr netip.Addr) bool {
	return len(l.conns) < l.max && (!addr.IsValid() || l.from[addr] < l.config.MaxPerAddress)
}

// remove forgets a connection that was closed.
func (l *Listener) remove(c *Conn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.conns, c)
	if l.from[c.addr]--; l.from[c.addr] <= 0 {
		delete(l.from, c.addr)
	}
}

// CloseIdle closes the connections that an [http.Server] does not know of, or
// would wait for on shutdown: those that have not sent anything yet (browsers
// open some in advance) and those that are parked.
func (l *Listener) CloseIdle() {
	l.closeIf(func(c *Conn) bool { return !c.used.Load() || c.state.Load() == parked })
}

// CloseUnwanted closes the connections that Config.Admits would no longer let in.
func (l *Listener) CloseUnwanted() {
	l.closeIf(func(c *Conn) bool { return c.addr.IsValid() && !l.config.Admits(c.addr, localAddr(c)) })
}

func (l *Listener) closeIf(f func(*Conn) bool) {
	l.mu.Lock()
	all := slices.Collect(maps.Keys(l.conns))
	l.mu.Unlock()
	for _, c := range all {
		if f(c) {
			c.close()
		}
	}
}

// Len returns how many connections are open.
func (l *Listener) Len() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.conns)
}
