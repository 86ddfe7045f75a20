// Package lan knows this computer's addresses on the local network, and which
// of them a phone nearby can most likely reach.
//
// It asks the system only: it sends no packet and opens no port.
package lan

import (
	"net"
	"net/netip"
	"strconv"
	"strings"
)

// Kind says what an address's network interface is.
type Kind int

// The kinds, in the order in which people expect them.
const (
	WiFi     Kind = iota // a wireless adapter
	Ethernet             // a wired adapter, also one in a USB socket
	Other                // an adapter of a kind the system does not tell
	VPN                  // a tunnel
	Virtual              // a bridge, a container's or virtual machine's network
	Loopback             // this computer only
)

// Address is one way to reach this computer.
type Address struct {
	Addr      netip.Addr // without zone; IPv4 never mapped into IPv6
	Interface string     // the system's name, "wlan0"
	Kind      Kind
	Label     string // for a person: "Wi-Fi · wlan0", "This computer only"
	Network   Network
}

// Choice returns a text by which to find the address again after it has become
// another one: its interface, and whether it is IPv6.
func (a Address) Choice() string {
	if a.Addr.Is6() {
		return a.Interface + " IPv6"
	}
	return a.Interface
}

// Is reports whether a person means this address: by its choice, its label or
// the address itself.
func (a Address) Is(meant string) bool {
	if addr, err := netip.ParseAddr(strings.Trim(meant, "[]")); err == nil {
		return addr.Unmap() == a.Addr
	}
	return meant == a.Choice() || meant == a.Label
}

// First puts the addresses first that a person means, and reports whether
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

// URL returns the address for a browser, "http://192.168.1.20:8000/". The
// port, 1 to 65535, is left out if it is 80.
func (a Address) URL(port int) string {
	if port != 80 {
		return "http://" + net.JoinHostPort(a.Addr.String(), strconv.Itoa(port)) + "/"
	}
	if a.Addr.Is6() {
		return "http://[" + a.Addr.String() + "]/"
	}
	return "http://" + a.Addr.String() + "/"
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
	if strings.HasPrefix(name, word) { // Windows has such names: "Wi-Fi 2".
		text = name
	}
	if addr.Is6() {
		text += " · IPv6"
	}
	return text
}
