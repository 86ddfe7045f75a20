package server

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"windowsill/server/lan"
	"windowsill/server/reach"
)

// Obstacle is what keeps devices from a share, as far as this computer knows.
type Obstacle = reach.Obstacle

// watchman looks again and again what keeps devices from a run.
type watchman struct {
	look   func(context.Context, reach.Port) Obstacle // nil looks never
	found  atomic.Pointer[Obstacle]
	latest reach.Port // of the goroutine that tends the run
	at     time.Time  // likewise: when it looked last

	opened atomic.Pointer[string] // the command that was run to open a firewall; nil if none was
	hurry  chan struct{}          // says to look again at once
	asking sync.Mutex             // held while the system asks for a password
}

// again is how often it looks while there is something in the way: the owner
// may be about to remove it.
const again = 5 * time.Second

// watch looks if the address has changed, or if there was something in the way.
// It reports whether anything has changed.
func (w *watchman) watch(ctx context.Context, p reach.Port) (changed bool) {
	before := w.obstacle()
	due := p != w.latest || before != (Obstacle{}) && time.Since(w.at) >= again
	if w.look == nil || !due {
		return false
	}
	found := Obstacle{}
	if p.Addr.IsValid() {
		ctx, cancel := context.WithTimeout(ctx, again)
		defer cancel()
		found = w.look(ctx, p)
	}
	if opened := w.opened.Load(); opened != nil && found.Command == *opened && !found.Sure {
		found = Obstacle{Silent: found.Silent} // its rules are not to be seen, but this one is ours
	}
	w.latest, w.at = p, time.Now()
	w.found.Store(&found)
	return found != before
}

// obstacle returns what was found last.
func (w *watchman) obstacle() Obstacle {
	if o := w.found.Load(); o != nil {
		return *o
	}
	return Obstacle{}
}

// allow opens the firewall that was found, if it can, and lets the watchman
// look again.
func (w *watchman) allow(ctx context.Context) error {
	o := w.obstacle()
	if !o.CanAllow || !w.asking.TryLock() {
		return nil
	}
	defer w.asking.Unlock()
	done, err := reach.Allow(ctx, o)
	if done {
		w.opened.Store(&o.Command)
	}
	w.rush()
	return err
}

// rush lets the watchman look at once.
func (w *watchman) rush() {
	select {
	case w.hurry <- struct{}{}:
	default:
	}
}

// portToReach is what devices have to reach: the first of the links, if it leads
// anywhere.
func (r *run) portToReach() reach.Port {
	at := r.place.addresses()
	if len(at) == 0 || at[0].Kind == lan.Loopback {
		return reach.Port{}
	}
	return reach.Port{Number: r.port, Addr: at[0].Addr, Interface: at[0].Interface}
}

// tendReach looks after the way to a run until it ends. It is apart from tend
// because what it asks may take seconds.
func (s *Server) tendReach(r *run) {
	tick := time.NewTicker(again)
	defer tick.Stop()
	for {
		if r.watchman.watch(r.closing, r.portToReach()) {
			s.changed()
		}
		select {
		case <-r.closing.Done():
			return
		case <-r.watchman.hurry:
			r.watchman.at = time.Time{}
		case <-tick.C:
		}
	}
}
