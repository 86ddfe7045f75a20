package lan

import (
	"fmt"
	"net"
	"net/netip"
	"os"
	"slices"
	"strings"
)

// Addresses returns the addresses at which this computer may be reached, best
// first. Without a network, these are the ones for this computer only.
func Addresses() ([]Address, error) {
	interfaces, err := net.Interfaces()
	if err != nil {
		return nil, fmt.Errorf("The system does not tell its network addresses: %w.", err)
	}
	sys := system{kinds(), gateways(os.DirFS("/proc/net")), sources()}
	return rank(sys.candidates(upInterfaces(interfaces))), nil
}

// netInterface is a network interface of this computer.
type netInterface struct {
	name     string
	loopback bool
	at       []netip.Prefix // its addresses, each with the bits of its network
}

// upInterfaces returns the interfaces that are up.
func upInterfaces(interfaces []net.Interface) []netInterface {
	var all []netInterface
	for _, i := range interfaces {
		if i.Flags&net.FlagUp == 0 {
			continue
		}
		addrs, err := i.Addrs()
		if err != nil {
			continue // the interface has just gone
		}
		p := netInterface{name: i.Name, loopback: i.Flags&net.FlagLoopback != 0}
		for _, a := range addrs {
			if prefix, ok := prefixOf(a); ok {
				p.at = append(p.at, prefix)
			}
		}
		all = append(all, p)
	}
	return all
}

// system is what the system knows about interfaces besides their addresses.
type system struct {
	kind     func(name string) Kind
	gateways map[string]string // hardware addresses by interface name
	chosen   []netip.Addr      // that the system sends from to the internet
}

// candidates returns all addresses of the interfaces.
func (s system) candidates(ports []netInterface) []candidate {
	var all []candidate
	for _, p := range ports {
		kind := s.kindOf(p)
		for _, at := range p.at {
			all = append(all, candidate{
				name: p.name, addr: at.Addr(), kind: kind, chosen: kind != Loopback && slices.Contains(s.chosen, at.Addr()),
				network: Network{at.Masked(), s.gateways[p.name]},
			})
		}
	}
	return all
}

// kindOf returns the kind of an interface. One that is virtual by its name is not
// if it leads to the internet: a bridge or a virtual switch has taken the place
// of the real adapter.
func (s system) kindOf(p netInterface) Kind {
	if p.loopback { // whatever its addresses
		return Loopback
	}
	kind := s.kind(p.name)
	leadsOut := slices.ContainsFunc(p.at, func(at netip.Prefix) bool { return slices.Contains(s.chosen, at.Addr()) })
	if kind == Virtual && (leadsOut || sharesInternet(p)) {
		return Other
	}
	return kind
}

// macSharing is the range of addresses that a Mac gives to devices with which it
// shares its internet connection. Virtual machines get other ranges, on bridges
// of the same names.
var macSharing = netip.MustParsePrefix("192.168.2.0/24")

func sharesInternet(p netInterface) bool {
	return strings.HasPrefix(p.name, "bridge1") && slices.ContainsFunc(p.at, func(at netip.Prefix) bool { return macSharing.Contains(at.Addr()) })
}

// prefixOf returns an address of an interface, unmapped and without zone, with
// the bits of its network.
func prefixOf(a net.Addr) (netip.Prefix, bool) {
	n, ok := a.(*net.IPNet)
	if !ok {
		return netip.Prefix{}, false
	}
	addr, ok := netip.AddrFromSlice(n.IP)
	addr = addr.Unmap()
	ones, bits := n.Mask.Size()
	if ones += addr.BitLen() - bits; ones < 0 || bits == 0 {
		ones = addr.BitLen()
	}
	return netip.PrefixFrom(addr.WithZone(""), ones), ok
}

// sources returns the addresses that the system would send from to the internet,
// at most one of IPv4 and one of IPv6. The destinations are reserved for
// documentation (RFC 5737, RFC 3849) and only looked up in the routing table:
// connecting a UDP socket sends nothing.
func sources() []netip.Addr {
	var found []netip.Addr
	for _, outside := range []string{"203.0.113.1:9", "[2001:db8::1]:9"} {
		c, err := net.Dial("udp", outside)
		if err != nil {
			continue // no route
		}
		if local, ok := c.LocalAddr().(*net.UDPAddr); ok {
			found = append(found, local.AddrPort().Addr().Unmap().WithZone(""))
		}
		_ = c.Close() // nothing was sent
	}
	return found
}
