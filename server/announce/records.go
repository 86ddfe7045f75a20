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

// names are the names of one share: as a page, and as a drive if it is one.
type names struct {
	host, listing dnsmessage.Name
	services      []service
	port          uint16
}

// service is a share as one kind of service.
type service struct {
	kind, instance dnsmessage.Name
	text           []string
}

func newNames(s Service, number int) (names, error) {
	n := names{port: uint16(s.Port), listing: dnsmessage.MustNewName(listing)}
	var err error
	if n.host, err = dnsmessage.NewName(hostLabel(s.Name, s.Computer, number) + "." + domain); err != nil {
		return n, err
	}
	label := instanceLabel(s.Name, number)
	page, drive := kind, drive
	if s.TLS {
		page, drive = secureKind, secureDrive
	}
	kinds := []struct {
		kind string
		text []string
	}{{page, pageText}, {drive, driveText}}
	if s.NoDrive {
		kinds = kinds[:1]
	}
	for _, k := range kinds {
		instance, err := dnsmessage.NewName(label + "." + k.kind)
		if err != nil {
			return n, err
		}
		n.services = append(n.services, service{dnsmessage.MustNewName(k.kind), instance, k.text})
	}
	return n, nil
}

// own reports whether a name is one that only we may have.
func (n names) own(name dnsmessage.Name) bool { return equal(name, n.host) || n.isInstance(name) }

func (n names) isInstance(name dnsmessage.Name) bool {
	return slices.ContainsFunc(n.services, func(s service) bool { return equal(name, s.instance) })
}

// isList reports whether a name is one that others may have records of too: that of
// a kind of services, or of all kinds.
func (n names) isList(name dnsmessage.Name) bool {
	return equal(name, n.listing) || slices.ContainsFunc(n.services, func(s service) bool { return equal(name, s.kind) })
}

// concerns reports whether there are records of a name.
func (n names) concerns(name dnsmessage.Name) bool { return n.own(name) || n.isList(name) }

// unique returns the records that only we may have, with these addresses, and
// that others may want to have too.
func (n names) unique(at []netip.Addr) []dnsmessage.Resource {
	var all []dnsmessage.Resource
	for _, s := range n.services {
		all = append(all, record(s.instance, dnsmessage.TypeSRV, hostTTL, &dnsmessage.SRVResource{Port: n.port, Target: n.host}))
	}
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
	all := n.mortal(at)
	for _, s := range n.services {
		all = append(all, record(n.listing, dnsmessage.TypePTR, otherTTL, &dnsmessage.PTRResource{PTR: s.kind}))
	}
	return all
}

// mortal returns the records that end with the share. Others may have services of
// the same kinds.
func (n names) mortal(at []netip.Addr) []dnsmessage.Resource {
	all := n.unique(at)
	for _, s := range n.services {
		all = append(all, record(s.instance, dnsmessage.TypeTXT, otherTTL, &dnsmessage.TXTResource{TXT: s.text}))
	}
	for i := range all {
		all[i].Header.Class |= cacheFlush
	}
	for _, s := range n.services {
		all = append(all, record(s.kind, dnsmessage.TypePTR, otherTTL, &dnsmessage.PTRResource{PTR: s.instance}))
	}
	return all
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
	all := []dnsmessage.Resource{nsec(n.host, host...)}
	for _, s := range n.services {
		all = append(all, nsec(s.instance, dnsmessage.TypeTXT, dnsmessage.TypeSRV))
	}
	return all
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
	all := n.mortal(at)
	for i := range all {
		all[i].Header.TTL = 0
	}
	return response(all, nil)
}

func response(answers, additionals []dnsmessage.Resource) dnsmessage.Message {
	return dnsmessage.Message{Header: dnsmessage.Header{Response: true, Authoritative: true}, Answers: answers, Additionals: additionals}
}

// probe asks whether the names are free, and for which records (section 8.1).
func (n names) probe(at []netip.Addr) dnsmessage.Message {
	ask := func(name dnsmessage.Name) dnsmessage.Question {
		return dnsmessage.Question{Name: name, Type: typeANY, Class: dnsmessage.ClassINET}
	}
	m := dnsmessage.Message{Questions: []dnsmessage.Question{ask(n.host)}, Authorities: n.unique(at)}
	for _, s := range n.services {
		m.Questions = append(m.Questions, ask(s.instance))
	}
	return m
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
