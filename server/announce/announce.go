package announce

import (
	"math/rand/v2"
	"net"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/net/dns/dnsmessage"
)

// Service is what to announce.
type Service struct {
	Name      string    // of the share; any text
	Computer  string    // its name, for a share whose own cannot be typed; "" if unknown
	Port      int       // TCP, 1 to 65535
	TLS       bool      // it is encrypted
	NoDrive   bool      // it cannot be opened as a drive
	Addresses []Address // of the computer; each is announced on its interface only
}

// Address is an address of this computer.
type Address struct {
	Interface string
	Prefix    netip.Prefix // the address, with the bits of its network
}

// Host returns the name that this computer gets, "holiday.local", unless somebody on
// the network has it already.
func (s *Service) Host() string {
	return strings.TrimSuffix(hostLabel(s.Name, s.Computer, 1)+"."+domain, ".")
}

// addrs returns the addresses without their networks.
func (s *Service) addrs() (all []netip.Addr) {
	for _, a := range s.Addresses {
		all = append(all, a.Prefix.Addr())
	}
	return all
}

// Announcer announces a name for a share until it is closed.
type Announcer struct {
	service Service
	sockets []*socket
	changed func()

	host    atomic.Pointer[string] // nil until the name is known to be free
	packets chan packet
	end     chan struct{} // closed by Close
	ended   sync.WaitGroup
	once    sync.Once

	// Used by run only.
	names   names
	number  int // 1 is the name itself
	step    int // see advance
	waiting waiting
}

// packet is a packet that came in.
type packet struct {
	data []byte
	from *net.UDPAddr
	on   *socket
}

// The steps of probing and announcing, and the time between them (RFC 6762
// sections 8.1 and 8.3).
const (
	probes    = 3
	announced = probes + 2 // announcements

	betweenProbes        = 250 * time.Millisecond
	betweenAnnouncements = time.Second
	reprobeAfter         = time.Second // after losing to another probe (section 8.2)
)

// maxNumber is how many names are tried. If none of them is free, somebody
// claims whatever we probe.
const maxNumber = 15

// Start begins to announce a service. changed is called, on a goroutine of the
// Announcer, whenever the result of Host changes. If the network does not allow
// multicast, there is never a name.
func Start(s Service, changed func()) *Announcer {
	return start(s, openSockets(s.Addresses), changed)
}

func start(s Service, sockets []*socket, changed func()) *Announcer {
	a := &Announcer{service: s, sockets: sockets, changed: changed, number: 1, packets: make(chan packet), end: make(chan struct{})}
	var err error
	if a.names, err = newNames(s, 1); err != nil {
		a.shutDown()
		return a
	}
	a.ended.Go(a.run)
	for _, s := range sockets {
		a.ended.Go(func() { a.receive(s) })
	}
	return a
}

// Host returns the name of this computer, "holiday.local"; "" while there is none.
func (a *Announcer) Host() string {
	if host := a.host.Load(); host != nil {
		return *host
	}
	return ""
}

// Close sends goodbyes and waits for all goroutines.
func (a *Announcer) Close() {
	a.once.Do(func() { close(a.end) })
	a.ended.Wait()
}

// receive passes on what comes in at a socket.
func (a *Announcer) receive(s *socket) {
	buffer := make([]byte, 9000) // the largest packet (section 17)
	for {
		n, from, err := s.read(buffer)
		if err != nil {
			return
		}
		udp, ok := from.(*net.UDPAddr)
		if n == 0 || !ok || !s.isOnLink(udp.AddrPort().Addr().Unmap()) {
			continue
		}
		select {
		case a.packets <- packet{append([]byte(nil), buffer[:n]...), udp, s}:
		case <-a.end:
			return
		}
	}
}

// run goes from step to step, and answers queries.
func (a *Announcer) run() {
	defer a.shutDown()
	timer := time.NewTimer(rand.N(betweenProbes))
	defer timer.Stop()
	for {
		select {
		case <-a.end:
			return
		case <-timer.C:
			if next := a.advance(); next > 0 {
				timer.Reset(next)
			}
		case p := <-a.packets:
			if again := a.handle(p); again > 0 {
				timer.Reset(again)
			}
		case <-a.waiting.next():
			a.answerDue()
		}
	}
}

// advance does the next step and returns when the one after it is due; 0 if there
// is none.
func (a *Announcer) advance() time.Duration {
	a.step++
	switch {
	case a.step <= probes:
		a.sendAll(a.names.probe)
		return betweenProbes
	case a.step == probes+1:
		host := strings.TrimSuffix(a.names.host.String(), ".")
		a.host.Store(&host)
		a.changed()
		fallthrough
	case a.step <= announced:
		a.sendAll(a.names.announcement)
		return betweenAnnouncements
	}
	return 0
}

// handle answers a packet, or gives up the names because of it: then it returns
// when to probe again.
func (a *Announcer) handle(p packet) (again time.Duration) {
	m := a.names.parse(p.data, a.service.addrs(), p.on.addrs())
	ours := a.step > probes
	switch {
	case m.conflict:
		return a.rename()
	case m.probe && m.wins && !ours:
		a.step = 0
		return reprobeAfter
	case ours:
		a.answer(query{asked: m, from: p.from, on: p.on, came: time.Now()})
	}
	return 0
}

// rename takes the next number.
func (a *Announcer) rename() (again time.Duration) {
	a.step, a.number, a.waiting = 0, a.number+1, waiting{}
	if a.host.Swap(nil) != nil {
		a.changed()
	}
	var err error
	if a.names, err = newNames(a.service, a.number); err != nil || a.number > maxNumber {
		a.step = announced + 1 // without a name
		a.names = names{}
		return 0
	}
	return betweenProbes + rand.N(betweenProbes)
}

// sendAll sends what there is to say on each interface.
func (a *Announcer) sendAll(what func([]netip.Addr) dnsmessage.Message) {
	for _, s := range a.sockets {
		s.multicast(what(s.addrs()), time.Now())
	}
}

// shutDown sends goodbyes if there is a name, and closes the sockets.
func (a *Announcer) shutDown() {
	if a.host.Swap(nil) != nil {
		a.sendAll(a.names.goodbye)
	}
	for _, s := range a.sockets {
		s.conn.Close()
	}
}
