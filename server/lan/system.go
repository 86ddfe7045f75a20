package lan

import (
	"fmt"
	"net"
	"net/netip"
	"os"
	"slices"
	"strings"
)

// Addresses returns the addresses under which this computer may be reached,
// best first. Without any network these are the ones that only this computer
// itself can reach.
func Addresses() ([]Address, error) {
	interfaces, err := net.Interfaces()
	if err != nil {
		return nil, fmt.Errorf("The system does not tell its network addresses: %w.", err)
	}
	sys := system{kinds(), gateways(os.DirFS("/proc/net")), sources()}
	return rank(sys.candidates(ports(interfaces))), nil
}

// port is one of this computer's interfaces, as the system lists it.
type port struct {
	name     string
	loopback bool
	at       []netip.Prefix // its addresses, and how much of each is its network's
}

// ports lists the interfaces that are up.
func ports(interfaces []net.Interface) []port {
	var all []port
	for _, i := range interfaces {
		if i.Flags&net.FlagUp == 0 {
			continue
		}
		addrs, err := i.Addrs()
		if err != nil {
			continue // The interface has just gone.
		}
		p := port{name: i.Name, loopback: i.Flags&net.FlagLoopback != 0}
		for _, a := range addrs {
			if prefix, ok := plain(a); ok {
				p.at = append(p.at, prefix)
			}
		}
		all = append(all, p)
	}
	return all
}

// system is what is known of the interfaces beside their addresses.
type system struct {
	kind     func(name string) Kind
	gateways map[string]string // hardware addresses, by name of the interface
	chosen   []netip.Addr      // those that the system sends from, to the world outside
}

// candidates lists all addresses of the interfaces.
func (s system) candidates(ports []port) []candidate {
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

// kindOf says what an interface is. One that only looks as if it led into this
// computer is none of those if the way to the world begins there: a bridge or a
// switch of software has taken the real adapter's place.
func (s system) kindOf(p port) Kind {
	if p.loopback { // also with addresses that others have on an adapter
		return Loopback
	}
	kind := s.kind(p.name)
	leadsOut := slices.ContainsFunc(p.at, func(at netip.Prefix) bool { return slices.Contains(s.chosen, at.Addr()) })
	if kind == Virtual && (leadsOut || sharesInternet(p)) {
		return Other
	}
	return kind
}

// shared is what a Mac that shares its internet gives to those who join it;
// virtual machines get other ranges, on bridges of the same names.
var shared = netip.MustParsePrefix("192.168.2.0/24")

func sharesInternet(p port) bool {
	return strings.HasPrefix(p.name, "bridge1") && slices.ContainsFunc(p.at, func(at netip.Prefix) bool { return shared.Contains(at.Addr()) })
}

// plain returns an interface's address unmapped and without zone, and how much
// of it is its network's.
func plain(a net.Addr) (netip.Prefix, bool) {
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

// sources returns the addresses from which the system would send to the world
// outside, at most one of IPv4 and one of IPv6. The destinations are kept for
// documentation (RFC 5737, RFC 3849): nobody has them, they are only looked up
// in the table of routes. Connecting a UDP socket sends nothing.
func sources() []netip.Addr {
	var found []netip.Addr
	for _, outside := range []string{"203.0.113.1:9", "[2001:db8::1]:9"} {
		c, err := net.Dial("udp", outside)
		if err != nil {
			continue // There is no route.
		}
		if local, ok := c.LocalAddr().(*net.UDPAddr); ok {
			found = append(found, local.AddrPort().Addr().Unmap().WithZone(""))
		}
		_ = c.Close() // Nothing was sent or is lost.
	}
	return found
}
