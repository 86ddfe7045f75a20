package announce

import (
	"net"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/net/dns/dnsmessage"
)

// network connects computers: what one sends, all others hear.
type network struct {
	mu   sync.Mutex
	ends []*host
}

type host struct {
	net.PacketConn
	network *network
	addr    *net.UDPAddr
	in      chan datagram
	closed  chan struct{}
	sent    []dnsmessage.Message // guarded by network.mu
}

type datagram struct {
	data []byte
	from net.Addr
}

func (c *network) join(addr string, port int) *host {
	e := &host{network: c, addr: &net.UDPAddr{IP: net.ParseIP(addr), Port: port}, in: make(chan datagram, 100), closed: make(chan struct{})}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ends = append(c.ends, e)
	return e
}

func (e *host) WriteTo(b []byte, to net.Addr) (int, error) {
	e.network.mu.Lock()
	defer e.network.mu.Unlock()
	var m dnsmessage.Message
	if err := m.Unpack(b); err != nil {
		panic(err)
	}
	e.sent = append(e.sent, m)
	for _, other := range e.network.ends {
		if other != e && (to == net.Addr(group4) || to.String() == other.addr.String()) {
			other.in <- datagram{slices.Clone(b), e.addr}
		}
	}
	return len(b), nil
}

func (e *host) Close() error {
	close(e.closed)
	return nil
}

func (e *host) read(b []byte) (int, net.Addr, error) {
	select {
	case p := <-e.in:
		return copy(b, p.data), p.from, nil
	case <-e.closed:
		return 0, nil, net.ErrClosed
	}
}

// say sends a message to all.
func (e *host) say(t *testing.T, m dnsmessage.Message) {
	t.Helper()
	b, err := m.Pack()
	if err != nil {
		t.Fatal(err)
	}
	e.WriteTo(b, group4)
}

// messages returns what it has sent so far.
func (e *host) messages() []dnsmessage.Message {
	e.network.mu.Lock()
	defer e.network.mu.Unlock()
	return slices.Clone(e.sent)
}

// announcer starts one on a network.
func (c *network) announcer(name, addr string, port int) (*Announcer, *host) {
	e := c.join(addr, 5353)
	at := netip.PrefixFrom(netip.MustParseAddr(addr), 24)
	s := &socket{conn: e, read: e.read, group: group4, prefixes: []netip.Prefix{at}}
	return start(Service{Name: name, Port: port, Addresses: []Address{{"eth0", at}}}, []*socket{s}, func() {}), e
}

func TestNameIsProbedAnnouncedAndReleased(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, e := new(network).announcer("Summer 2026", "192.168.1.5", 8000)
		if a.Host() != "" {
			t.Error("It has a name before it has asked.")
		}
		time.Sleep(5 * time.Second)
		if a.Host() != "summer-2026.local" {
			t.Errorf("It is called %q.", a.Host())
		}
		a.Close()
		a.Close()
		said := e.messages()
		if len(said) != 6 {
			t.Fatalf("%d packets, want 3 probes, 2 announcements and a goodbye", len(said))
		}
		for i, m := range said {
			if asks := i < 3; m.Response == asks || asks != (len(m.Authorities) > 0) {
				t.Errorf("packet %d is of the wrong kind: %+v", i, m.Header)
			}
		}
		for _, r := range said[5].Answers {
			if r.Header.TTL != 0 {
				t.Errorf("The goodbye keeps %v.", r.Header.Name)
			}
		}
		if a.Host() != "" {
			t.Error("It has a name after its goodbye.")
		}
	})
}

// File managers list drives by another kind of service than pages, and tell the
// person how to come in.
func TestShareIsFoundAsAPageAndAsADrive(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, e := new(network).announcer("Photos", "192.168.1.5", 8000)
		time.Sleep(5 * time.Second)
		a.Close()
		said := e.messages()
		announced, goodbye := map[string]bool{}, map[string]bool{}
		for _, r := range said[3].Answers {
			announced[strings.TrimSuffix(r.Header.Name.String(), domain)+" "+content(r.Body)] = true
		}
		for _, r := range said[5].Answers {
			goodbye[r.Header.Name.String()+content(r.Body)] = true
		}
		for _, want := range []string{
			"_http._tcp. Photos._http._tcp.local.", "Photos._http._tcp. path=/",
			"_webdav._tcp. Photos._webdav._tcp.local.", "Photos._webdav._tcp. u=visitor path=/",
			"_services._dns-sd._udp. _http._tcp.local.", "_services._dns-sd._udp. _webdav._tcp.local.",
		} {
			if !announced[want] {
				t.Errorf("It does not say %q, but %v.", want, announced)
			}
		}
		if !goodbye[drive+"Photos."+drive] || !goodbye[kind+"Photos."+kind] || goodbye[listing+kind] || goodbye[listing+drive] {
			t.Errorf("The goodbye is to %v.", goodbye)
		}
	})
}

// content is what a record of some types says.
func content(body dnsmessage.ResourceBody) string {
	switch b := body.(type) {
	case *dnsmessage.PTRResource:
		return b.PTR.String()
	case *dnsmessage.TXTResource:
		return strings.Join(b.TXT, " ")
	}
	return ""
}

func TestConflictsGetANumber(t *testing.T) {
	for _, c := range []struct {
		name  string
		later time.Duration // by so much the second begins
	}{
		{"one after the other", 10 * time.Second}, {"at once", 0}, {"halfway", 400 * time.Millisecond},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				net := new(network)
				first, _ := net.announcer("Photos", "192.168.1.5", 8000)
				defer first.Close()
				time.Sleep(c.later)
				second, _ := net.announcer("photos", "192.168.1.6", 8000)
				defer second.Close()
				time.Sleep(20 * time.Second)
				got := []string{first.Host(), second.Host()}
				if slices.Sort(got); !slices.Equal(got, []string{"photos-2.local", "photos.local"}) {
					t.Errorf("They are called %q.", got)
				}
				if c.later > time.Second && first.Host() != "photos.local" {
					t.Error("The first had to give way.")
				}
			})
		})
	}
}

func TestNoNameIfAllAreTaken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := new(network)
		a, e := net.announcer("x", "192.168.1.5", 8000)
		defer a.Close()
		hostile := net.join("192.168.1.66", 5353)
		for number := range 40 {
			n, _ := newNames(Service{Name: "x", Port: 1}, number+1)
			hostile.say(t, n.announcement([]netip.Addr{netip.MustParseAddr("192.168.1.66")}))
			time.Sleep(5 * time.Second)
		}
		if said := len(e.messages()); a.Host() != "" || said > 100 {
			t.Errorf("It is called %q after %d packets.", a.Host(), said)
		}
	})
}

func TestAnswers(t *testing.T) {
	question := func(name string, kind dnsmessage.Type, class dnsmessage.Class) dnsmessage.Message {
		return dnsmessage.Message{Header: dnsmessage.Header{ID: 7}, Questions: []dnsmessage.Question{{Name: dnsmessage.MustNewName(name), Type: kind, Class: class}}}
	}
	in := dnsmessage.ClassINET
	for _, c := range []struct {
		name   string
		asked  dnsmessage.Message
		from   string
		port   int
		answer bool
	}{
		{"host", question("photos.local.", dnsmessage.TypeA, in), "192.168.1.9", 5353, true},
		{"in capitals", question("PHOTOS.Local.", dnsmessage.TypeAAAA, in), "192.168.1.9", 5353, true},
		{"alone", question("photos.local.", dnsmessage.TypeA, in|unicastResponse), "192.168.1.9", 5353, true},
		{"services", question(kind, dnsmessage.TypePTR, in), "192.168.1.9", 5353, true},
		{"kinds", question(listing, dnsmessage.TypePTR, in), "192.168.1.9", 5353, true},
		{"service", question("Photos."+kind, dnsmessage.TypeSRV, in), "192.168.1.9", 5353, true},
		{"plain DNS", question("photos.local.", dnsmessage.TypeA, in), "192.168.1.9", 40000, true},
		{"somebody else", question("other.local.", dnsmessage.TypeA, in), "192.168.1.9", 5353, false},
		{"another kind", question(kind, dnsmessage.TypeMX, in), "192.168.1.9", 5353, false},
		{"from afar", question("photos.local.", dnsmessage.TypeA, in), "81.2.69.142", 40000, false},
		{"from afar, alone", question("photos.local.", dnsmessage.TypeA, in|unicastResponse), "81.2.69.142", 5353, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				net := new(network)
				a, e := net.announcer("Photos", "192.168.1.5", 8000)
				defer a.Close()
				time.Sleep(10 * time.Second)
				before := len(e.messages())
				net.join(c.from, c.port).say(t, c.asked)
				time.Sleep(time.Second)
				said := e.messages()[before:]
				if got := len(said) == 1; got != c.answer {
					t.Fatalf("answered: %v", said)
				}
				if c.answer && c.port != 5353 && (said[0].ID != 7 || len(said[0].Questions) != 1 || said[0].Answers[0].Header.TTL > 10) {
					t.Errorf("not as plain DNS: %+v", said[0].Header)
				}
			})
		})
	}
}

func TestFloodOfQueriesIsAnsweredOnceASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := new(network)
		a, e := net.announcer("Photos", "192.168.1.5", 8000)
		defer a.Close()
		time.Sleep(10 * time.Second)
		before := len(e.messages())
		m := dnsmessage.Message{Questions: []dnsmessage.Question{{Name: a.names.host, Type: dnsmessage.TypeA, Class: dnsmessage.ClassINET}}}
		from := net.join("192.168.1.9", 5353)
		for range 50 {
			from.say(t, m)
			time.Sleep(40 * time.Millisecond) // 2 s in all
		}
		if said := len(e.messages()) - before; said < 2 || said > 3 {
			t.Errorf("%d answers in two seconds", said)
		}
	})
}

func TestNames(t *testing.T) {
	long := strings.Repeat("ä", 100)
	for _, c := range []struct {
		name           string
		computer       string
		number         int
		host, instance string
	}{
		{"Holiday", "", 1, "holiday", "Holiday"},
		{"Holiday", "", 2, "holiday-2", "Holiday (2)"},
		{"Summer 2026 (new)", "", 1, "summer-2026-new", "Summer 2026 (new)"},
		{"Bücher", "", 1, "bucher", "Bücher"},
		{"Bu\u0308cher", "", 1, "bucher", "Bücher"}, // as a Mac writes it
		{"Fotos.Größe", "", 1, "fotos-grosse", "Fotos\u2024Größe"},
		{"Été à Łódź", "", 1, "ete-a-lodz", "Été à Łódź"},
		{"ﬁlm №1 ½", "", 1, "film-no1-1-2", "ﬁlm №1 ½"},
		{"照片", "Anna's Laptop", 3, "anna-s-laptop-windowsill-3", "照片 (3)"},
		{"写真", "", 1, "windowsill", "写真"},
		{"Фото", "localhost", 1, "windowsill", "Фото"},
		{"写真 2026", "laptop", 1, "2026", "写真 2026"},
		{"Laptop", "laptop", 1, "laptop-windowsill", "Laptop"}, // the system's own name
		{"写真", strings.Repeat("x", 63), 2, strings.Repeat("x", 52) + "-windowsi-2", "写真 (2)"},
		{"", "", 1, "windowsill", "Windowsill"},
		{"-.-", "", 1, "windowsill", "-\u2024-"},
		{"a\nb\xff", "", 1, "a-b", "ab"},
		{long, "", 1, strings.Repeat("a", 63), long[:62]},
	} {
		if got := hostLabel(c.name, c.computer, c.number); got != c.host {
			t.Errorf("host of %q on %q: %q, want %q", c.name, c.computer, got, c.host)
		}
		if got := instanceLabel(c.name, c.number); got != c.instance {
			t.Errorf("instance of %q: %q, want %q", c.name, got, c.instance)
		}
		if _, err := newNames(Service{Name: c.name, Computer: c.computer, Port: 80}, c.number); err != nil {
			t.Errorf("%q: %v", c.name, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	n, err := newNames(Service{Name: "Photos", Port: 8000}, 1)
	if err != nil {
		f.Fatal(err)
	}
	own, other := []netip.Addr{netip.MustParseAddr("192.168.1.5")}, []netip.Addr{netip.MustParseAddr("192.168.1.6"), netip.MustParseAddr("fd00::6")}
	for _, make := range []func([]netip.Addr) dnsmessage.Message{n.probe, n.announcement, n.goodbye} {
		for _, at := range [][]netip.Addr{own, other, nil} {
			f.Add(pack(f, make(at)))
		}
	}
	for _, c := range replies {
		f.Add(pack(f, c.query))
	}
	f.Fuzz(func(t *testing.T, packet []byte) {
		m := n.parse(packet, own, own)
		if m.wins && !m.probe || m.conflict && len(m.questions) > 0 {
			t.Errorf("%+v makes no sense", m)
		}
		if len(m.questions) > 0 {
			for _, r := range []dnsmessage.Message{n.legacy(m, own), response(n.reply(m, own))} {
				if _, err := r.Pack(); err != nil {
					t.Errorf("cannot answer %v: %v", m.questions, err)
				}
			}
		}
	})
}

// Visitors of a share that only takes files see none, so that it is no drive.
func TestWhatIsNoDriveIsAnnouncedAsAPageAlone(t *testing.T) {
	n, err := newNames(Service{Name: "Photos", Port: 8000, NoDrive: true}, 1)
	if err != nil || len(n.services) != 1 || n.services[0].kind.String() != "_http._tcp.local." {
		t.Errorf("%v, %v", n.services, err)
	}
}

func TestEncryptedShareIsAnnouncedAsSuch(t *testing.T) {
	for tls, want := range map[bool][]string{false: {"_http._tcp.local.", "_webdav._tcp.local."}, true: {"_https._tcp.local.", "_webdavs._tcp.local."}} {
		n, err := newNames(Service{Name: "Photos", Port: 8000, TLS: tls}, 1)
		if err != nil {
			t.Fatal(err)
		}
		var kinds []string
		for _, s := range n.services {
			kinds = append(kinds, s.kind.String())
		}
		if !slices.Equal(kinds, want) {
			t.Errorf("TLS %v: %q, want %q", tls, kinds, want)
		}
	}
}

func TestOwnRecordsAreNoConflict(t *testing.T) {
	n, _ := newNames(Service{Name: "Photos", Port: 8000}, 1)
	own := []netip.Addr{netip.MustParseAddr("192.168.1.5"), netip.MustParseAddr("192.168.1.6")}
	if m := n.parse(pack(t, n.announcement(own[1:])), own, own[:1]); m.conflict {
		t.Error("What we say by Ethernet conflicts with what we say by Wi-Fi.")
	}
	if m := n.parse(pack(t, n.probe(own[1:])), own, own[:1]); m.probe {
		t.Error("Our own probe is somebody else's.")
	}
	gone := n.goodbye([]netip.Addr{netip.MustParseAddr("192.168.1.66")})
	if m := n.parse(pack(t, gone), own, own[:1]); m.conflict {
		t.Error("Somebody who leaves conflicts with us.")
	}
}
