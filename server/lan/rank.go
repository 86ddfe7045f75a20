package lan

import (
	"cmp"
	"net/netip"
	"slices"
)

// candidate is an address as the system tells it.
type candidate struct {
	name   string // of its interface
	addr   netip.Addr
	kind   Kind
	chosen bool // the system itself sends from it, to the world outside

	network Network
}

// tier says how likely it is that a phone nearby can reach an address. A tier
// stands before all later ones.
type tier int

const (
	chosenIPv4 tier = iota
	privateIPv4
	otherIPv4
	globalIPv6
	uniqueLocalIPv6
	throughVPN
	withinVirtual
	unconfigured // 169.254.0.0/16: nobody gave the interface an address
	thisComputer
	unusable
)

// tier tells the candidate's tier.
func (c candidate) tier() tier {
	v4 := c.addr.Is4()
	switch {
	case c.addr.IsLoopback() || c.kind == Loopback && !c.addr.IsLinkLocalUnicast():
		return thisComputer
	case c.addr.IsLinkLocalUnicast() && v4:
		return unconfigured
	case !c.addr.IsGlobalUnicast():
		return unusable // Link-local IPv6 is here: a link can carry no zone.
	case c.kind == Virtual:
		return withinVirtual
	case c.kind == VPN:
		return throughVPN
	case v4 && c.chosen:
		return chosenIPv4
	case v4 && c.addr.IsPrivate():
		return privateIPv4
	case v4:
		return otherIPv4
	case c.addr.IsPrivate():
		return uniqueLocalIPv6
	}
	return globalIPv6
}

// rank puts the best address first and leaves out what makes no link. What
// only this computer can reach is left out too, unless it is all there is.
func rank(all []candidate) []Address {
	all = slices.DeleteFunc(slices.Clone(all), func(c candidate) bool { return c.tier() == unusable })
	slices.SortFunc(all, compare)
	var found []Address
	for _, c := range all {
		if c.tier() == thisComputer && len(found) > 0 && found[0].Kind != Loopback {
			break
		}
		found = append(found, c.address())
	}
	return found
}

// compare orders two candidates, the better one first.
func compare(a, b candidate) int {
	return cmp.Or(
		cmp.Compare(a.tier(), b.tier()),
		compareBool(!a.addr.IsLoopback(), !b.addr.IsLoopback()),
		-compareBool(a.chosen, b.chosen),
		compareBool(a.addr.Is6(), b.addr.Is6()),
		cmp.Compare(a.kind, b.kind),
		cmp.Compare(a.name, b.name),
		a.addr.Compare(b.addr),
	)
}

// compareBool orders false before true.
func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// address makes an Address of the candidate.
func (c candidate) address() Address {
	if c.addr.IsLoopback() {
		c.kind = Loopback // whatever its interface is
	}
	return Address{Addr: c.addr, Interface: c.name, Kind: c.kind, Label: label(c.name, c.kind, c.addr), Network: c.network}
}
