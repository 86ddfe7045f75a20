package announce

import (
	"maps"
	"math/rand/v2"
	"net"
	"slices"
	"time"

	"golang.org/x/net/dns/dnsmessage"
)

// query is a message with questions.
type query struct {
	asked message
	from  *net.UDPAddr
	on    *socket
	came  time.Time
	due   time.Time // when to answer it
}

// Waits before an answer by multicast, to each of which something random is added.
const (
	forOthers = 20 * time.Millisecond  // others may answer too (RFC 6762 section 6)
	forMore   = 400 * time.Millisecond // the sender knows more than fits into a packet (section 7.2)
	atRandom  = 100 * time.Millisecond
)

// A record is not multicast again before so much time has passed (section 6).
const (
	betweenAnswers        = time.Second
	betweenAnswersToProbe = 250 * time.Millisecond
)

// answer answers a query now or later. Its known answers also count for an earlier
// one of the same sender.
func (a *Announcer) answer(q query) {
	a.waiting.addKnown(q)
	switch wait := q.wait(a.names); {
	case len(q.asked.questions) == 0:
	case q.from.Port != port:
		if r := a.names.legacy(q.asked, q.on.addrs()); len(r.Answers) > 0 || len(q.asked.known) == 0 {
			q.on.send(q.from, r)
		}
	case wait > 0:
		q.due = q.came.Add(wait)
		a.waiting.add(q)
	default:
		a.respond(q)
	}
}

// wait returns for how long to wait before a query is answered. Probes are
// answered at once.
func (q *query) wait(n names) time.Duration {
	switch {
	case q.asked.probe:
		return 0
	case q.asked.truncated:
		return forMore + rand.N(atRandom)
	case slices.ContainsFunc(q.asked.questions, n.shared):
		return forOthers + rand.N(atRandom)
	}
	return 0
}

// respond sends what there is to say to a query. If its sender asked for that, it
// gets it by unicast, which a Wi-Fi delivers better. The others get it too if they
// have not heard it lately (section 5.4).
func (a *Announcer) respond(q query) {
	answers, additionals := a.names.reply(q.asked, q.on.addrs())
	now := time.Now()
	if q.asked.unicast && len(answers) > 0 {
		q.on.send(q.from, response(answers, additionals))
		answers = slices.DeleteFunc(answers, func(r dnsmessage.Resource) bool {
			return q.on.sentSince(r, now.Add(-time.Duration(r.Header.TTL)*time.Second/4))
		})
	}
	a.multicast(q, answers, additionals, now)
}

// multicast sends records, those that were sent a moment ago later. What was sent
// since the query came has answered it.
func (a *Announcer) multicast(q query, answers, additionals []dnsmessage.Resource, now time.Time) {
	pause := betweenAnswers
	if q.asked.probe {
		pause = betweenAnswersToProbe
	}
	q.due = time.Time{}
	notNow := func(r dnsmessage.Resource) bool {
		last := q.on.sent[keyOf(r)]
		if last.After(q.came) {
			return true
		}
		again := last.Add(pause)
		if again.After(now) && (q.due.IsZero() || q.due.After(again)) {
			q.due = again
		}
		return again.After(now)
	}
	answers = slices.DeleteFunc(answers, notNow)
	if !q.due.IsZero() {
		a.waiting.add(q)
	}
	if len(answers) > 0 {
		q.on.multicast(response(answers, slices.DeleteFunc(additionals, notNow)), now)
	}
}

// answerDue answers the queries whose time has come.
func (a *Announcer) answerDue() {
	for _, q := range a.waiting.take(time.Now()) {
		a.respond(q)
	}
}

// maxWaiting is how many queries wait at most. Others are not answered.
const maxWaiting = 100

// waiting are the queries that are answered later.
type waiting struct {
	queries []query
	timer   *time.Timer // for the one that is due first
}

// next returns the channel on which the time comes when a query is due.
func (w *waiting) next() <-chan time.Time {
	if len(w.queries) == 0 {
		return nil
	}
	return w.timer.C
}

func (w *waiting) add(q query) {
	if len(w.queries) == maxWaiting {
		return
	}
	w.queries = append(w.queries, q)
	w.schedule()
}

// take removes those that are due.
func (w *waiting) take(now time.Time) (due []query) {
	w.queries = slices.DeleteFunc(w.queries, func(q query) bool {
		if q.due.After(now) {
			return false
		}
		due = append(due, q)
		return true
	})
	w.schedule()
	return due
}

// schedule sets the timer.
func (w *waiting) schedule() {
	if w.timer != nil {
		w.timer.Stop()
	}
	if len(w.queries) > 0 {
		first := slices.MinFunc(w.queries, func(a, b query) int { return a.due.Compare(b.due) })
		w.timer = time.NewTimer(time.Until(first.due))
	}
}

// addKnown adds the known answers of a message to what the same sender asked
// before.
func (w *waiting) addKnown(m query) {
	for i := range w.queries {
		q := &w.queries[i]
		if len(m.asked.known) == 0 || q.on != m.on || q.from.String() != m.from.String() {
			continue
		}
		if q.asked.known == nil {
			q.asked.known = map[recordKey]bool{}
		}
		maps.Copy(q.asked.known, m.asked.known)
	}
}
