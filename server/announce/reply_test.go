package announce

import (
	"net/netip"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/net/dns/dnsmessage"
)

var (
	on4    = []netip.Addr{netip.MustParseAddr("192.168.1.5")}
	on6    = []netip.Addr{netip.MustParseAddr("fe80::5")}
	onBoth = slices.Concat(on4, on6)

	photos = func() names {
		n, err := newNames(Service{Name: "Photos", Port: 8000}, 1)
		if err != nil {
			panic(err)
		}
		return n
	}()
	inPhotos = "Photos." + kind
)

func pack(t testing.TB, m dnsmessage.Message) []byte {
	t.Helper()
	b, err := m.Pack()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// ask is a query for records of a type, of names.
func ask(of dnsmessage.Type, in ...string) (m dnsmessage.Message) {
	for _, name := range in {
		m.Questions = append(m.Questions, dnsmessage.Question{Name: dnsmessage.MustNewName(name), Type: of, Class: dnsmessage.ClassINET})
	}
	return m
}

// knowing adds our records of a type to those that a query lists as known, for so
// many seconds more.
func knowing(m dnsmessage.Message, of dnsmessage.Type, seconds uint32) dnsmessage.Message {
	for _, r := range photos.all(onBoth) {
		if r.Header.Type == of {
			r.Header.TTL = seconds
			m.Answers = append(m.Answers, r)
		}
	}
	return m
}

// said is a section of a message as "name type" of each record.
func said(section []dnsmessage.Resource) string {
	var all []string
	for _, r := range section {
		t := strings.TrimPrefix(r.Header.Type.String(), "Type")
		if r.Header.Type == typeNSEC {
			t = "NSEC"
		}
		name, _, _ := strings.Cut(r.Header.Name.String(), ".")
		all = append(all, name+" "+t)
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

// replies is what is said to queries: RFC 6762 sections 6.1, 6.2, 6.5 and 7.1, RFC
// 6763 section 12.
var replies = []struct {
	name        string
	query       dnsmessage.Message
	at          []netip.Addr
	answers     string
	additionals string
}{
	{"address", ask(dnsmessage.TypeA, "photos.local."), onBoth, "photos A", "photos AAAA, photos NSEC"},
	{"address of the other kind", ask(dnsmessage.TypeAAAA, "photos.local."), onBoth, "photos AAAA", "photos A, photos NSEC"},
	{"address that it has not", ask(dnsmessage.TypeAAAA, "photos.local."), on4, "photos NSEC", "photos A"},
	{"address that it has not either", ask(dnsmessage.TypeA, "photos.local."), on6, "photos NSEC", "photos AAAA"},
	{"any of the computer", ask(dnsmessage.TypeALL, "photos.local."), onBoth, "photos A, photos AAAA", "photos NSEC"},
	{"something else of the computer", ask(dnsmessage.TypeMX, "photos.local."), on4, "photos NSEC", "photos A"},
	{"services of the kind", ask(dnsmessage.TypePTR, kind), onBoth, "_http PTR", "Photos NSEC, Photos SRV, Photos TXT, photos A, photos AAAA, photos NSEC"},
	{"kinds of services", ask(dnsmessage.TypePTR, listing), on4, "_services PTR, _services PTR", ""},
	{"drives", ask(dnsmessage.TypePTR, drive), on4, "_webdav PTR", "Photos NSEC, Photos SRV, Photos TXT, photos A, photos NSEC"},
	{"where the drive is", ask(dnsmessage.TypeSRV, "Photos."+drive), on4, "Photos SRV", "photos A, photos NSEC"},
	{"where it is", ask(dnsmessage.TypeSRV, inPhotos), on4, "Photos SRV", "photos A, photos NSEC"},
	{"what there is to know", ask(dnsmessage.TypeTXT, inPhotos), on4, "Photos TXT", ""},
	{"any of the service", ask(dnsmessage.TypeALL, inPhotos), on4, "Photos SRV, Photos TXT", "photos A, photos NSEC"},
	{"something else of the service", ask(dnsmessage.TypeA, inPhotos), on4, "Photos NSEC", ""},
	{"all kinds of questions", dnsmessage.Message{Questions: slices.Concat(
		ask(dnsmessage.TypePTR, kind, listing).Questions, ask(dnsmessage.TypeSRV, inPhotos).Questions)},
		on4, "Photos SRV, _http PTR, _services PTR, _services PTR", "Photos NSEC, Photos TXT, photos A, photos NSEC"},
	{"the same again", ask(dnsmessage.TypeA, "photos.local.", "PHOTOS.local."), on4, "photos A", "photos NSEC"},

	{"known", knowing(ask(dnsmessage.TypePTR, kind), dnsmessage.TypePTR, 2250), on4, "", ""},
	{"known, not for long", knowing(ask(dnsmessage.TypePTR, kind), dnsmessage.TypePTR, 2249), on4, "_http PTR", "Photos NSEC, Photos SRV, Photos TXT, photos A, photos NSEC"},
	{"one is known", knowing(ask(dnsmessage.TypeALL, "photos.local."), dnsmessage.TypeA, 60), onBoth, "photos AAAA", "photos NSEC"},
	{"additional one is known", knowing(ask(dnsmessage.TypePTR, kind), dnsmessage.TypeSRV, 60), on4, "_http PTR", "Photos NSEC, Photos TXT, photos A, photos NSEC"},
	{"somebody else's is known", func() dnsmessage.Message {
		m := knowing(ask(dnsmessage.TypePTR, kind), dnsmessage.TypePTR, 4500)
		for i := range m.Answers {
			m.Answers[i].Body = &dnsmessage.PTRResource{PTR: dnsmessage.MustNewName("Music." + kind)}
		}
		return m
	}(), on4, "_http PTR", "Photos NSEC, Photos SRV, Photos TXT, photos A, photos NSEC"},
	{"an address that it had is known", knowing(ask(dnsmessage.TypeA, "photos.local."), dnsmessage.TypeA, 120),
		[]netip.Addr{netip.MustParseAddr("192.168.1.6")}, "photos A", "photos NSEC"},
}

func TestReplies(t *testing.T) {
	for _, c := range replies {
		t.Run(c.name, func(t *testing.T) {
			m := photos.parse(pack(t, c.query), c.at, c.at)
			answers, additionals := photos.reply(m, c.at)
			if got := said(answers); got != c.answers {
				t.Errorf("answers %s, want %s", got, c.answers)
			}
			if got := said(additionals); got != c.additionals {
				t.Errorf("additionals %s, want %s", got, c.additionals)
			}
		})
	}
}

// A resolver of unicast DNS gets what it would get from a server (RFC 6762 section
// 6.7).
func TestRepliesToPlainDNS(t *testing.T) {
	for _, c := range replies {
		t.Run(c.name, func(t *testing.T) {
			c.query.ID = 77
			m := photos.legacy(photos.parse(pack(t, c.query), c.at, c.at), c.at)
			if m.ID != 77 || !m.Response || !m.Authoritative || !slices.Equal(m.Questions, c.query.Questions) {
				t.Errorf("It does not repeat the question: %+v %v", m.Header, m.Questions)
			}
			for _, r := range slices.Concat(m.Answers, m.Additionals) {
				if r.Header.TTL > 10 || r.Header.Class != dnsmessage.ClassINET || r.Header.Type == typeNSEC {
					t.Errorf("%s is no plain record: %+v", r.Header.Name, r.Header)
				}
			}
			withoutNSEC := strings.TrimPrefix(strings.ReplaceAll(", "+c.answers, ", photos NSEC", ""), ", Photos NSEC")
			if got := said(m.Answers); got != strings.TrimPrefix(withoutNSEC, ", ") {
				t.Errorf("answers %s, want those of %s", got, c.answers)
			}
		})
	}
}

// What says which types there are is as long as it has to be (RFC 4034 section
// 4.1.2), and names itself (RFC 6762 section 6.1).
func TestMissingTypes(t *testing.T) {
	for _, c := range []struct {
		at         []netip.Addr
		host, inst string
	}{
		{on4, "\x00\x01\x40", "\x00\x05\x00\x00\x80\x00\x40"},
		{on6, "\x00\x04\x00\x00\x00\x08", "\x00\x05\x00\x00\x80\x00\x40"},
		{onBoth, "\x00\x04\x40\x00\x00\x08", "\x00\x05\x00\x00\x80\x00\x40"},
		{nil, "\x00\x01\x00", "\x00\x05\x00\x00\x80\x00\x40"},
	} {
		all := photos.missing(c.at)
		for i, want := range []string{"\x06photos\x05local\x00" + c.host, "\x06Photos\x05_http\x04_tcp\x05local\x00" + c.inst} {
			if got := string(all[i].Body.(*dnsmessage.UnknownResource).Data); got != want {
				t.Errorf("at %v: %q, want %q", c.at, got, want)
			}
		}
	}
}

// dnsmessage does not parse names with a dot in a label, which others may have.
func TestUnreadableNamesHideNothing(t *testing.T) {
	dotted := func(b []byte) []byte { return []byte(strings.ReplaceAll(string(b), "\x03a_b", "\x03a.b")) }
	strange := dnsmessage.MustNewName("a_b." + kind)
	pointer := record(photos.services[0].kind, dnsmessage.TypePTR, 4500, &dnsmessage.PTRResource{PTR: strange})
	location := record(strange, dnsmessage.TypeSRV, 120, &dnsmessage.SRVResource{Target: photos.host})
	before := func(m dnsmessage.Message) []byte {
		if len(m.Questions) > 0 {
			m.Questions = append(ask(dnsmessage.TypeSRV, strange.String()).Questions, m.Questions...)
		}
		m.Answers = append([]dnsmessage.Resource{pointer, location}, m.Answers...)
		return dotted(pack(t, m))
	}
	m := photos.parse(before(knowing(ask(dnsmessage.TypePTR, kind), dnsmessage.TypePTR, 4500)), on4, on4)
	if len(m.questions) != 1 || len(m.known) != 4 {
		t.Errorf("%d questions and %d known answers, want 1 and 4", len(m.questions), len(m.known))
	}
	foreign := []netip.Addr{netip.MustParseAddr("192.168.1.9")}
	if !photos.parse(before(photos.announcement(foreign)), on4, on4).conflict {
		t.Error("A conflict is overlooked.")
	}
	if !photos.parse(before(photos.probe(foreign)), on4, on4).probe {
		t.Error("A probe is overlooked.")
	}
}

// A conflict may be in any section (RFC 6762 section 9).
func TestConflictInAdditionalRecords(t *testing.T) {
	foreign := []netip.Addr{netip.MustParseAddr("192.168.1.9")}
	m := response(nil, photos.records(foreign))
	if !photos.parse(pack(t, m), on4, on4).conflict {
		t.Error("It is overlooked.")
	}
}

// timed is what an announcer says to queries, each at a time after the one before,
// and when, counted from the last query.
func timed(t *testing.T, from int, queries ...timedQuery) (all []timedMessage) {
	synctest.Test(t, func(t *testing.T) {
		net := new(network)
		a, e := net.announcer("Photos", "192.168.1.5", 8000)
		defer a.Close()
		time.Sleep(10 * time.Second)
		before := len(e.messages())
		asker := net.join("192.168.1.9", from)
		for _, q := range queries {
			time.Sleep(q.after)
			asker.say(t, q.query)
		}
		asked := time.Now()
		for range 3000 {
			synctest.Wait()
			for _, m := range e.messages()[before:] {
				all = append(all, timedMessage{time.Since(asked), m})
				before++
			}
			time.Sleep(time.Millisecond)
		}
	})
	return all
}

type timedQuery struct {
	after time.Duration
	query dnsmessage.Message
}

type timedMessage struct {
	at      time.Duration
	message dnsmessage.Message
}

// Answers that others may have too are given a moment later (RFC 6762 section 6).
func TestWhenItAnswers(t *testing.T) {
	kinds, host := ask(dnsmessage.TypePTR, kind), ask(dnsmessage.TypeA, "photos.local.")
	more := kinds
	more.Truncated = true
	for _, c := range []struct {
		name        string
		query       dnsmessage.Message
		from        int
		first, last time.Duration
	}{
		{"its own", host, 5353, 0, 0},
		{"shared", kinds, 5353, 20 * time.Millisecond, 121 * time.Millisecond},
		{"more to come", more, 5353, 400 * time.Millisecond, 501 * time.Millisecond},
		{"plain DNS", kinds, 40000, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			all := timed(t, c.from, timedQuery{0, c.query})
			if len(all) != 1 || all[0].at < c.first || all[0].at > c.last {
				t.Errorf("%v, want one answer after %v to %v", all, c.first, c.last)
			}
		})
	}
}

// A list of known answers may be longer than a packet (RFC 6762 section 7.2).
func TestKnownAnswersInTheNextPacket(t *testing.T) {
	first := ask(dnsmessage.TypePTR, kind)
	first.Truncated = true
	next := timedQuery{300 * time.Millisecond, knowing(dnsmessage.Message{}, dnsmessage.TypePTR, 4500)}
	if all := timed(t, 5353, timedQuery{0, first}, next); len(all) != 0 {
		t.Errorf("It says %v.", all)
	}
}

// Each record is multicast once a second, but another one is not held up (RFC 6762
// section 6). Who has just begun to listen is not forgotten.
func TestRecordsAreMulticastOnceASecond(t *testing.T) {
	where := timedQuery{0, ask(dnsmessage.TypeSRV, inPhotos)}
	info := timedQuery{100 * time.Millisecond, ask(dnsmessage.TypeTXT, inPhotos)}
	again := timedQuery{100 * time.Millisecond, ask(dnsmessage.TypeA, "photos.local.")} // was additional
	kinds := timedQuery{100 * time.Millisecond, ask(dnsmessage.TypePTR, kind)}
	var got []string
	for _, m := range timed(t, 5353, where, info, again, kinds) {
		got = append(got, said(m.message.Answers)+"; "+said(m.message.Additionals))
	}
	if !slices.Equal(got, []string{"Photos SRV; photos A, photos NSEC", "Photos TXT; ", "_http PTR; Photos NSEC", "photos A; photos NSEC"}) {
		t.Errorf("answers: %q", got)
	}
}

func TestQueriesAtOnceHaveOneAnswer(t *testing.T) {
	kinds := ask(dnsmessage.TypePTR, kind)
	if all := timed(t, 5353, timedQuery{0, kinds}, timedQuery{10 * time.Millisecond, kinds}); len(all) != 1 {
		t.Errorf("They have %d.", len(all))
	}
}

// Who asks for it is answered alone, and all others if a quarter of the time for
// which they may keep the record is over (RFC 6762 section 5.4).
func TestAnswersByUnicast(t *testing.T) {
	query := ask(dnsmessage.TypeA, "photos.local.")
	query.Questions[0].Class |= unicastResponse
	if all := timed(t, 5353, timedQuery{20 * time.Second, query}); len(all) != 1 { // 28 s after the last announcement
		t.Errorf("It says %d messages, want one to the sender.", len(all))
	}
	if all := timed(t, 5353, timedQuery{30 * time.Second, query}); len(all) != 2 {
		t.Errorf("After half a minute it says %d messages, want one to the sender and one to all.", len(all))
	}
}

// Both computers find the same one to win, and it does not take them for ever (RFC
// 6762 section 8.2).
func TestSimultaneousProbesWithCrossedRecords(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := new(network)
		first, _ := net.announcer("Photos", "192.168.1.5", 9000)
		defer first.Close()
		second, _ := net.announcer("Photos", "192.168.1.6", 8000)
		defer second.Close()
		time.Sleep(20 * time.Second)
		got := []string{first.Host(), second.Host()}
		if slices.Sort(got); !slices.Equal(got, []string{"photos-2.local", "photos.local"}) {
			t.Errorf("They are called %q.", got)
		}
	})
}

// The records are compared as they are sent, sorted (RFC 6762 section 8.2).
func TestLaterRecordsWin(t *testing.T) {
	addrs := func(all ...string) (at []netip.Addr) {
		for _, a := range all {
			at = append(at, netip.MustParseAddr(a))
		}
		return at
	}
	for _, c := range []struct {
		theirs, ours []netip.Addr
		wins         bool
	}{
		{addrs("169.254.200.50"), addrs("169.254.99.200"), true}, // section 8.2.1
		{addrs("169.254.99.200"), addrs("169.254.200.50"), false},
		{addrs("192.168.1.9", "192.168.1.2"), addrs("192.168.1.5"), false},
		{addrs("192.168.1.5", "192.168.1.6"), addrs("192.168.1.5"), true},
		{addrs("2001:db8::1"), addrs("192.168.1.5"), true}, // AAAA is a later type than A
	} {
		m := photos.parse(pack(t, photos.probe(c.theirs)), c.ours, c.ours)
		if !m.probe || m.wins != c.wins {
			t.Errorf("%v against ours, %v: probe %v, wins %v, want %v", c.theirs, c.ours, m.probe, m.wins, c.wins)
		}
	}
	theirs := photos
	theirs.host, theirs.port = dnsmessage.MustNewName("a.local."), photos.port+1
	probe := dnsmessage.Message{Authorities: theirs.unique(on4)[:1]}
	if m := photos.parse(pack(t, probe), on4, on4); !m.wins {
		t.Error("The later port does not win, for the length of the record is compared first.")
	}
}
