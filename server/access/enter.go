package access

import (
	"crypto/subtle"
	"errors"
	"strings"
	"time"
)

// Why a device did not come in. The texts are sentences for a person.
var (
	ErrWrongKey = errors.New("This code is no longer valid. Scan the one in the owner’s window, or ask to come in.")
	ErrWrongPIN = errors.New("This PIN is not right.")
	ErrBlocked  = errors.New("The owner has blocked this device.")
)

// WaitError says that there were too many wrong PINs: until then, even the right
// one is refused.
type WaitError struct{ Until time.Time }

// Error returns a sentence for a person.
func (e *WaitError) Error() string {
	return "Too many wrong PINs. Wait a little, or ask to come in."
}

// EnterByKey lets in a device that has the right key, and returns the token for
// its cookie: the one that it came with, if it is known. The error is
// [ErrWrongKey] or [ErrBlocked].
func (g *Guard) EnterByKey(key, token string, from DeviceInfo) (cookie string, err error) {
	g.locked(func(note func(Event)) {
		switch {
		case g.isBlocked(token, from):
			err = ErrBlocked
		case subtle.ConstantTimeCompare([]byte(key), []byte(g.key)) != 1:
			err = ErrWrongKey
		default:
			d := g.register.deviceFor(token, from)
			g.enter(d, ByKey, note)
			cookie = d.token
		}
	})
	return cookie, err
}

// EnterByPIN does the same for the right PIN. The error is [ErrWrongPIN], a
// *[WaitError] or [ErrBlocked].
func (g *Guard) EnterByPIN(digits, token string, from DeviceInfo) (cookie string, err error) {
	g.locked(func(note func(Event)) {
		if err = g.tryPIN(digits, token, from, note); err == nil {
			d := g.register.deviceFor(token, from)
			g.enter(d, ByPIN, note)
			cookie = d.token
		}
	})
	return cookie, err
}

// Program lets in a program that brings the PIN with every request instead of a
// cookie, and returns its ID. The error is one like those of EnterByPIN; to a
// program that was sent away, the PIN is wrong until there is a new one.
func (g *Guard) Program(digits string, from DeviceInfo) (id uint64, err error) {
	g.locked(func(note func(Event)) {
		d := g.register.programs[from.Addr]
		if d != nil && d.Status == Away && d.pin == g.pin.digits {
			err = ErrWrongPIN
			return
		}
		if err = g.tryPIN(digits, "", from, note); err != nil {
			return
		}
		d = g.register.program(from)
		id = d.ID
		g.enter(d, ByPIN, note)
	})
	return id, err
}

// tryPIN checks a PIN and counts wrong ones; called with mu held.
func (g *Guard) tryPIN(digits, token string, from DeviceInfo, note func(Event)) error {
	if g.isBlocked(token, from) {
		return ErrBlocked
	}
	digits = strings.Join(strings.Fields(digits), "") // people type it in groups, as it is shown
	changed, err := g.pin.try(digits, from.group(), time.Now())
	if errors.Is(err, ErrWrongPIN) {
		note(Event{from.Addr, cleanName(from.Name, "A device") + " tried a wrong PIN"})
	}
	if changed {
		note(Event{Text: "Too many wrong PINs: there is a new PIN now"})
	}
	return err
}

// enter lets d in, unless it is in already; called with mu held.
func (g *Guard) enter(d *device, way Way, note func(Event)) {
	if d.Status == In {
		return
	}
	d.Way = way
	d.become(In)
	delete(g.refused, d.Addr)
	with := " came in with the code"
	if way == ByPIN {
		with = " came in with the PIN"
	}
	note(Event{d.Addr, d.Name + with})
}

func (g *Guard) isBlocked(token string, from DeviceInfo) bool {
	d := g.register.devices[token]
	return d != nil && d.Status == Blocked || g.blocked.has(from.Addr, g.hardware)
}
