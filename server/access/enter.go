package access

import (
	"crypto/subtle"
	"errors"
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
	g.mu.Lock()
	if g.isBlocked(token, v) {
		g.mu.Unlock()
		return "", ErrBlocked
	}
	if subtle.ConstantTimeCompare([]byte(key), []byte(g.key)) != 1 {
		g.mu.Unlock()
		return "", ErrWrongKey
	}
	return g.enter(g.known(token, v), ByKey), nil
}

// EnterByPIN does the same for the right PIN. It returns [ErrWrongPIN],
// *[WaitError] or [ErrBlocked] otherwise.
func (g *Guard) EnterByPIN(digits, token string, v Visitor) (cookie string, err error) {
	g.mu.Lock()
	if err := g.tryPIN(digits, token, v); err != nil {
		return "", err
	}
	return g.enter(g.known(token, v), ByPIN), nil
}

// Program lets a program in that brings the PIN with every request instead of
// a cookie, and returns its device's number. Its errors are EnterByPIN's; one
// that was sent away has the wrong PIN until there is a new one.
func (g *Guard) Program(digits string, v Visitor) (id uint64, err error) {
	g.mu.Lock()
	if d := g.programs[v.Addr]; d != nil && d.Status == Away && d.pin == g.pin.digits {
		g.mu.Unlock()
		return d.ID, ErrWrongPIN
	}
	if err := g.tryPIN(digits, "", v); err != nil {
		return 0, err
	}
	d := g.programs[v.Addr]
	if d == nil {
		d = g.add(v)
		g.programs[v.Addr] = d
	}
	d.heard, id = time.Now(), d.ID
	g.enter(d, ByPIN)
	return id, nil
}

// tryPIN compares a PIN, and counts a wrong one. It is called with mu held
// and returns so only if the PIN is right; else it unlocks.
func (g *Guard) tryPIN(digits, token string, v Visitor) error {
	if g.isBlocked(token, v) {
		g.mu.Unlock()
		return ErrBlocked
	}
	changed, err := g.pin.try(digits, v.Addr, time.Now())
	if err == nil {
		return nil
	}
	g.mu.Unlock()
	if errors.Is(err, ErrWrongPIN) {
		g.note(Event{v.Addr, tame(v.Name, "A device") + " tried a wrong PIN"})
	}
	if changed {
		g.note(Event{Text: "Too many wrong PINs: there is a new PIN now"})
	}
	return err
}

// enter lets d in and returns its token. It is called with mu held and
// unlocks it.
func (g *Guard) enter(d *device, way Way) (token string) {
	news := d.Status != In
	if news {
		d.Way = way
		d.become(In)
		delete(g.refused, d.Addr)
	}
	event := Event{d.Addr, d.Name + " came in with the code"}
	if way == ByPIN {
		event.Text = d.Name + " came in with the PIN"
	}
	token = d.token
	g.mu.Unlock()
	if news {
		g.note(event)
	}
	return token
}

func (g *Guard) isBlocked(token string, v Visitor) bool {
	d := g.devices[token]
	return g.blocked[v.Addr] || d != nil && d.Status == Blocked
}
