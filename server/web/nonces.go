package web

import (
	"sync"
	"time"
)

const (
	// nonceLife is how long a nonce is good after it was made or last used.
	nonceLife = time.Hour
	maxNonces = 1000
)

// nonces knows how often each nonce was used, so that nobody can send a request
// again that they have overheard. Only right ones get here, so no stranger can
// fill it. The zero value is ready.
type nonces struct {
	mu    sync.Mutex
	used  map[string]*nonceUse // guarded by mu
	floor time.Time            // all nonces made until then are forgotten; guarded by mu
}

// nonceUse is how a nonce was used.
type nonceUse struct {
	made, last time.Time
	top        uint64 // the highest count so far
	below      uint64 // bit i: top-i was used
}

// isFresh reports whether a nonce that was made at a time is still good.
func (n *nonces) isFresh(nonce string, made, now time.Time) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.isGood(nonce, made, now)
}

// isGood is called with mu held.
func (n *nonces) isGood(nonce string, made, now time.Time) bool {
	if u := n.used[nonce]; u != nil {
		return now.Sub(u.last) < nonceLife
	}
	return now.Sub(made) < nonceLife && made.After(n.floor)
}

// use counts a use of a nonce. It reports whether that is good, and the first use
// with this count. Requests may overtake each other.
func (n *nonces) use(nonce string, made time.Time, count uint64, now time.Time) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if !n.isGood(nonce, made, now) {
		return false
	}
	u := n.used[nonce]
	if u == nil {
		n.makeRoom(now)
		u = &nonceUse{made: made}
		n.used[nonce] = u
	}
	if count > u.top {
		u.below <<= count - u.top
		u.top = count
	}
	bit := uint64(1) << (u.top - count) // none if it is too far below
	if bit == 0 || u.below&bit != 0 {
		return false
	}
	u.below |= bit
	u.last = now
	return true
}

// makeRoom forgets old nonces if there are too many; called with mu held. Those
// that were made before one that would still be good are then no longer good.
func (n *nonces) makeRoom(now time.Time) {
	if n.used == nil {
		n.used = map[string]*nonceUse{}
	}
	if len(n.used) < maxNonces {
		return
	}
	oldest, of := "", (*nonceUse)(nil)
	for nonce, u := range n.used {
		if now.Sub(u.last) >= nonceLife {
			delete(n.used, nonce)
		} else if of == nil || u.last.Before(of.last) {
			oldest, of = nonce, u
		}
	}
	if len(n.used) >= maxNonces {
		delete(n.used, oldest)
		if of.made.After(n.floor) {
			n.floor = of.made
		}
	}
}
