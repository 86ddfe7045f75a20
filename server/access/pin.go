package access

import (
	"crypto/rand"
	"crypto/subtle"
	"fmt"
	"math/big"
	"net/netip"
	"time"
)

const (
	freeGuesses  = 5                // wrong ones of one address before it has to wait
	floodAfter   = 50               // wrong ones in all before the PIN changes
	firstPause   = 30 * time.Second // doubles with each further wrong one
	longestPause = time.Hour
	forgetAfter  = 2 * time.Hour // wrong guesses older than that count no more
	mostGuessers = 1000          // addresses remembered
)

// PIN is six digits for those who cannot scan, and what became of it.
type PIN struct {
	Digits  string
	Flooded time.Time // when it was last changed because of wrong guesses; zero if never
}

// PIN returns the present PIN.
func (g *Guard) PIN() PIN {
	g.mu.RLock()
	defer g.mu.RUnlock()
	return PIN{g.pin.digits, g.pin.flooded}
}

// pin is a PIN with a brake on guessing. It is guarded by its guard's lock.
type pin struct {
	digits  string
	flooded time.Time
	all     guesses
	by      map[netip.Addr]guesses // by address; an IPv6 network counts as one
}

// guesses counts wrong ones.
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

// try compares a PIN. It reports whether the PIN was changed because this was
// one wrong guess too many. The answer takes the same time for every wrong PIN.
func (p *pin) try(digits string, from netip.Addr, now time.Time) (changed bool, err error) {
	from = network(from)
	mine := p.by[from].forgiven(now)
	all := p.all.forgiven(now)
	until := later(mine.pausedUntil(freeGuesses), all.pausedUntil(floodAfter))
	if now.Before(until) {
		return false, &WaitError{Until: until}
	}
	if subtle.ConstantTimeCompare([]byte(digits), []byte(p.digits)) == 1 {
		delete(p.by, from)
		return false, nil
	}
	if p.by == nil || len(p.by) >= mostGuessers {
		p.by = map[netip.Addr]guesses{} // the count of all still holds
	}
	p.by[from] = guesses{mine.wrong + 1, now}
	p.all = guesses{all.wrong + 1, now}
	if p.all.wrong >= floodAfter {
		p.digits, p.flooded = newPIN(), now
		return true, ErrWrongPIN
	}
	return false, ErrWrongPIN
}

// pausedUntil returns when the next guess is heard, if so many are free.
func (g guesses) pausedUntil(free int) time.Time {
	over := g.wrong - free
	if over < 0 {
		return time.Time{}
	}
	pause := longestPause
	if over < 7 {
		pause = min(pause, firstPause<<over)
	}
	return g.last.Add(pause)
}

// forgiven returns g, or none if they are long past.
func (g guesses) forgiven(now time.Time) guesses {
	if now.Sub(g.last) > forgetAfter {
		return guesses{}
	}
	return g
}

// network returns what one device may have many addresses in: for IPv6 its
// network of 64 bits, for IPv4 the address itself.
func network(a netip.Addr) netip.Addr {
	if a.Is4() {
		return a
	}
	if p, err := a.WithZone("").Prefix(64); err == nil {
		return p.Addr()
	}
	return a
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
