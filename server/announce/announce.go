package announce

import (
	"math/rand/v2"
	"net"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Service is what to announce.
type Service struct {
	Name     string  // of the share; may hold anything
	Computer string  // its own name, for a share whose name cannot be typed; "" if unknown
	Port     int     // TCP, 1 to 65535
	At       []Place // the addresses; those of one interface go out there alone
}

// Place is one address of this computer.
type Place struct {
	Interface string
	At        netip.Prefix // the address itself, and how much of it is its network's
}

// Announcer keeps a name for a share until it is closed.
type Announcer struct {
	service Service
	own     []netip.Addr
	wires   []*wire
	changed func()

	host    atomic.Pointer[string] // nil until the name is ours
	packets chan packet
	end     chan struct{} // closed by Close
	ended   sync.WaitGroup
	once    sync.Once

	// Of the goroutine that speaks alone.
	names  names
	number int // 1 is the name itself
	step   int // of probing and announcing
}

// packet is something that came in.
type packet struct {
	data []byte
	from *net.UDPAddr
	on   *wire
}

// The steps on the way to a name, and how long to wait between them (RFC 6762
// sections 8.1 and 8.3).
const (
	probes  = 3
	settled = probes + 2 // announcements

	betweenProbes        = 250 * time.Millisecond
	betweenAnnouncements = time.Second
	afterDefeat          = time.Second // by a better claim, which may come to nothing
)

// mostNumbers is how many names are tried. Beyond it somebody else claims
// whatever we say.
const mostNumbers = 15

// Start begins to announce. changed is called, from a goroutine of its own,
// whenever Host has become another. Where the network does not let it, there
// never is a name.
func Start(s Service, changed func()) *Announcer {
	return start(s, openWires(s.At), changed)
}

func start(s Service, wires []*wire, changed func()) *Announcer {
	a := &Announcer{service: s, wires: wires, changed: changed, number: 1, packets: make(chan packet), end: make(chan struct{})}
	for _, p := range s.At {
		a.own = append(a.own, p.At.Addr())
	}
	var err error
	if a.names, err = newNames(s, 1); err != nil {
		a.leave()
		return a
	}
	a.ended.Go(a.speak)
	for _, w := range wires {
		a.ended.Go(func() { a.listen(w) })
	}
	return a
}

// Host returns the name by which this computer is found, "holiday.local", or ""
// while there is none.
func (a *Announcer) Host() string {
	if host := a.host.Load(); host != nil {
		return *host
	}
	return ""
}

// Close says goodbye and returns when all is over.
func (a *Announcer) Close() {
	a.once.Do(func() { close(a.end) })
	a.ended.Wait()
}

// listen hands on what comes in.
func (a *Announcer) listen(w *wire) {
	buffer := make([]byte, 9000) // the largest packet (section 17)
	for {
		n, from, err := w.read(buffer)
		if err != nil {
			return
		}
		udp, ok := from.(*net.UDPAddr)
		if n == 0 || !ok || !w.isNear(udp.AddrPort().Addr().Unmap()) {
			continue
		}
		select {
		case a.packets <- packet{append([]byte(nil), buffer[:n]...), udp, w}:
		case <-a.end:
			return
		}
	}
}

// speak goes from step to step, and answers meanwhile.
func (a *Announcer) speak() {
	defer a.leave()
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
			if again := a.hear(p); again > 0 {
				timer.Reset(again)
			}
		}
	}
}

// advance does the next step and returns how long to wait for the one after it; 0
// if there is none.
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
	case a.step <= settled:
		a.sendAll(a.names.announcement)
		return betweenAnnouncements
	}
	return 0
}

// hear answers a packet, or gives way to it: then it returns after which time
// to begin anew.
func (a *Announcer) hear(p packet) (again time.Duration) {
	h := a.names.hear(p.data, a.own, p.on.addrs())
	mine := a.step > probes
	switch {
	case h.conflicts:
		return a.giveWay()
	case h.probes && h.better && !mine:
		a.step = 0
		return afterDefeat
	case len(h.asked) > 0 && mine:
		a.answer(p, h)
	}
	return 0
}

// giveWay takes the next number.
func (a *Announcer) giveWay() (again time.Duration) {
	a.step, a.number = 0, a.number+1
	if a.host.Swap(nil) != nil {
		a.changed()
	}
	var err error
	if a.names, err = newNames(a.service, a.number); err != nil || a.number > mostNumbers {
		a.step = settled + 1 // and no name
		a.names = names{}
		return 0
	}
	return betweenProbes + rand.N(betweenProbes)
}

// answer tells who asks, or all. Who probes is told at once; otherwise all have
// heard it if it was said just now.
func (a *Announcer) answer(p packet, h heard) {
	on := p.on
	switch {
	case p.from.Port != port:
		on.send(p.from, func(at []netip.Addr) ([]byte, error) { return a.names.legacy(h.id, h.asked, at) })
	case h.alone:
		on.send(p.from, a.names.announcement)
	case h.probes || on.answers.may(time.Now()):
		on.send(on.group, a.names.announcement)
	}
}

func (a *Announcer) sendAll(make func([]netip.Addr) ([]byte, error)) {
	for _, w := range a.wires {
		w.send(w.group, make)
	}
}

// send sends one packet with this wire's addresses in it. If it gets lost, as
// on a network that has just gone, nobody would be there to be told.
func (w *wire) send(to *net.UDPAddr, make func([]netip.Addr) ([]byte, error)) {
	if b, err := make(w.addrs()); err == nil {
		_, _ = w.conn.WriteTo(b, to)
	}
}

// leave says goodbye if there is a name to say it for.
func (a *Announcer) leave() {
	if a.host.Swap(nil) != nil {
		a.sendAll(a.names.goodbye)
	}
	for _, w := range a.wires {
		w.conn.Close()
	}
}

// meter lets something happen once a second (section 6).
type meter struct{ last time.Time }

func (m *meter) may(now time.Time) bool {
	if now.Sub(m.last) < time.Second {
		return false
	}
	m.last = now
	return true
}
