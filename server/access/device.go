package access

import (
	"net/netip"
	"slices"
	"strings"
	"time"
	"unicode"
)

const longestName = 40 // letters

// Status says how far a device has come.
type Status int

// The statuses.
const (
	Unknown Status = iota // it never asked, or was forgotten
	Waiting               // it has asked, and the owner has not answered
	In                    // it may come in
	Refused               // not now: it may ask again after a pause
	Away                  // it was in and has been sent away: it may ask again
	Blocked               // it may not even ask
)

// String returns the status in one word, as the waiting page knows it.
func (s Status) String() string {
	return [...]string{"unknown", "waiting", "in", "refused", "away", "blocked"}[s]
}

// Way says how a device came in.
type Way int

// The ways.
const (
	ByAsking Way = iota // the owner let it in
	ByKey               // it had the key, from the QR code or a link
	ByPIN               // it had the PIN
)

// Visitor is what a request tells about whoever sent it.
type Visitor struct {
	Addr   netip.Addr
	Name   string // what it calls itself, or a guess such as "iPhone · Safari"
	Mobile bool   // a phone or a tablet
}

// Device is one that came in or wants to. It is a copy: changing it changes
// nothing.
type Device struct {
	ID     uint64 // never used twice by one guard
	Addr   netip.Addr
	Name   string
	Mobile bool // a phone or a tablet
	Status Status
	Way    Way       // how it came in, if it did
	Since  time.Time // when it reached its Status
}

// device is a Device with what is nobody else's business.
type device struct {
	Device
	token   string        // what its cookie holds; "" for a program
	pin     string        // the PIN it was sent away with; for a program
	heard   time.Time     // when it last wanted something of the guard
	decided chan struct{} // closed when it stops waiting; nil unless Waiting
}

// become changes a device's status and wakes whoever waits for that.
func (d *device) become(s Status) {
	if d.decided != nil {
		close(d.decided)
		d.decided = nil
	}
	if s == Waiting {
		d.decided = make(chan struct{})
	}
	d.Status, d.Since = s, time.Now()
}

// Devices returns all that are known: those who wait first, the longest
// waiting foremost, then the others, the latest foremost.
func (g *Guard) Devices() []Device {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.register.forgetSilent()
	var waiting, others []Device
	g.register.each(func(d *device) {
		if d.Status == Waiting {
			waiting = append(waiting, d.Device)
		} else {
			others = append(others, d.Device)
		}
	})
	slices.SortFunc(waiting, func(a, b Device) int { return a.Since.Compare(b.Since) })
	slices.SortFunc(others, func(a, b Device) int { return b.Since.Compare(a.Since) })
	return append(waiting, others...)
}

// AnyWaiting reports whether somebody waits for the owner.
func (g *Guard) AnyWaiting() bool {
	g.mu.RLock()
	defer g.mu.RUnlock()
	for range g.register.waiting() {
		return true
	}
	return false
}

// Rename gives a device the name by which the owner knows it.
func (g *Guard) Rename(id uint64, name string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if d := g.register.byID(id); d != nil {
		d.Name = tame(name, d.Name)
	}
}

// tame makes a name fit for a row of a list: one line of visible letters.
func tame(name, fallback string) string {
	name = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(name, ""), func(c rune) bool {
		return unicode.IsSpace(c) || !unicode.IsGraphic(c)
	}), " ")
	if letters := []rune(name); len(letters) > longestName {
		name = string(letters[:longestName-1]) + "…"
	}
	if name == "" {
		return fallback
	}
	return name
}
