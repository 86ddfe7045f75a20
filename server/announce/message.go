package announce

import (
	"bytes"
	"errors"
	"iter"
	"maps"
	"net/netip"
	"slices"

	"golang.org/x/net/dns/dnsmessage"
)

// message is what a packet says, as far as it concerns us.
type message struct {
	id        uint16
	questions []dnsmessage.Question // that we have answers to
	known     map[recordKey]bool    // our records that the sender has already (RFC 6762 section 7.1)
	truncated bool                  // more of them follow (section 7.2)
	unicast   bool                  // answers should go to the sender only
	probe     bool                  // another computer probes for our names
	wins      bool                  // and would win (section 8.2)
	conflict  bool                  // another computer has our names
}

// maxRecords is how many questions, and how many records of each section of a
// packet, are looked at.
const maxRecords = 100

// parse parses a packet. own are all addresses of this computer, at those of the
// socket that the packet came in at.
func (n names) parse(packet []byte, own, at []netip.Addr) (m message) {
	p := &dnsmessage.Parser{}
	header, err := p.Start(packet)
	if err != nil || header.OpCode != 0 || header.RCode != dnsmessage.RCodeSuccess {
		return m
	}
	m.id, m.truncated, m.unicast = header.ID, header.Truncated, true
	for q := range section(p, (*dnsmessage.Parser).Question, (*dnsmessage.Parser).SkipQuestion) {
		if class := q.Class &^ unicastResponse; !header.Response && (class == dnsmessage.ClassINET || class == dnsmessage.ClassANY) && n.answers(q) {
			m.unicast = m.unicast && q.Class&unicastResponse != 0
			m.questions = append(m.questions, q)
		}
	}
	answers := section(p, (*dnsmessage.Parser).Answer, (*dnsmessage.Parser).SkipAnswer)
	authorities := section(p, (*dnsmessage.Parser).Authority, (*dnsmessage.Parser).SkipAuthority)
	additionals := section(p, (*dnsmessage.Parser).Additional, (*dnsmessage.Parser).SkipAdditional)
	if !header.Response {
		m.known = n.knownIn(answers, at)
		m.probe, m.wins = n.readProbe(authorities, own, at)
		return m
	}
	for _, records := range []iter.Seq[dnsmessage.Resource]{answers, authorities, additionals} {
		m.conflict = n.conflict(records, own) || m.conflict
	}
	return m
}

// section yields what is in a section of a packet. What dnsmessage does not
// parse, such as a name with a dot in a label, is left out.
func section[T any](p *dnsmessage.Parser, next func(*dnsmessage.Parser) (T, error), skip func(*dnsmessage.Parser) error) iter.Seq[T] {
	return func(yield func(T) bool) {
		wanted := true
		for i := 0; ; i++ {
			before := *p
			item, err := next(p)
			switch {
			case errors.Is(err, dnsmessage.ErrSectionDone):
				return
			case err != nil:
				if *p = before; skip(p) != nil {
					return
				}
			default:
				// The rest is still to be read, for the sake of the next section.
				wanted = wanted && i < maxRecords && yield(item)
			}
		}
	}
}

// conflict reports whether one of the records gives a name of ours to another
// computer.
func (n names) conflict(records iter.Seq[dnsmessage.Resource], own []netip.Addr) (found bool) {
	for r := range records {
		found = found || r.Header.TTL > 0 && n.own(r.Header.Name) && !n.match(r, own)
	}
	return found
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

// knownIn returns which of our records are among those that a query lists as
// known. One that has less than half of its time left is not known any more: the
// sender wants it refreshed.
func (n names) knownIn(records iter.Seq[dnsmessage.Resource], at []netip.Addr) map[recordKey]bool {
	listed := map[recordKey]uint32{} // how long they are known for, in seconds
	for r := range records {
		if n.concerns(r.Header.Name) {
			listed[keyOf(r)] = r.Header.TTL
		}
	}
	if len(listed) == 0 {
		return nil
	}
	known := map[recordKey]bool{}
	for _, r := range n.all(at) {
		if ttl, ok := listed[keyOf(r)]; ok && ttl >= r.Header.TTL/2 {
			known[keyOf(r)] = true
		}
	}
	return known
}

// readProbe finds out whether the records that a query proposes make it a probe
// for one of our names, and whether they win it: if those of a name are later
// than ours when both are sorted.
func (n names) readProbe(records iter.Seq[dnsmessage.Resource], own, at []netip.Addr) (probe, wins bool) {
	theirs, ours := map[string][][]byte{}, map[string][][]byte{}
	for r := range records {
		if n.own(r.Header.Name) {
			name := lowered(r.Header.Name)
			theirs[name] = append(theirs[name], rdata(r.Body))
			probe = probe || !n.match(r, own)
		}
	}
	for _, r := range n.unique(at) {
		name := lowered(r.Header.Name)
		ours[name] = append(ours[name], rdata(r.Body))
	}
	for name := range maps.Keys(theirs) {
		slices.SortFunc(theirs[name], bytes.Compare)
		slices.SortFunc(ours[name], bytes.Compare)
		wins = wins || slices.CompareFunc(theirs[name], ours[name], bytes.Compare) > 0
	}
	return probe, probe && wins
}
