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

// concerns reports whether there are records of a name.
func (n names) concerns(name dnsmessage.Name) bool {
	return n.own(name) || equal(name, n.kind) || equal(name, n.listing)
}

// unique returns the records that only we may have, with these addresses, and
// that others may want to have too.
func (n names) unique(at []netip.Addr) []dnsmessage.Resource {
	all := []dnsmessage.Resource{record(n.instance, dnsmessage.TypeSRV, hostTTL, &dnsmessage.SRVResource{Port: n.port, Target: n.host})}
	for _, a := range at {
		if a.Is4() {
			all = append(all, record(n.host, dnsmessage.TypeA, hostTTL, &dnsmessage.AResource{A: a.As4()}))
		} else {
			all = append(all, record(n.host, dnsmessage.TypeAAAA, hostTTL, &dnsmessage.AAAAResource{AAAA: a.As16()}))
		}
	}
	return all
}

// records returns all that there is to announce.
func (n names) records(at []netip.Addr) []dnsmessage.Resource {
	all := append(n.unique(at), record(n.instance, dnsmessage.TypeTXT, otherTTL, &dnsmessage.TXTResource{TXT: []string{"path=/"}}))
	for i := range all {
		all[i].Header.Class |= cacheFlush
	}
	return append(all,
		record(n.kind, dnsmessage.TypePTR, otherTTL, &dnsmessage.PTRResource{PTR: n.instance}),
		record(n.listing, dnsmessage.TypePTR, otherTTL, &dnsmessage.PTRResource{PTR: n.kind}),
	)
}

func record(name dnsmessage.Name, t dnsmessage.Type, ttl uint32, body dnsmessage.ResourceBody) dnsmessage.Resource {
	return dnsmessage.Resource{Header: dnsmessage.ResourceHeader{Name: name, Type: t, Class: dnsmessage.ClassINET, TTL: ttl}, Body: body}
}

// missing says of each name of ours that there are no records of other types than
// these (RFC 6762 section 6.1). Otherwise many resolvers wait seconds for a kind of
// address that a computer does not have.
func (n names) missing(at []netip.Addr) []dnsmessage.Resource {
	var host []dnsmessage.Type
	for _, a := range at {
		if a.Is4() {
			host = append(host, dnsmessage.TypeA)
		} else {
			host = append(host, dnsmessage.TypeAAAA)
		}
	}
	return []dnsmessage.Resource{nsec(n.host, host...), nsec(n.instance, dnsmessage.TypeTXT, dnsmessage.TypeSRV)}
}

// nsec says that a name has records of these types only, all of which are below
// 40.
func nsec(name dnsmessage.Name, types ...dnsmessage.Type) dnsmessage.Resource {
	var bits [5]byte
	for _, t := range types {
		bits[t/8] |= 1 << (7 - t%8)
	}
	length := len(bits)
	for length > 1 && bits[length-1] == 0 {
		length-- // RFC 4034 section 4.1.2
	}
	data := append(wire(name), 0, byte(length))
	r := record(name, typeNSEC, hostTTL, &dnsmessage.UnknownResource{Type: typeNSEC, Data: append(data, bits[:length]...)})
	r.Header.Class |= cacheFlush
	return r
}

// all returns all records, those about missing types last.
func (n names) all(at []netip.Addr) []dnsmessage.Resource {
	return append(n.records(at), n.missing(at)...)
}

// announcement is an unsolicited answer.
func (n names) announcement(at []netip.Addr) dnsmessage.Message {
	return response(n.records(at), n.missing(at))
}

// goodbye ends the records (section 10.1).
func (n names) goodbye(at []netip.Addr) dnsmessage.Message {
	all := n.records(at)
	for i := range all {
		all[i].Header.TTL = 0
	}
	return response(all[:len(all)-1], nil) // others may have services of this kind
}

func response(answers, additionals []dnsmessage.Resource) dnsmessage.Message {
	return dnsmessage.Message{Header: dnsmessage.Header{Response: true, Authoritative: true}, Answers: answers, Additionals: additionals}
}

// probe asks whether the names are free, and for which records (section 8.1).
func (n names) probe(at []netip.Addr) dnsmessage.Message {
	ask := func(name dnsmessage.Name) dnsmessage.Question {
		return dnsmessage.Question{Name: name, Type: typeANY, Class: dnsmessage.ClassINET}
	}
	return dnsmessage.Message{
		Questions:   []dnsmessage.Question{ask(n.host), ask(n.instance)},
		Authorities: n.unique(at),
	}
}

// recordKey is the same for the same record only, whatever time it has left.
type recordKey string

func keyOf(r dnsmessage.Resource) recordKey {
	return recordKey(lowered(r.Header.Name)) + recordKey(rdata(r.Body))
}

// rdata returns the type and the data of a record as they are sent, without
// compression; nil if it cannot be sent.
func rdata(body dnsmessage.ResourceBody) []byte {
	const header, root = 12, 1
	m := dnsmessage.Message{Answers: []dnsmessage.Resource{record(dnsmessage.MustNewName("."), 0, 0, body)}}
	b, err := m.Pack()
	if err != nil {
		return nil
	}
	const typeLen, classTTLAndLength = 2, 8
	b = b[header+root:]
	return slices.Concat(b[:typeLen], b[typeLen+classTTLAndLength:])
}
