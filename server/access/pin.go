package access

import (
	"crypto/rand"
	"fmt"
	"math/big"
	"net/netip"
	"time"
)

const (
	freeGuesses = 5                // wrong PINs of one address before it has to wait
	floodAfter  = 50               // wrong PINs in all before the PIN changes
	firstPause  = 30 * time.Second // doubles with each further wrong PIN
	maxPause    = time.Hour
	forgetAfter = 2 * time.Hour // without wrong PINs, after which the count starts anew
	maxGuessers = 1000          // addresses remembered
)

// PIN is six digits for those who cannot scan the code.
type PIN struct {
	Digits  string
	Flooded time.Time // when too many wrong ones last changed it; zero if never
}

// PIN returns the current PIN.
func (g *Guard) PIN() PIN {
	g.mu.RLock()
	defer g.mu.RUnlock()
	return PIN{g.pin.digits, g.pin.flooded}
}

// pin is a PIN with a rate limit on guesses. It is guarded by its guard's mu.
type pin struct {
	digits  string
	flooded time.Time
	all     guesses
	by      map[netip.Addr]guesses // by DeviceInfo.group
}

// guesses counts wrong PINs.
type guesses struct {
	wrong int
	last  time.Time
}

// newPIN returns six random digits.
func newPIN() string {
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		panic(err) // crypto/rand.Reader never fails
	}
	return fmt.Sprintf("%06d", n)
}

// try asks whether somebody knows the PIN. From is the guesser's group. It reports
// whether there is a new PIN because this was one wrong guess too many.
func (p *pin) try(proof Proof, from netip.Addr, now time.Time) (changed bool, err error) {
	mine := p.by[from].unlessOld(now)
	all := p.all.unlessOld(now)
	until := later(mine.pausedUntil(freeGuesses), all.pausedUntil(floodAfter))
	if now.Before(until) {
		return false, &WaitError{Until: until}
	}
	if proof(p.digits) {
		delete(p.by, from)
		return false, nil
	}
	if p.by == nil || len(p.by) >= maxGuessers {
		p.by = map[netip.Addr]guesses{} // all still counts
	}
	p.by[from] = guesses{mine.wrong + 1, now}
	p.all = guesses{all.wrong + 1, now}
	if p.all.wrong >= floodAfter {
		p.digits, p.flooded = newPIN(), now
		return true, ErrWrongPIN
	}
	return false, ErrWrongPIN
}

// mustWait reports whether a group has to wait because of wrong PINs of its own.
func (p *pin) mustWait(from netip.Addr, now time.Time) bool {
	return now.Before(p.by[from].unlessOld(now).pausedUntil(freeGuesses))
}

// pausedUntil returns when the next guess is allowed, if the first free ones
// always are.
func (g guesses) pausedUntil(free int) time.Time {
	over := g.wrong - free
	if over < 0 {
		return time.Time{}
	}
	pause := maxPause
	if over < 7 {
		pause = min(pause, firstPause<<over)
	}
	return g.last.Add(pause)
}

// unlessOld returns g, or no guesses if the last was long ago.
func (g guesses) unlessOld(now time.Time) guesses {
	if now.Sub(g.last) > forgetAfter {
		return guesses{}
	}
	return g
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
