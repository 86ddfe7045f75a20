package access

import (
	"crypto/subtle"
	"errors"
	"strings"
	"time"
)

// Why a device did not come in. The texts are sentences for a person.
var (
	ErrWrongKey  = errors.New("This code is no longer valid. Ask the owner for the new one, or for the PIN.")
	ErrWrongPIN  = errors.New("This PIN is not right.")
	ErrBlocked   = errors.New("The owner has blocked this device.")
	ErrNobodyNew = errors.New("The owner is not letting anyone else in right now.")
)

// WaitError says that there were too many wrong PINs: until then, even the right
// one is refused.
type WaitError struct{ Until time.Time }

// Error returns a sentence for a person.
func (e *WaitError) Error() string {
	return "Too many wrong PINs. Wait a little, or ask the owner."
}

// EnterByKey lets in a device that has the right key, and returns the token for
// its cookie: the one that it came with, if it is known. The error is
// [ErrWrongKey], [ErrBlocked] or [ErrNobodyNew].
func (g *Guard) EnterByKey(key, token string, from DeviceInfo) (cookie string, err error) {
	g.locked(func(note func(Event)) {
		switch {
		case g.isBlocked(token, from):
			err = ErrBlocked
		case g.isShutTo(token):
			err = ErrNobodyNew
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

// Proof reports whether somebody has shown that they know a PIN.
type Proof func(pin string) bool

// Typed is the proof of one who types digits, maybe in groups, as they are shown.
// It takes the same time for every wrong PIN.
func Typed(digits string) Proof {
	digits = strings.Join(strings.Fields(digits), "")
	return func(pin string) bool { return subtle.ConstantTimeCompare([]byte(digits), []byte(pin)) == 1 }
}

// EnterByPIN does the same for the right PIN. The error is [ErrWrongPIN], a
// *[WaitError], [ErrBlocked] or [ErrNobodyNew].
func (g *Guard) EnterByPIN(digits, token string, from DeviceInfo) (cookie string, err error) {
	g.locked(func(note func(Event)) {
		if err = g.tryPIN(Typed(digits), token, from, note); err == nil {
			d := g.register.deviceFor(token, from)
			g.enter(d, ByPIN, note)
			cookie = d.token
		}
	})
	return cookie, err
}

// Program lets in a program that proves with every request that it knows the PIN,
// instead of sending a cookie, and returns its ID. Programs are told apart by
// their address, by their name and by the user that they say they work for.
//
// One that is in stays in when there is a new PIN: a drive would break otherwise
// while somebody copies to it. One that was sent away needs a new PIN. The error
// is one like those of EnterByPIN.
func (g *Guard) Program(user string, proof Proof, from DeviceInfo) (id uint64, err error) {
	who := programOf(user, from)
	g.locked(func(note func(Event)) {
		if d := g.register.programs[who]; d != nil && g.recognizes(d, proof, from) {
			if d.Status != In {
				err = ErrWrongPIN // not counted: nobody guesses
				return
			}
			id, d.lastSeen = d.ID, time.Now()
			return
		}
		if err = g.tryPIN(proof, "", from, note); err != nil {
			return
		}
		d := g.register.program(who, from)
		d.pin, id = g.pin.digits, d.ID
		g.enter(d, ByPIN, note)
	})
	return id, err
}

// recognizes reports whether a program brings a PIN that it came in with, or
// was sent away with; called with mu held. It says no while the program has to
// wait because of wrong ones.
func (g *Guard) recognizes(d *device, proof Proof, from DeviceInfo) bool {
	if g.isBlocked("", from) || g.pin.mustWait(from.group(), time.Now()) {
		return false
	}
	return proof(d.pin) && d.Status != Blocked || d.Status == Away && proof(d.barred)
}

// tryPIN checks a PIN and counts wrong ones; called with mu held.
func (g *Guard) tryPIN(proof Proof, token string, from DeviceInfo, note func(Event)) error {
	if g.isBlocked(token, from) {
		return ErrBlocked
	}
	if g.isShutTo(token) {
		return ErrNobodyNew
	}
	changed, err := g.pin.try(proof, from.group(), time.Now())
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

// isShutTo reports whether nobody new comes in, and the device with a token is not
// in; called with mu held.
func (g *Guard) isShutTo(token string) bool {
	d := g.register.devices[token]
	return !g.Policy().admits() && (d == nil || d.Status != In)
}

func (g *Guard) isBlocked(token string, from DeviceInfo) bool {
	d := g.register.devices[token]
	return d != nil && d.Status == Blocked || g.blocked.has(from.Addr, g.hardware)
}
