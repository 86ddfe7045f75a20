package access

import (
	"crypto/rand"
	"encoding/base64"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"
)

// Event is something for the audit trail.
type Event struct {
	Addr netip.Addr // the zero Addr if it concerns no single device
	Text string     // "iPhone came in with the code"
}

// Guard decides who may come in to one share. It is safe for concurrent use. It
// has many methods, one for each thing that a device can try or the owner decide,
// because they all depend on the same state.
type Guard struct {
	note     func(Event)             // called without any lock held
	hardware func(netip.Addr) string // see New
	policy   atomic.Pointer[Policy]

	mu       sync.RWMutex // guards what follows
	key      string
	pin      pin
	register register
	blocked  blocked                  // by the owner
	refused  map[netip.Addr]time.Time // when the owner last said "not now"
}

// New returns a guard with a new key and PIN and no devices. note, unless nil,
// is called with what belongs in the audit trail. hardware, unless nil, returns
// the hardware address of the device at an address, "" if it is unknown; it is
// called with the guard locked. Neither may block.
func New(p Policy, note func(Event), hardware func(netip.Addr) string) *Guard {
	if note == nil {
		note = func(Event) {}
	}
	if hardware == nil {
		hardware = func(netip.Addr) string { return "" }
	}
	g := &Guard{
		note: note, hardware: hardware, key: newKey(), pin: pin{digits: newPIN()}, register: newRegister(),
		blocked: blocked{map[netip.Addr]bool{}, map[string]bool{}}, refused: map[netip.Addr]time.Time{},
	}
	g.policy.Store(&p)
	return g
}

// newKey makes the secret of a link: 128 random bits in URL-safe characters.
func newKey() string { return randomText(16) }

// newToken makes the secret of a device: 256 random bits likewise.
func newToken() string { return randomText(32) }

func randomText(bytes int) string {
	b := make([]byte, bytes)
	rand.Read(b) // never fails, see crypto/rand
	return base64.RawURLEncoding.EncodeToString(b)
}

// Policy returns what applies to all devices.
func (g *Guard) Policy() Policy { return *g.policy.Load() }

// SetPolicy changes what applies to all devices, from the next request on. None has
// to wait any longer if the share is open, or if nobody new comes in.
func (g *Guard) SetPolicy(p Policy) {
	g.policy.Store(&p)
	if !p.Open && p.admits() {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	for d := range g.register.waiting() {
		if p.Open {
			g.register.forget(d)
		} else {
			d.become(Refused)
		}
	}
}

// Key returns the key that links carry.
func (g *Guard) Key() string {
	g.mu.RLock()
	defer g.mu.RUnlock()
	return g.key
}

// NewCode makes a new key and a new PIN; the old ones are no longer valid. With
// sendOut, all devices that are in are also sent away.
func (g *Guard) NewCode(sendOut bool) {
	g.locked(func(note func(Event)) {
		g.key, g.pin = newKey(), pin{digits: newPIN()}
		if !sendOut {
			note(Event{Text: "New code"})
			return
		}
		g.register.each(func(d *device) {
			if d.Status == In {
				d.become(Away)
			}
		})
		note(Event{Text: "New code, everybody sent away"})
	})
}

// locked calls f with mu held, and passes on what f notes once mu is free again.
func (g *Guard) locked(f func(note func(Event))) {
	var events []Event
	func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		f(func(e Event) { events = append(events, e) })
	}()
	for _, e := range events {
		g.note(e)
	}
}

// Find returns the ID and status of the device with a token; Unknown if there is
// none. It is called for every request.
func (g *Guard) Find(token string) (id uint64, s Status) {
	if token == "" {
		return 0, Unknown
	}
	g.mu.RLock()
	defer g.mu.RUnlock()
	if d := g.register.devices[token]; d != nil {
		return d.ID, d.Status
	}
	return 0, Unknown
}
