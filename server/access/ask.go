package access

import (
	"context"
	"errors"
	"net/netip"
	"time"
)

const (
	maxWaiting        = 20          // devices that wait for the owner at once
	maxWaitingPerAddr = 3           // of them, of one group of addresses
	askAgainAfter     = time.Minute // the pause after a refusal
)

// Why a device may not ask now. The texts are sentences for a person.
var (
	ErrTooManyWait = errors.New("Too many people are waiting to come in. Try again in a minute.")
	ErrAskedBefore = errors.New("The owner said “not now”. You can ask again in a minute.")
)

// Answer is what the owner says to a device.
type Answer int

// The answers.
const (
	LetIn    Answer = iota // it may come in
	NotNow                 // it may ask again after a pause
	SendAway               // it was in, and may ask again
	Block                  // it may not even ask, nor may another at its address or with its hardware
)

// Ask makes a device wait for the owner, and returns the token for its cookie.
// One that is in or waits already stays so. The error is [ErrBlocked],
// [ErrNobodyNew], [ErrAskedBefore] or [ErrTooManyWait].
func (g *Guard) Ask(token string, from DeviceInfo) (cookie string, err error) {
	g.locked(func(note func(Event)) {
		if d := g.register.devices[token]; d != nil && (d.Status == Waiting || d.Status == In) {
			d.lastSeen, cookie = time.Now(), token
			return
		}
		if err = g.mayAsk(token, from); err != nil {
			return
		}
		d := g.register.deviceFor(token, from)
		d.Name = cleanName(from.Name, d.Name)
		d.Way = ByAsking
		d.become(Waiting)
		cookie = d.token
		note(Event{d.Addr, d.Name + " asked to come in"})
	})
	return cookie, err
}

// mayAsk returns why a device may not ask, or nil; called with mu held.
func (g *Guard) mayAsk(token string, from DeviceInfo) error {
	if g.isBlocked(token, from) {
		return ErrBlocked
	}
	if g.isShutTo(token) {
		return ErrNobodyNew
	}
	if at, ok := g.refused[from.Addr]; ok && time.Since(at) < askAgainAfter {
		return ErrAskedBefore
	}
	if d := g.register.devices[token]; d != nil && d.Status == Refused && time.Since(d.Since) < askAgainAfter {
		return ErrAskedBefore
	}
	g.register.forgetGone()
	waiting, ofOne := 0, 0
	for d := range g.register.waiting() {
		waiting++
		if d.group == from.group() {
			ofOne++
		}
	}
	if waiting >= maxWaiting || ofOne >= maxWaitingPerAddr {
		return ErrTooManyWait
	}
	return nil
}

// Wait returns the status of the device with a token as soon as it no longer
// waits, or when ctx is done.
func (g *Guard) Wait(ctx context.Context, token string) Status {
	g.mu.Lock()
	var decided chan struct{}
	if d := g.register.devices[token]; d != nil && d.Status == Waiting {
		d.lastSeen = time.Now()
		decided = d.decided
	}
	g.mu.Unlock()
	if decided != nil {
		select {
		case <-decided:
		case <-ctx.Done():
		}
	}
	_, s := g.Find(token)
	return s
}

// Decide carries out the owner's answer to a device and returns the device's
// address. It does nothing if the device is gone.
func (g *Guard) Decide(id uint64, a Answer) (addr netip.Addr) {
	g.locked(func(note func(Event)) {
		d := g.register.byID(id)
		if d == nil {
			return
		}
		addr = d.Addr
		note(Event{addr, d.Name + g.apply(d, a)})
	})
	return addr
}

// apply carries out an answer and returns how the audit trail puts it.
func (g *Guard) apply(d *device, a Answer) string {
	switch a {
	case NotNow:
		g.refused[d.Addr] = time.Now()
		d.become(Refused)
		return " was refused"
	case SendAway:
		d.barred = g.pin.digits
		d.become(Away)
		return " was sent away"
	case Block:
		g.block(d)
		return " was blocked"
	}
	delete(g.blocked.addrs, d.Addr)
	delete(g.blocked.hardware, d.hardware)
	delete(g.refused, d.Addr)
	d.become(In)
	return " was let in"
}

// IsBlocked reports whether the owner has blocked an address.
func (g *Guard) IsBlocked(addr netip.Addr) bool {
	g.mu.RLock()
	defer g.mu.RUnlock()
	return g.blocked.has(addr, g.hardware)
}

// blocked are the devices that may not come in, besides by their cookies.
type blocked struct {
	addrs    map[netip.Addr]bool
	hardware map[string]bool // hardware addresses
}

func (b blocked) has(addr netip.Addr, hardware func(netip.Addr) string) bool {
	return b.addrs[addr] || len(b.hardware) > 0 && b.hardware[hardware(addr)]
}

// block blocks a device, also as what it is under its other addresses if the
// system tells; called with mu held.
func (g *Guard) block(d *device) {
	g.blocked.addrs[d.Addr] = true
	d.become(Blocked)
	if d.hardware = g.hardware(d.Addr); d.hardware == "" {
		return
	}
	g.blocked.hardware[d.hardware] = true
	g.register.each(func(o *device) {
		if o != d && g.hardware(o.Addr) == d.hardware {
			o.hardware = d.hardware
			o.become(Blocked)
		}
	})
}
