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
	return rank(candidates(interfaces, sources())), nil
}

// candidates lists all addresses of the interfaces that are up.
func candidates(interfaces []net.Interface, chosen []netip.Addr) []candidate {
	sys := os.DirFS("/sys/class/net") // It is empty where there is no such folder.
	var all []candidate
	for _, i := range interfaces {
		if i.Flags&net.FlagUp == 0 {
			continue
		}
		addrs, err := i.Addrs()
		if err != nil {
			continue // The interface has just gone.
		}
		kind := kindOf(sys, i.Name)
		for _, a := range addrs {
			if addr, ok := plain(a); ok {
				all = append(all, candidate{i.Name, addr, kind, slices.Contains(chosen, addr)})
			}
		}
	}
	return all
}

// plain returns an interface's address unmapped and without zone.
func plain(a net.Addr) (netip.Addr, bool) {
	n, ok := a.(*net.IPNet)
	if !ok {
		return netip.Addr{}, false
	}
	addr, ok := netip.AddrFromSlice(n.IP)
	return addr.Unmap().WithZone(""), ok
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
