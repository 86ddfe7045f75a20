package announce

import (
	"net/netip"
	"slices"

	"golang.org/x/net/dns/dnsmessage"
)

// answers reports whether there is an answer to a question.
func (n names) answers(q dnsmessage.Question) bool {
	switch {
	case n.own(q.Name):
		return true // that there are no such records at least
	case n.isList(q.Name):
		return q.Type == dnsmessage.TypePTR || q.Type == typeANY
	}
	return false
}

// shared reports whether others may have answers to a question too.
func (n names) shared(q dnsmessage.Question) bool { return !n.own(q.Name) }

// reply returns the records that were asked for, and those that will be asked for
// next (RFC 6763 section 12), without those that the sender has already. If there
// are no answers, none is sent.
func (n names) reply(m message, at []netip.Addr) (answers, additionals []dnsmessage.Resource) {
	all := n.all(at)
	taken := make([]bool, len(all))
	var found []dnsmessage.Resource
	take := func(wanted func(dnsmessage.Resource) bool) {
		for i, r := range all {
			if !taken[i] && wanted(r) {
				taken[i] = true
				found = append(found, r)
			}
		}
	}
	for _, q := range m.questions {
		if slices.ContainsFunc(all, func(r dnsmessage.Resource) bool { return asks(q, r) }) {
			take(func(r dnsmessage.Resource) bool { return asks(q, r) })
		} else {
			take(func(r dnsmessage.Resource) bool { return r.Header.Type == typeNSEC && equal(r.Header.Name, q.Name) })
		}
	}
	asked := len(found)
	for i := 0; i < len(found); i++ {
		if next, ok := n.next(found[i]); ok {
			take(func(r dnsmessage.Resource) bool { return equal(r.Header.Name, next) })
		}
	}
	known := func(r dnsmessage.Resource) bool { return m.known[keyOf(r)] }
	if answers = slices.DeleteFunc(slices.Clone(found[:asked]), known); len(answers) == 0 {
		return nil, nil
	}
	return answers, slices.DeleteFunc(found[asked:], known)
}

// asks reports whether a question asks for a record.
func asks(q dnsmessage.Question, r dnsmessage.Resource) bool {
	return equal(q.Name, r.Header.Name) && (q.Type == r.Header.Type || q.Type == typeANY && r.Header.Type != typeNSEC)
}

// next returns the name whose records are asked for after a record was received.
func (n names) next(r dnsmessage.Resource) (next dnsmessage.Name, ok bool) {
	switch b := r.Body.(type) {
	case *dnsmessage.PTRResource:
		return b.PTR, n.isInstance(b.PTR)
	case *dnsmessage.SRVResource:
		return b.Target, true
	}
	return r.Header.Name, equal(r.Header.Name, n.host)
}

// legacy answers a resolver of unicast DNS (RFC 6762 section 6.7), which knows
// nothing of flushing caches nor of what multicast DNS takes NSEC records for.
func (n names) legacy(m message, at []netip.Addr) dnsmessage.Message {
	answers, additionals := n.reply(m, at)
	r := response(plain(answers), plain(additionals))
	r.ID, r.Questions = m.id, m.questions
	return r
}

func plain(records []dnsmessage.Resource) (all []dnsmessage.Resource) {
	for _, r := range records {
		if r.Header.Type == typeNSEC {
			continue
		}
		r.Header.TTL = min(r.Header.TTL, legacyTTL)
		r.Header.Class &^= cacheFlush
		all = append(all, r)
	}
	return all
}
