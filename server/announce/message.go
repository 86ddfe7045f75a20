package announce

import (
	"bytes"
	"net/netip"
	"slices"

	"golang.org/x/net/dns/dnsmessage"
)

// message is what a packet says, as far as it concerns us.
type message struct {
	id        uint16
	questions []dnsmessage.Question // that we have answers to
	unicast   bool                  // answers should go to the sender only
	probe     bool                  // another computer probes for our names
	wins      bool                  // and would win (RFC 6762 section 8.2)
	conflict  bool                  // another computer has our names
}

// maxRecords is how many records of a packet are looked at.
const maxRecords = 100

// parse parses a packet. own are all addresses of this computer, at those of the
// socket that the packet came in at.
func (n names) parse(packet []byte, own, at []netip.Addr) (m message) {
	var p dnsmessage.Parser
	header, err := p.Start(packet)
	if err != nil || header.OpCode != 0 || header.RCode != dnsmessage.RCodeSuccess {
		return m
	}
	m.id = header.ID
	if header.Response {
		m.conflict = n.conflict(&p, own)
		return m
	}
	m.unicast = true
	for range maxRecords {
		q, err := p.Question()
		if err != nil {
			break
		}
		if class := q.Class &^ unicastResponse; (class == dnsmessage.ClassINET || class == dnsmessage.ClassANY) && n.answers(q) {
			m.unicast = m.unicast && q.Class&unicastResponse != 0
			m.questions = append(m.questions, q)
		}
	}
	n.readProbe(&p, &m, own, at)
	return m
}

// conflict reports whether an answer gives one of our names to another computer.
func (n names) conflict(p *dnsmessage.Parser, own []netip.Addr) bool {
	if p.SkipAllQuestions() != nil {
		return false
	}
	for range maxRecords {
		r, err := p.Answer()
		if err != nil {
			return false
		}
		if r.Header.TTL > 0 && n.own(r.Header.Name) && !n.match(r, own) {
			return true
		}
	}
	return false
}

// match reports whether a record of one of our names says what we say, on any
// interface: two of them may be on the same network.
func (n names) match(r dnsmessage.Resource, own []netip.Addr) bool {
	switch b := r.Body.(type) {
	case *dnsmessage.AResource:
		return slices.Contains(own, netip.AddrFrom4(b.A))
	case *dnsmessage.AAAAResource:
		return slices.Contains(own, netip.AddrFrom16(b.AAAA))
	case *dnsmessage.SRVResource:
		return b.Port == n.port && equal(b.Target, n.host)
	}
	return true // TXT and NSEC depend on the others
}

// readProbe finds out whether a query is a probe for one of our names, and who
// wins then: the one whose records are lexicographically later.
func (n names) readProbe(p *dnsmessage.Parser, m *message, own, at []netip.Addr) {
	if p.SkipAllQuestions() != nil || p.SkipAllAnswers() != nil {
		return
	}
	for range maxRecords {
		r, err := p.Authority()
		if err != nil {
			return
		}
		if !n.own(r.Header.Name) || n.match(r, own) {
			continue
		}
		m.probe = true
		for _, ours := range n.unique(at) {
			if equal(ours.Header.Name, r.Header.Name) && laterThan(r.Body, ours.Body) {
				m.wins = true
			}
		}
	}
}

// laterThan compares two records of one name (section 8.2).
func laterThan(a, b dnsmessage.ResourceBody) bool { return bytes.Compare(rdata(a), rdata(b)) > 0 }

func rdata(body dnsmessage.ResourceBody) []byte {
	switch b := body.(type) {
	case *dnsmessage.AResource:
		return append([]byte{0, byte(dnsmessage.TypeA)}, b.A[:]...)
	case *dnsmessage.AAAAResource:
		return append([]byte{0, byte(dnsmessage.TypeAAAA)}, b.AAAA[:]...)
	case *dnsmessage.SRVResource:
		head := []byte{0, byte(dnsmessage.TypeSRV), byte(b.Priority >> 8), byte(b.Priority), byte(b.Weight >> 8), byte(b.Weight), byte(b.Port >> 8), byte(b.Port)}
		return append(head, b.Target.String()...)
	}
	return nil
}
