package server

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"windowsill/server/reach"
)

// Obstacle is what keeps devices from a share, as far as this computer knows.
type Obstacle = reach.Obstacle

// firewallMonitor checks again and again what keeps devices from a run.
type firewallMonitor struct {
	check  func(context.Context, reach.Port) Obstacle // nil if nothing is to be examined
	found  atomic.Pointer[Obstacle]                   // at the last check
	opened atomic.Pointer[string]                     // the command that has opened a firewall; nil if none has
	soon   chan struct{}                              // holds a token while a check is due at once
	asking sync.Mutex                                 // held while the system asks for a password

	port reach.Port // that was checked last; of the goroutine that runs the monitor
	at   time.Time  // when that was; likewise
}

func newFirewallMonitor(check func(context.Context, reach.Port) Obstacle) *firewallMonitor {
	return &firewallMonitor{check: check, soon: make(chan struct{}, 1)}
}

// recheckAfter is how often it checks while there is something in the way: the
// owner may be about to remove it.
const recheckAfter = 5 * time.Second

// run checks until ctx is done, and tells whenever something has changed. What
// it asks may take seconds.
func (m *firewallMonitor) run(ctx context.Context, port func() reach.Port, changed func()) {
	tick := time.NewTicker(recheckAfter)
	defer tick.Stop()
	for {
		if m.update(ctx, port()) {
			changed()
		}
		select {
		case <-ctx.Done():
			return
		case <-m.soon:
			m.at = time.Time{}
		case <-tick.C:
		}
	}
}

// update checks if the port has changed, or if there was something in the way.
// It reports whether what is in the way has changed.
func (m *firewallMonitor) update(ctx context.Context, p reach.Port) (changed bool) {
	before := m.obstacle()
	due := p != m.port || before != (Obstacle{}) && time.Since(m.at) >= recheckAfter
	if m.check == nil || !due {
		return false
	}
	found := Obstacle{}
	if p.Addr.IsValid() {
		ctx, cancel := context.WithTimeout(ctx, recheckAfter)
		defer cancel()
		found = m.check(ctx, p)
	}
	if opened := m.opened.Load(); opened != nil && found.Command == *opened && !found.Sure {
		found = Obstacle{Silent: found.Silent} // It hides its rules, but this one is ours.
	}
	m.port, m.at = p, time.Now()
	m.found.Store(&found)
	return found != before
}

// obstacle returns what was found last.
func (m *firewallMonitor) obstacle() Obstacle {
	if o := m.found.Load(); o != nil {
		return *o
	}
	return Obstacle{}
}

// allow opens the firewall that was found, if it can, and has it checked again.
func (m *firewallMonitor) allow(ctx context.Context) error {
	o := m.obstacle()
	if !o.CanAllow || !m.asking.TryLock() {
		return nil
	}
	defer m.asking.Unlock()
	done, err := reach.Allow(ctx, o)
	if done {
		m.opened.Store(&o.Command)
	}
	m.checkSoon()
	return err
}

// checkSoon lets run check at once.
func (m *firewallMonitor) checkSoon() {
	select {
	case m.soon <- struct{}{}:
	default:
	}
}
