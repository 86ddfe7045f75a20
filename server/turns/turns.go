// Package turns lets a number of callers do something at once, but of each only a
// share, so that one of them cannot shut out the others.
//
// golang.org/x/sync/semaphore (v0.24.0) serves in order, and so whoever asks more
// often before others.
package turns

import (
	"context"
	"slices"
	"sync"
)

// Turns are how many callers are let in at once, and how many of them of each: those
// who call more often wait behind themselves and not before others. They are safe
// for concurrent use.
type Turns struct {
	share int

	mu      sync.Mutex
	free    int
	taken   map[string]int // by caller; none is zero
	waiting []*turn        // who came first is first
}

type turn struct {
	caller string
	come   chan struct{} // closed when it has
}

// New returns so many turns, of which each caller gets at most a share.
func New(most, share int) *Turns {
	return &Turns{share: share, free: most, taken: map[string]int{}}
}

// Take waits for a turn, which the caller gives back unless there is an error.
// That is ctx's cause.
func (t *Turns) Take(ctx context.Context, caller string) error {
	own := &turn{caller, make(chan struct{})}
	t.mu.Lock()
	t.waiting = append(t.waiting, own)
	t.admit()
	t.mu.Unlock()
	select {
	case <-own.come:
		return nil
	case <-ctx.Done():
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if i := slices.Index(t.waiting, own); i >= 0 {
		t.waiting = slices.Delete(t.waiting, i, i+1)
		return context.Cause(ctx)
	}
	return nil // it came at the same moment
}

// Give gives back a turn that a caller has taken.
func (t *Turns) Give(caller string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.free++
	if t.taken[caller]--; t.taken[caller] == 0 {
		delete(t.taken, caller)
	}
	t.admit()
}

// admit lets in whom there is a turn for. t.mu is held.
func (t *Turns) admit() {
	t.waiting = slices.DeleteFunc(t.waiting, func(w *turn) bool {
		if t.free == 0 || t.taken[w.caller] >= t.share {
			return false
		}
		t.free--
		t.taken[w.caller]++
		close(w.come)
		return true
	})
}
