package announce

import (
	"net"
	"net/netip"

	"golang.org/x/net/ipv4"
	"golang.org/x/net/ipv6"
)

// port is that of multicast DNS.
const port = 5353

var (
	group4 = &net.UDPAddr{IP: net.IPv4(224, 0, 0, 251), Port: port}
	group6 = &net.UDPAddr{IP: net.ParseIP("ff02::fb"), Port: port}
)

// wire is one network, by IPv4 or IPv6, and our addresses there.
type wire struct {
	conn    net.PacketConn
	read    func([]byte) (n int, from net.Addr, err error) // n is 0 for what came in elsewhere
	group   *net.UDPAddr
	on      []netip.Prefix // of one interface, with our addresses
	answers meter
}

// addrs are our addresses on it.
func (w *wire) addrs() []netip.Addr {
	var all []netip.Addr
	for _, p := range w.on {
		all = append(all, p.Addr())
	}
	return all
}

// isNear reports whether a packet comes from the link itself (RFC 6762 section
// 11): nobody else gets an answer.
func (w *wire) isNear(from netip.Addr) bool {
	if from.IsLinkLocalUnicast() {
		return true
	}
	for _, p := range w.on {
		if p.Contains(from.WithZone("")) {
			return true
		}
	}
	return false
}

// openWires joins the group on each interface, by the kinds of addresses there
// are. Where that fails there is no name.
func openWires(places []Place) []*wire {
	byInterface := map[string][]netip.Prefix{}
	var order []string
	for _, p := range places {
		if byInterface[p.Interface] == nil {
			order = append(order, p.Interface)
		}
		byInterface[p.Interface] = append(byInterface[p.Interface], p.At)
	}
	var all []*wire
	for _, name := range order {
		on := byInterface[name]
		ifi, err := net.InterfaceByName(name)
		if err != nil {
			continue
		}
		for _, open := range []func(*net.Interface) (*wire, error){openIPv4, openIPv6} {
			if w, err := open(ifi); err == nil {
				w.on = on
				all = append(all, w)
			}
		}
	}
	return all
}

func openIPv4(ifi *net.Interface) (*wire, error) {
	c, err := net.ListenMulticastUDP("udp4", ifi, group4)
	if err != nil {
		return nil, err
	}
	p := ipv4.NewPacketConn(c)
	if err := p.SetMulticastInterface(ifi); err != nil {
		c.Close()
		return nil, err
	}
	// These are as well as they can be: not all systems have all of them.
	_ = p.SetMulticastTTL(255)
	_ = p.SetMulticastLoopback(true)
	_ = p.SetControlMessage(ipv4.FlagInterface, true)
	return &wire{conn: c, group: group4, read: func(b []byte) (int, net.Addr, error) {
		n, cm, from, err := p.ReadFrom(b)
		if cm != nil && cm.IfIndex != 0 && cm.IfIndex != ifi.Index {
			n = 0
		}
		return n, from, err
	}}, nil
}

func openIPv6(ifi *net.Interface) (*wire, error) {
	c, err := net.ListenMulticastUDP("udp6", ifi, group6)
	if err != nil {
		return nil, err
	}
	p := ipv6.NewPacketConn(c)
	if err := p.SetMulticastInterface(ifi); err != nil {
		c.Close()
		return nil, err
	}
	_ = p.SetMulticastHopLimit(255)
	_ = p.SetMulticastLoopback(true)
	_ = p.SetControlMessage(ipv6.FlagInterface, true)
	return &wire{conn: c, group: group6, read: func(b []byte) (int, net.Addr, error) {
		n, cm, from, err := p.ReadFrom(b)
		if cm != nil && cm.IfIndex != 0 && cm.IfIndex != ifi.Index {
			n = 0
		}
		return n, from, err
	}}, nil
}
