package lan

import (
	"cmp"
	"net/netip"
	"slices"
)

// candidate is an address with what the system tells about it.
type candidate struct {
	name   string // of its interface
	addr   netip.Addr
	kind   Kind
	chosen bool // the system sends from it to the internet

	network Network
}

// tier says how likely a phone nearby can reach an address, most likely first.
type tier int

const (
	chosenIPv4 tier = iota
	privateIPv4
	otherIPv4
	globalIPv6
	uniqueLocalIPv6
	throughVPN
	withinVirtual
	unconfigured // 169.254.0.0/16: the interface was given no address
	thisComputer
	unusable
)

// tier returns the candidate's tier.
func (c candidate) tier() tier {
	v4 := c.addr.Is4()
	switch {
	case c.addr.IsLoopback() || c.kind == Loopback && !c.addr.IsLinkLocalUnicast():
		return thisComputer
	case c.addr.IsLinkLocalUnicast() && v4:
		return unconfigured
	case !c.addr.IsGlobalUnicast():
		return unusable // including link-local IPv6, because a URL cannot have a zone
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

// rank sorts addresses, best first, and leaves out those that are of no use in a
// URL. It also leaves out those for this computer only, unless there are no
// others.
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

// compare orders candidates, the better one first.
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
		c.kind = Loopback // whatever the kind of its interface
	}
	return Address{Addr: c.addr, Interface: c.name, Kind: c.kind, Label: label(c.name, c.kind, c.addr), Network: c.network}
}
