package announce

import (
	"bytes"
	"net/netip"
	"slices"

	"golang.org/x/net/dns/dnsmessage"
)

// heard is what a packet says, as far as it concerns us.
type heard struct {
	id        uint16
	asked     []dnsmessage.Question // those that we answer
	alone     bool                  // whoever asks wants the answer alone
	probes    bool                  // somebody would like to have our names
	better    bool                  // and has the better claim (RFC 6762 section 8.2)
	conflicts bool                  // somebody has one of them
}

// mostRecords bounds what is looked at in one packet.
const mostRecords = 100

// hear understands a packet. own are all of this computer's addresses, at those
// where the packet came in.
func (n names) hear(packet []byte, own, at []netip.Addr) (h heard) {
	var p dnsmessage.Parser
	header, err := p.Start(packet)
	if err != nil || header.OpCode != 0 || header.RCode != dnsmessage.RCodeSuccess {
		return h
	}
	h.id = header.ID
	if header.Response {
		h.conflicts = n.taken(&p, own)
		return h
	}
	h.alone = true
	for range mostRecords {
		q, err := p.Question()
		if err != nil {
			break
		}
		if class := q.Class &^ unicast; (class == dnsmessage.ClassINET || class == dnsmessage.ClassANY) && n.answers(q) {
			h.alone = h.alone && q.Class&unicast != 0
			h.asked = append(h.asked, q)
		}
	}
	n.compare(&p, &h, own, at)
	return h
}

// taken reports whether an answer gives one of our names to somebody else.
func (n names) taken(p *dnsmessage.Parser, own []netip.Addr) bool {
	if p.SkipAllQuestions() != nil {
		return false
	}
	for range mostRecords {
		r, err := p.Answer()
		if err != nil {
			return false
		}
		if r.Header.TTL > 0 && n.are(r.Header.Name) && !n.isOurs(r, own) {
			return true
		}
	}
	return false
}

// isOurs reports whether a record with one of our names says what we say. What
// we say on another network of this computer comes round to this one, if they
// are one.
func (n names) isOurs(r dnsmessage.Resource, own []netip.Addr) bool {
	switch b := r.Body.(type) {
	case *dnsmessage.AResource:
		return slices.Contains(own, netip.AddrFrom4(b.A))
	case *dnsmessage.AAAAResource:
		return slices.Contains(own, netip.AddrFrom16(b.AAAA))
	case *dnsmessage.SRVResource:
		return b.Port == n.port && same(b.Target, n.host)
	}
	return true // TXT and NSEC follow the others
}

// compare looks whether a question is somebody's probe for one of our names,
// and who has the better claim then: the one whose records come later.
func (n names) compare(p *dnsmessage.Parser, h *heard, own, at []netip.Addr) {
	if p.SkipAllQuestions() != nil || p.SkipAllAnswers() != nil {
		return
	}
	for range mostRecords {
		r, err := p.Authority()
		if err != nil {
			return
		}
		if !n.are(r.Header.Name) || n.isOurs(r, own) {
			continue
		}
		h.probes = true
		for _, ours := range n.unique(at) {
			if same(ours.Header.Name, r.Header.Name) && laterThan(r.Body, ours.Body) {
				h.better = true
			}
		}
	}
}

// laterThan compares what records of one name say (section 8.2).
func laterThan(a, b dnsmessage.ResourceBody) bool { return bytes.Compare(claim(a), claim(b)) > 0 }

func claim(body dnsmessage.ResourceBody) []byte {
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
