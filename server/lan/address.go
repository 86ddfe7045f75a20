package lan

import (
	"net"
	"net/netip"
	"strconv"
	"strings"
)

// Kind is the kind of a network interface.
type Kind int

// The kinds, in the order that people expect.
const (
	WiFi     Kind = iota // a wireless adapter
	Ethernet             // a wired adapter, including those for USB
	Other                // an adapter of unknown kind
	VPN                  // a tunnel
	Virtual              // a bridge, or a network of containers or virtual machines
	Loopback             // this computer only
)

// Address is an address of this computer.
type Address struct {
	Addr      netip.Addr // without zone; IPv4 is not mapped to IPv6
	Interface string     // the system's name, "wlan0"
	Kind      Kind
	Label     string // for a person: "Wi-Fi · wlan0", "This computer only"
	Network   Network
}

// Choice returns a text that identifies the address even after it has changed: its
// interface, and whether it is IPv6.
func (a Address) Choice() string {
	if a.Addr.Is6() {
		return a.Interface + " IPv6"
	}
	return a.Interface
}

// Is reports whether a text that a person wrote means this address: its Choice,
// its label or the address itself.
func (a Address) Is(meant string) bool {
	if addr, err := netip.ParseAddr(strings.Trim(meant, "[]")); err == nil {
		return addr.Unmap() == a.Addr
	}
	return meant == a.Choice() || meant == a.Label
}

// First moves the addresses that a text means to the front, and reports whether
// there are any. The others keep their order.
func First(addresses []Address, meant string) (all []Address, ok bool) {
	var rest []Address
	for _, a := range addresses {
		if a.Is(meant) {
			all = append(all, a)
		} else {
			rest = append(rest, a)
		}
	}
	return append(all, rest...), len(all) > 0
}

// URL returns the URL for a browser, "http://192.168.1.20:8000/"; see the function
// [URL].
func (a Address) URL(scheme string, port int) string { return URL(scheme, a.Addr.String(), port) }

// URL returns the URL of a host's root. The host is a name or an address, an IPv6
// address with or without its brackets; the port, 1 to 65535, is left out if it is
// the one of the scheme, "http" or "https".
func URL(scheme, host string, port int) string {
	host = strings.Trim(host, "[]")
	if scheme == "http" && port == 80 || scheme == "https" && port == 443 {
		if strings.Contains(host, ":") {
			host = "[" + host + "]"
		}
		return scheme + "://" + host + "/"
	}
	return scheme + "://" + net.JoinHostPort(host, strconv.Itoa(port)) + "/"
}

// label describes an address for a person.
func label(name string, kind Kind, addr netip.Addr) string {
	var word string
	switch kind {
	case WiFi:
		word = "Wi-Fi"
	case Ethernet:
		word = "Ethernet"
	case Other:
		word = "Network"
	case VPN:
		word = "VPN"
	case Virtual:
		word = "Virtual"
	case Loopback:
		return "This computer only"
	}
	text := word + " · " + name
	if strings.HasPrefix(name, word) { // as on Windows: "Wi-Fi 2"
		text = name
	}
	if addr.Is6() {
		text += " · IPv6"
	}
	return text
}
