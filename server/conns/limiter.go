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
	conns map[*Conn]struct{} // that are open
	from  map[netip.Addr]int // how many of them, by Conn.group, but for this computer's own
}

func newLimiter(max, perAddress int) *limiter {
	return &limiter{max: max, perAddress: perAddress, conns: map[*Conn]struct{}{}, from: map[netip.Addr]int{}}
}

// add reports whether there is room for a connection, which then counts until
// it is removed.
func (l *limiter) add(c *Conn) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.conns) >= l.max || c.group.IsValid() && l.from[c.group] >= l.perAddress {
		return false
	}
	l.conns[c] = struct{}{}
	l.added++
	if c.group.IsValid() {
		l.from[c.group]++
	}
	return true
}

func (l *limiter) remove(c *Conn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, ok := l.conns[c]; !ok {
		return
	}
	delete(l.conns, c)
	if l.from[c.group]--; l.from[c.group] <= 0 {
		delete(l.from, c.group)
	}
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
