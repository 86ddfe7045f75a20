package lan

import (
	"fmt"
	"net"
	"net/netip"
	"os"
	"slices"
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
	return rank(sys.candidates(interfaces)), nil
}

// system is what is known of the interfaces beside their addresses.
type system struct {
	kind     func(name string) Kind
	gateways map[string]string // hardware addresses, by name of the interface
	chosen   []netip.Addr      // those that the system sends from, to the world outside
}

// candidates lists all addresses of the interfaces that are up.
func (s system) candidates(interfaces []net.Interface) []candidate {
	var all []candidate
	for _, i := range interfaces {
		if i.Flags&net.FlagUp == 0 {
			continue
		}
		addrs, err := i.Addrs()
		if err != nil {
			continue // The interface has just gone.
		}
		for _, a := range addrs {
			if prefix, ok := plain(a); ok {
				all = append(all, s.candidate(i.Name, prefix))
			}
		}
	}
	return all
}

func (s system) candidate(name string, at netip.Prefix) candidate {
	return candidate{
		name: name, addr: at.Addr(), kind: s.kind(name), chosen: slices.Contains(s.chosen, at.Addr()),
		network: Network{at.Masked(), s.gateways[name]},
	}
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
