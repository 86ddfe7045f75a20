package lan

import (
	"maps"
	"net/netip"
	"slices"
	"sync"
	"time"
)

const (
	maxApart     = 32            // addresses of one IPv6 network that each count by themselves
	maxNetworks  = 64            // networks of which that is remembered
	apartForgets = 2 * time.Hour // after which an address that is not seen gives its place away
)

// Groups says which addresses count as one where something is limited for each
// address, such as guesses or connections. It is the only place that does.
//
// An IPv4 address counts by itself. Of IPv6, one device has as many addresses
// as it likes within a network of 64 bits (RFC 4291, section 2.5.4), so beyond
// this computer's own networks such a network counts as one. Within them it
// would be all neighbours: there, and among link-local addresses, the first
// addresses seen count by themselves, and those after them together.
//
// The zero value knows no networks of this computer. It is safe for concurrent
// use.
type Groups struct {
	mu   sync.Mutex
	own  []netip.Prefix                          // guarded by mu
	seen map[netip.Addr]map[netip.Addr]time.Time // when, by network, of those that count by themselves; guarded by mu
}

// SetOwn tells which addresses this computer has.
func (g *Groups) SetOwn(addresses []Address) {
	var own []netip.Prefix
	for _, a := range addresses {
		p := a.Network.Prefix
		if !p.IsValid() || !p.Addr().Is6() {
			continue
		}
		// DHCPv6 gives a single address, whatever the network (RFC 8415, section 21.6).
		if p.Bits() > 64 {
			p = netip.PrefixFrom(p.Addr(), 64).Masked()
		}
		own = append(own, p)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if slices.Equal(own, g.own) {
		return
	}
	g.own = own
	maps.DeleteFunc(g.seen, func(network netip.Addr, _ map[netip.Addr]time.Time) bool { return !g.isNear(network) })
}

// Of returns the address as which a counts: a itself, unmapped, or the first of
// its network. The zone of a link-local address should be there, since two
// links may have the same addresses.
func (g *Groups) Of(a netip.Addr) netip.Addr {
	a = a.Unmap()
	if !a.Is6() {
		return a
	}
	network := firstOf(a)
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.isNear(a) && g.countsApart(a, network, time.Now()) {
		return a
	}
	return network
}

// firstOf returns the first address of the network of an IPv6 address.
func firstOf(a netip.Addr) netip.Addr {
	return netip.PrefixFrom(a.WithZone(""), 64).Masked().Addr().WithZone(a.Zone())
}

// isNear reports whether a is in a network of this computer; called with mu held.
func (g *Groups) isNear(a netip.Addr) bool {
	return a.IsLinkLocalUnicast() || slices.ContainsFunc(g.own, func(p netip.Prefix) bool { return p.Contains(a) })
}

// countsApart reports whether a is one of the first addresses of a network. It is
// called with mu held.
func (g *Groups) countsApart(a, network netip.Addr, now time.Time) bool {
	apart := g.seen[network]
	if _, known := apart[a]; !known {
		if len(apart) >= maxApart || apart == nil && len(g.seen) >= maxNetworks {
			g.forget(now)
		}
		if apart = g.seen[network]; len(apart) >= maxApart || apart == nil && len(g.seen) >= maxNetworks {
			return false
		}
		if g.seen == nil {
			g.seen = map[netip.Addr]map[netip.Addr]time.Time{}
		}
		if apart == nil {
			apart = map[netip.Addr]time.Time{}
			g.seen[network] = apart
		}
	}
	apart[a] = now
	return true
}

// forget makes room; called with mu held.
func (g *Groups) forget(now time.Time) {
	for network, apart := range g.seen {
		maps.DeleteFunc(apart, func(_ netip.Addr, at time.Time) bool { return now.Sub(at) > apartForgets })
		if len(apart) == 0 {
			delete(g.seen, network)
		}
	}
}
