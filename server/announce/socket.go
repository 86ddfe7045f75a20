package announce

import (
	"net"
	"net/netip"
	"slices"
	"time"

	"golang.org/x/net/dns/dnsmessage"
	"golang.org/x/net/ipv4"
	"golang.org/x/net/ipv6"
)

// port is that of multicast DNS.
const port = 5353

var (
	group4 = &net.UDPAddr{IP: net.IPv4(224, 0, 0, 251), Port: port}
	group6 = &net.UDPAddr{IP: net.ParseIP("ff02::fb"), Port: port}
)

// socket is a socket of one interface, for IPv4 or IPv6.
type socket struct {
	conn     net.PacketConn
	read     func([]byte) (n int, from net.Addr, err error) // n is 0 if it came in at another interface
	group    *net.UDPAddr
	prefixes []netip.Prefix          // our addresses on the interface, with the bits of the network
	sent     map[recordKey]time.Time // when each record was last multicast
}

// addrs returns our addresses on the interface.
func (s *socket) addrs() []netip.Addr {
	var all []netip.Addr
	for _, p := range s.prefixes {
		all = append(all, p.Addr())
	}
	return all
}

// isOnLink reports whether a packet comes from the local link (RFC 6762 section
// 11). No others are answered.
func (s *socket) isOnLink(from netip.Addr) bool {
	if from.IsLinkLocalUnicast() {
		return true
	}
	for _, p := range s.prefixes {
		if p.Contains(from.WithZone("")) {
			return true
		}
	}
	return false
}

// send sends a message. Errors do not matter: if the network has just gone, so has
// everybody who might have listened.
func (s *socket) send(to *net.UDPAddr, m dnsmessage.Message) {
	if b, err := m.Pack(); err == nil {
		_, _ = s.conn.WriteTo(b, to)
	}
}

// multicast sends a message to all on the link.
func (s *socket) multicast(m dnsmessage.Message, now time.Time) {
	s.send(s.group, m)
	if s.sent == nil {
		s.sent = map[recordKey]time.Time{}
	}
	for _, r := range slices.Concat(m.Answers, m.Additionals) {
		s.sent[keyOf(r)] = now
	}
}

// sentSince reports whether a record has been multicast after some time.
func (s *socket) sentSince(r dnsmessage.Resource, t time.Time) bool {
	return s.sent[keyOf(r)].After(t)
}

// openSockets joins the multicast groups on each interface, as far as that is
// possible.
func openSockets(addresses []Address) []*socket {
	byInterface := map[string][]netip.Prefix{}
	var order []string
	for _, a := range addresses {
		if byInterface[a.Interface] == nil {
			order = append(order, a.Interface)
		}
		byInterface[a.Interface] = append(byInterface[a.Interface], a.Prefix)
	}
	var all []*socket
	for _, name := range order {
		ifi, err := net.InterfaceByName(name)
		if err != nil {
			continue
		}
		for _, open := range []func(*net.Interface) (*socket, error){openIPv4, openIPv6} {
			if s, err := open(ifi); err == nil {
				s.prefixes = byInterface[name]
				all = append(all, s)
			}
		}
	}
	return all
}

func openIPv4(ifi *net.Interface) (*socket, error) {
	c, err := net.ListenMulticastUDP("udp4", ifi, group4)
	if err != nil {
		return nil, err
	}
	p := ipv4.NewPacketConn(c)
	if err := p.SetMulticastInterface(ifi); err != nil {
		c.Close()
		return nil, err
	}
	// Not all systems support all of these.
	_ = p.SetMulticastTTL(255)
	_ = p.SetMulticastLoopback(true)
	_ = p.SetControlMessage(ipv4.FlagInterface, true)
	return &socket{conn: c, group: group4, read: func(b []byte) (int, net.Addr, error) {
		n, cm, from, err := p.ReadFrom(b)
		if cm != nil && cm.IfIndex != 0 && cm.IfIndex != ifi.Index {
			n = 0
		}
		return n, from, err
	}}, nil
}

func openIPv6(ifi *net.Interface) (*socket, error) {
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
	return &socket{conn: c, group: group6, read: func(b []byte) (int, net.Addr, error) {
		n, cm, from, err := p.ReadFrom(b)
		if cm != nil && cm.IfIndex != 0 && cm.IfIndex != ifi.Index {
			n = 0
		}
		return n, from, err
	}}, nil
}
