package access

import (
	"cmp"
	"net/netip"
	"slices"
	"strings"
	"time"
	"unicode"
)

const maxName = 40 // characters

// Status says how far a device has come.
type Status int

// The statuses.
const (
	Unknown Status = iota // it never asked, or was forgotten
	Waiting               // it has asked, and the owner has not answered
	In                    // it may come in
	Refused               // not now: it may ask again after a pause
	Away                  // it was in and was sent away: it may ask again
	Blocked               // it may not ask
)

// String returns the status in one word, which the waiting page goes by.
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

// DeviceInfo is what a request tells about the device that sent it.
type DeviceInfo struct {
	Addr   netip.Addr
	Name   string // its own, or a guess such as "iPhone · Safari"
	Mobile bool   // a phone or a tablet

	// Group is the address as which Addr counts where there is a limit for
	// each address; the zero Addr if that is Addr.
	Group netip.Addr
}

func (i DeviceInfo) group() netip.Addr { return cmp.Or(i.Group, i.Addr) }

// Device is one that has come in or wants to. It is a copy: changing it has no
// effect.
type Device struct {
	ID     uint64 // never used twice by one guard
	Addr   netip.Addr
	Name   string
	Mobile bool // a phone or a tablet
	Status Status
	Way    Way       // how it came in, if it did
	Since  time.Time // when it reached its Status
}

// device is a Device with what only this package knows.
type device struct {
	Device
	token    string        // in its cookie; "" for a program
	group    netip.Addr    // see DeviceInfo.Group
	hardware string        // by which it is blocked too; "" if it is not
	program  program       // which one it is; the zero value for a browser
	pin      string        // with which a program came in
	barred   string        // of a program that was sent away: the PIN at that time
	lastSeen time.Time     // when it last asked the guard for something
	decided  chan struct{} // closed when it stops waiting; nil unless Waiting
}

// become changes a device's status and wakes those in Wait.
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

// Devices returns all known devices: first those that wait, longest first, then
// the others, latest first.
func (g *Guard) Devices() []Device {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.register.forgetGone()
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

// AnyWaiting reports whether a device waits for the owner.
func (g *Guard) AnyWaiting() bool {
	g.mu.RLock()
	defer g.mu.RUnlock()
	for range g.register.waiting() {
		return true
	}
	return false
}

// Rename gives a device a name of the owner's choice.
func (g *Guard) Rename(id uint64, name string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if d := g.register.byID(id); d != nil {
		d.Name = cleanName(name, d.Name)
	}
}

// cleanName makes a name fit for a row of a list: one line of visible characters.
func cleanName(name, fallback string) string {
	name = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(name, ""), func(c rune) bool {
		return unicode.IsSpace(c) || !unicode.IsGraphic(c)
	}), " ")
	if letters := []rune(name); len(letters) > maxName {
		name = string(letters[:maxName-1]) + "…"
	}
	if name == "" {
		return fallback
	}
	return name
}
