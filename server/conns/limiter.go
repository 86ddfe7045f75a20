package conns

import (
	"maps"
	"net/netip"
	"slices"
	"sync"
)

// limiter keeps the connections that are open, and how many of them there may
// be.
type limiter struct {
	perAddress int // from one group of addresses, which are not this computer's

	mu    sync.Mutex         // guards what follows
	max   int                // in all
	added uint64             // so far
	conns map[*Conn]int      // that are open, and for how many each counts
	count int                // for how many they count in all
	from  map[netip.Addr]int // likewise, by Conn.group, but for this computer's own
}

func newLimiter(max, perAddress int) *limiter {
	return &limiter{max: max, perAddress: perAddress, conns: map[*Conn]int{}, from: map[netip.Addr]int{}}
}

// add reports whether there is room for a connection, which then counts until
// it is removed.
func (l *limiter) add(c *Conn) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.hasRoom(c, 1) {
		return false
	}
	l.added++
	l.set(c, 1)
	return true
}

// weigh has a connection that is open count for n, and reports whether there is
// room for that.
func (l *limiter) weigh(c *Conn, n int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	now, open := l.conns[c]
	if !open || !l.hasRoom(c, n-now) {
		return false
	}
	l.set(c, n)
	return true
}

// hasRoom is called with mu held.
func (l *limiter) hasRoom(c *Conn, n int) bool {
	return l.count+n <= l.max && (!c.group.IsValid() || l.from[c.group]+n <= l.perAddress)
}

// set has a connection count for n; it is not open any more if that is 0. It is
// called with mu held.
func (l *limiter) set(c *Conn, n int) {
	more := n - l.conns[c]
	l.count += more
	if l.conns[c] = n; n == 0 {
		delete(l.conns, c)
	}
	if !c.group.IsValid() {
		return
	}
	if l.from[c.group] += more; l.from[c.group] == 0 {
		delete(l.from, c.group)
	}
}

func (l *limiter) remove(c *Conn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.set(c, 0)
}

func (l *limiter) total() uint64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.added
}

func (l *limiter) setMax(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.max = n
}

// all returns the connections that are open.
func (l *limiter) all() []*Conn {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Collect(maps.Keys(l.conns))
}
