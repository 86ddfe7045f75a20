package server

import (
	"errors"
	"io/fs"
	"maps"
	"net"
	"net/netip"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// portsTried is how many ports above the wished one are tried.
const portsTried = 100

// opener returns what opens a TCP port at one address of this computer, or at
// all of them, IPv4 and IPv6, if at is the zero Addr.
func opener(at netip.Addr) func(port int) (net.Listener, error) {
	host := ""
	if at.IsValid() {
		host = at.String()
	}
	return func(port int) (net.Listener, error) {
		return net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(port)))
	}
}

// listen opens the wished port with open, or the next free one unless exact.
// It returns a *PortBusyError or a *PortForbiddenError where they fit.
func listen(port int, exact bool, open func(int) (net.Listener, error)) (net.Listener, error) {
	l, err := open(port)
	switch {
	case err == nil:
		return l, nil
	case errors.Is(err, fs.ErrPermission):
		return nil, &PortForbiddenError{Port: port, Suggestion: freePort(max(port, 7999), open), Err: err}
	case !isBusy(err):
		return nil, &PortUnusableError{Port: port, Err: err}
	case exact:
		return nil, &PortBusyError{Port: port, Suggestion: freePort(port, open), Err: err}
	}
	for next := port + 1; next <= min(port+portsTried, 65535); next++ {
		if l, err := open(next); err == nil {
			return l, nil
		}
	}
	return nil, &PortBusyError{Port: port, Err: err}
}

// freePort returns the first port above that can be opened, 0 if none.
func freePort(above int, open func(int) (net.Listener, error)) int {
	for port := above + 1; port <= min(above+portsTried, 65535); port++ {
		if l, err := open(port); err == nil {
			l.Close()
			return port
		}
	}
	return 0
}

// isBusy reports whether another program has the port. Windows has numbers of
// its own for it: WSAEADDRINUSE, and WSAEACCES where it is taken exclusively.
func isBusy(err error) bool {
	const wsaeAcces, wsaeAddrInUse = syscall.Errno(10013), syscall.Errno(10048)
	return errors.Is(err, syscall.EADDRINUSE) || errors.Is(err, wsaeAddrInUse) || errors.Is(err, wsaeAcces)
}

// gate is a listener that lets in only so many connections at once: beyond
// its limits a connection is refused at once, so that one greedy device
// cannot keep the others out. It can move to another address, and the
// connections that have come in stay.
type gate struct {
	max, perAddress int
	admits          func(from, at netip.Addr) bool // asked of all but this computer itself
	patience        time.Duration                  // how long a connection may rest
	back            chan *guest                    // those that have rested and want to go on

	door sync.Mutex // guards open; held while the gate moves
	open net.Listener
	shut chan struct{} // closed with the gate

	mu    sync.Mutex
	conns map[*guest]struct{} // guarded by mu
	from  map[netip.Addr]int  // guarded by mu; connections of each foreign address
}

// guest is a connection that came through a gate. It embeds *net.TCPConn
// whole so that net/http finds its ReadFrom, which is the way to sendfile.
type guest struct {
	*net.TCPConn
	gate   *gate
	addr   netip.Addr  // the zero Addr for this computer itself
	spoken atomic.Bool // whether it has sent anything
	held   *[]byte     // what is being gathered; nil unless something is
	once   sync.Once

	at    atomic.Int32 // what it is at: busy, idle …
	ahead bool         // it may have sent a piece of its next request already
	first [1]byte      // what ended its rest
	woken bool         // first is still to be read
}

func newGate(l net.Listener, most, perAddress int) *gate {
	return &gate{
		open: l, max: most, perAddress: perAddress,
		admits: func(netip.Addr, netip.Addr) bool { return true },
		conns:  make(map[*guest]struct{}), from: make(map[netip.Addr]int),
		back: make(chan *guest), shut: make(chan struct{}),
	}
}

// Accept waits for the next connection that is within the limits.
func (g *gate) Accept() (net.Conn, error) {
	for {
		l := g.listener()
		c, err := l.Accept()
		switch {
		case err != nil && g.listener() != l:
			continue // It has moved.
		case err != nil:
			return nil, err
		}
		tcp := c.(*net.TCPConn)
		if guest := g.admit(tcp); guest != nil {
			return guest, nil
		}
		tcp.SetLinger(0) // a reset, which leaves nothing behind in the kernel
		tcp.Close()
	}
}

func (g *gate) listener() net.Listener {
	g.door.Lock()
	defer g.door.Unlock()
	return g.open
}

// Addr returns the address that is listened at.
func (g *gate) Addr() net.Addr { return g.listener().Addr() }

// Close stops listening. Connections that have come in stay.
func (g *gate) Close() error {
	g.door.Lock()
	defer g.door.Unlock()
	if !g.isClosed() {
		close(g.shut)
	}
	return g.open.Close()
}

func (g *gate) isClosed() bool {
	select {
	case <-g.shut:
		return true
	default:
		return false
	}
}

// move stops listening where it does and begins elsewhere, at the same port:
// no system lets one have both at a time. If it fails, the gate stays where it
// is if it can.
func (g *gate) move(to netip.Addr, port int) error {
	g.door.Lock()
	defer g.door.Unlock()
	if g.isClosed() {
		return net.ErrClosed
	}
	was := g.open.Addr().(*net.TCPAddr).AddrPort().Addr()
	if was.IsUnspecified() {
		was = netip.Addr{}
	}
	g.open.Close()
	l, err := opener(to)(port)
	if err != nil {
		if l, _ = opener(was)(port); l == nil {
			return err
		}
	}
	g.open = l
	return err
}

func (g *gate) admit(c *net.TCPConn) *guest {
	addr := foreign(c)
	if addr.IsValid() && !g.admits(addr, ownAddr(c)) {
		return nil
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.hasRoomFor(addr) {
		return nil
	}
	guest := &guest{TCPConn: c, gate: g, addr: addr}
	g.conns[guest] = struct{}{}
	if addr.IsValid() {
		g.from[addr]++
	}
	return guest
}

// ownAddr returns this computer's end of a connection.
func ownAddr(c net.Conn) netip.Addr {
	local, ok := c.LocalAddr().(*net.TCPAddr)
	if !ok {
		return netip.Addr{}
	}
	return local.AddrPort().Addr().Unmap()
}

// limit says how many connections may be there at once. Those that are stay.
func (g *gate) limit(most int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.max = most
}

// hasRoomFor is called with mu held.
func (g *gate) hasRoomFor(addr netip.Addr) bool {
	return len(g.conns) < g.max && (!addr.IsValid() || g.from[addr] < g.perAddress)
}

// foreign returns the address at the other end, or the zero Addr if that is
// this computer itself.
func foreign(c interface {
	RemoteAddr() net.Addr
	LocalAddr() net.Addr
}) netip.Addr {
	remote, ok1 := c.RemoteAddr().(*net.TCPAddr)
	local, ok2 := c.LocalAddr().(*net.TCPAddr)
	if !ok1 || !ok2 || remote.IP.IsLoopback() || remote.IP.Equal(local.IP) {
		return netip.Addr{}
	}
	return remote.AddrPort().Addr().Unmap()
}

// hangUpSilent closes the connections on which nothing is going on and that
// the server does not know of, or would wait for: browsers open some in advance.
func (g *gate) hangUpSilent() {
	g.hangUp(func(c *guest) bool { return !c.spoken.Load() || c.at.Load() == resting })
}

// hangUpUnwanted closes the connections that would not be let in any more.
func (g *gate) hangUpUnwanted() {
	g.hangUp(func(c *guest) bool { return c.addr.IsValid() && !g.admits(c.addr, ownAddr(c)) })
}

// hangUp closes the connections that which is true for.
func (g *gate) hangUp(which func(*guest) bool) {
	g.mu.Lock()
	all := slices.Collect(maps.Keys(g.conns))
	g.mu.Unlock()
	for _, c := range all {
		if which(c) {
			c.leave()
		}
	}
}

// Read reads from the connection.
func (c *guest) Read(b []byte) (int, error) {
	if c.woken && len(b) > 0 {
		c.woken = false
		b[0] = c.first[0]
		return 1, nil
	}
	n, err := c.TCPConn.Read(b)
	if n > 0 {
		if !c.spoken.Load() {
			c.spoken.Store(true)
		}
		c.ahead = len(b) == 1 // so net/http reads while it answers
	}
	if err != nil {
		c.noteTired(err)
	}
	return n, err
}

// Close closes the connection, unless all there is against it is that it says
// nothing.
func (c *guest) Close() error {
	if c.at.CompareAndSwap(tired, resting) {
		go c.rest()
		return nil
	}
	return c.leave()
}

// leave closes the connection and gives its place to the next one.
func (c *guest) leave() error {
	c.once.Do(func() {
		g := c.gate
		g.mu.Lock()
		defer g.mu.Unlock()
		delete(g.conns, c)
		if g.from[c.addr]--; g.from[c.addr] <= 0 {
			delete(g.from, c.addr)
		}
	})
	return c.TCPConn.Close()
}
