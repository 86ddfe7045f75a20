package announce

import (
	"net/netip"
	"slices"

	"golang.org/x/net/dns/dnsmessage"
)

// How long others may cache a record (RFC 6762 section 10), in seconds.
const (
	hostTTL   = 120
	otherTTL  = 4500
	legacyTTL = 10 // for resolvers of unicast DNS (section 6.7)
)

const (
	cacheFlush      = dnsmessage.Class(1 << 15) // in an answer: drop older records (section 10.2)
	unicastResponse = dnsmessage.Class(1 << 15) // in a question: answer by unicast (section 5.4)

	typeNSEC = dnsmessage.Type(47)
	typeANY  = dnsmessage.TypeALL
)

// names are the names of one share.
type names struct {
	host, instance dnsmessage.Name
	kind, listing  dnsmessage.Name
	port           uint16
}

func newNames(s Service, number int) (names, error) {
	n := names{port: uint16(s.Port), kind: dnsmessage.MustNewName(kind), listing: dnsmessage.MustNewName(listing)}
	var err error
	if n.host, err = dnsmessage.NewName(hostLabel(s.Name, s.Computer, number) + "." + domain); err != nil {
		return n, err
	}
	n.instance, err = dnsmessage.NewName(instanceLabel(s.Name, number) + "." + kind)
	return n, err
}

// own reports whether a name is one that only we may have.
func (n names) own(name dnsmessage.Name) bool { return equal(name, n.host) || equal(name, n.instance) }

// answers reports whether there is an answer to a question.
func (n names) answers(q dnsmessage.Question) bool {
	switch {
	case equal(q.Name, n.host):
		return true // an NSEC record at least
	case equal(q.Name, n.instance):
		return q.Type == dnsmessage.TypeSRV || q.Type == dnsmessage.TypeTXT || q.Type == typeANY
	case equal(q.Name, n.kind), equal(q.Name, n.listing):
		return q.Type == dnsmessage.TypePTR || q.Type == typeANY
	}
	return false
}

// unique returns the records that only we may have, with these addresses.
func (n names) unique(at []netip.Addr) []dnsmessage.Resource {
	srv := dnsmessage.Resource{
		Header: dnsmessage.ResourceHeader{Name: n.instance, Class: dnsmessage.ClassINET, TTL: hostTTL},
		Body:   &dnsmessage.SRVResource{Port: n.port, Target: n.host},
	}
	all := []dnsmessage.Resource{srv}
	for _, a := range at {
		h := dnsmessage.ResourceHeader{Name: n.host, Class: dnsmessage.ClassINET, TTL: hostTTL}
		if a.Is4() {
			all = append(all, dnsmessage.Resource{Header: h, Body: &dnsmessage.AResource{A: a.As4()}})
		} else {
			all = append(all, dnsmessage.Resource{Header: h, Body: &dnsmessage.AAAAResource{AAAA: a.As16()}})
		}
	}
	return all
}

// records returns all records. Whoever asks for one of them asks for the others
// next.
func (n names) records(at []netip.Addr) []dnsmessage.Resource {
	in := dnsmessage.ClassINET
	all := append(n.unique(at),
		dnsmessage.Resource{
			Header: dnsmessage.ResourceHeader{Name: n.instance, Class: in, TTL: otherTTL},
			Body:   &dnsmessage.TXTResource{TXT: []string{"path=/"}},
		},
		n.nsec(at))
	for i := range all {
		all[i].Header.Class |= cacheFlush
	}
	return append(all,
		dnsmessage.Resource{Header: dnsmessage.ResourceHeader{Name: n.kind, Class: in, TTL: otherTTL}, Body: &dnsmessage.PTRResource{PTR: n.instance}},
		dnsmessage.Resource{Header: dnsmessage.ResourceHeader{Name: n.listing, Class: in, TTL: otherTTL}, Body: &dnsmessage.PTRResource{PTR: n.kind}},
	)
}

// nsec says which kinds of addresses the host has (RFC 6762 section 6.1).
// Otherwise many resolvers wait seconds for those that it does not have.
func (n names) nsec(at []netip.Addr) dnsmessage.Resource {
	var data []byte
	for label := range splitName(n.host) {
		data = append(append(data, byte(len(label))), label...)
	}
	bits := [4]byte{}
	for _, a := range at {
		if a.Is4() {
			bits[0] |= 1 << (7 - dnsmessage.TypeA)
		} else {
			bits[3] |= 1 << (7 - dnsmessage.TypeAAAA%8)
		}
	}
	data = append(append(data, 0, 0, byte(len(bits))), bits[:]...)
	return dnsmessage.Resource{
		Header: dnsmessage.ResourceHeader{Name: n.host, Class: dnsmessage.ClassINET, TTL: hostTTL},
		Body:   &dnsmessage.UnknownResource{Type: typeNSEC, Data: data},
	}
}

// splitName yields the labels of a name.
func splitName(n dnsmessage.Name) func(func([]byte) bool) {
	return func(yield func([]byte) bool) {
		rest := n.Data[:n.Length]
		for len(rest) > 0 {
			dot := slices.Index(rest, '.')
			if dot < 0 || !yield(rest[:dot]) {
				return
			}
			rest = rest[dot+1:]
		}
	}
}

// announcement is an unsolicited answer, or one by multicast.
func (n names) announcement(at []netip.Addr) ([]byte, error) {
	return (&dnsmessage.Message{Header: dnsmessage.Header{Response: true, Authoritative: true}, Answers: n.records(at)}).Pack()
}

// goodbye ends the records (section 10.1).
func (n names) goodbye(at []netip.Addr) ([]byte, error) {
	all := n.records(at)
	for i := range all {
		all[i].Header.TTL = 0
	}
	all = all[:len(all)-1] // others may have services of this kind
	return (&dnsmessage.Message{Header: dnsmessage.Header{Response: true, Authoritative: true}, Answers: all}).Pack()
}

// probe asks whether the names are free, and for which records (section 8.1).
func (n names) probe(at []netip.Addr) ([]byte, error) {
	ask := func(name dnsmessage.Name) dnsmessage.Question {
		return dnsmessage.Question{Name: name, Type: typeANY, Class: dnsmessage.ClassINET}
	}
	return pack(dnsmessage.Message{
		Questions:   []dnsmessage.Question{ask(n.host), ask(n.instance)},
		Authorities: n.unique(at),
	})
}

// legacy answers a resolver of unicast DNS (section 6.7).
func (n names) legacy(id uint16, asked []dnsmessage.Question, at []netip.Addr) ([]byte, error) {
	all := n.records(at)
	for i := range all {
		all[i].Header.TTL = legacyTTL
		all[i].Header.Class &^= cacheFlush
	}
	return pack(dnsmessage.Message{
		Header: dnsmessage.Header{ID: id, Response: true, Authoritative: true}, Questions: asked, Answers: all,
	})
}

func pack(m dnsmessage.Message) ([]byte, error) { return m.Pack() }
