package access

import (
	"crypto/subtle"
	"errors"
	"strings"
	"time"
)

// Why somebody did not come in. Their texts are sentences for a person.
var (
	ErrWrongKey = errors.New("This code is no longer valid. Scan the one in the owner’s window, or ask to come in.")
	ErrWrongPIN = errors.New("This PIN is not right.")
	ErrBlocked  = errors.New("The owner has blocked this device.")
)

// WaitError says that there were too many wrong guesses: until then not even
// the right PIN opens.
type WaitError struct{ Until time.Time }

// Error returns a sentence for a person.
func (e *WaitError) Error() string {
	return "Too many wrong PINs. Wait a little, or ask to come in."
}

// EnterByKey lets a device in that has the right key, and returns the token
// for its cookie: the one it came with, if that is known. It returns
// [ErrWrongKey] or [ErrBlocked] otherwise.
func (g *Guard) EnterByKey(key, token string, v Visitor) (cookie string, err error) {
	g.locked(func(note func(Event)) {
		switch {
		case g.isBlocked(token, v):
			err = ErrBlocked
		case subtle.ConstantTimeCompare([]byte(key), []byte(g.key)) != 1:
			err = ErrWrongKey
		default:
			d := g.register.known(token, v)
			g.enter(d, ByKey, note)
			cookie = d.token
		}
	})
	return cookie, err
}

// EnterByPIN does the same for the right PIN. It returns [ErrWrongPIN],
// *[WaitError] or [ErrBlocked] otherwise.
func (g *Guard) EnterByPIN(digits, token string, v Visitor) (cookie string, err error) {
	g.locked(func(note func(Event)) {
		if err = g.tryPIN(digits, token, v, note); err == nil {
			d := g.register.known(token, v)
			g.enter(d, ByPIN, note)
			cookie = d.token
		}
	})
	return cookie, err
}

// Program lets a program in that brings the PIN with every request instead of
// a cookie, and returns its device's number. Its errors are EnterByPIN's; one
// that was sent away has the wrong PIN until there is a new one.
func (g *Guard) Program(digits string, v Visitor) (id uint64, err error) {
	g.locked(func(note func(Event)) {
		d := g.register.programs[v.Addr]
		if d != nil && d.Status == Away && d.pin == g.pin.digits {
			err = ErrWrongPIN
			return
		}
		if err = g.tryPIN(digits, "", v, note); err != nil {
			return
		}
		d = g.register.program(v)
		id = d.ID
		g.enter(d, ByPIN, note)
	})
	return id, err
}

// tryPIN compares a PIN and counts a wrong one; called with mu held.
func (g *Guard) tryPIN(digits, token string, v Visitor, note func(Event)) error {
	if g.isBlocked(token, v) {
		return ErrBlocked
	}
	digits = strings.Join(strings.Fields(digits), "") // people type it in groups, as it is shown
	changed, err := g.pin.try(digits, v.Addr, time.Now())
	if errors.Is(err, ErrWrongPIN) {
		note(Event{v.Addr, tame(v.Name, "A device") + " tried a wrong PIN"})
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

func (g *Guard) isBlocked(token string, v Visitor) bool {
	d := g.register.devices[token]
	return g.blocked[v.Addr] || d != nil && d.Status == Blocked
}
