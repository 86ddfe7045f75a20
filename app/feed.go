package app

import (
	"sync"
	"time"

	"windowsill/server"
)

// feedEvery is the shortest time between two drawings of one state. More would only
// cost memory: Fyne keeps every text that it has drawn for a minute.
const feedEvery = 200 * time.Millisecond

// feed carries snapshots from the server's goroutine to Fyne's. Only the newest
// counts, and never more than one waits, because Fyne's queue has no limit.
type feed struct {
	onUI func(func())
	draw func(server.Snapshot)

	cancel func() // of the server's Watch; nil before start

	mu     sync.Mutex
	newest server.Snapshot // guarded by mu, as all below
	queued bool            // newest will be drawn
	timer  *time.Timer     // that will pass it to Fyne; nil if Fyne has it
	drawn  time.Time
	closed bool
}

func newFeed(onUI func(func()), draw func(server.Snapshot)) *feed {
	return &feed{onUI: onUI, draw: draw}
}

// start watches a server.
func (f *feed) start(e Engine) { f.cancel = e.Watch(f.offer) }

// offer takes a snapshot from any goroutine and returns at once.
func (f *feed) offer(s server.Snapshot) {
	f.mu.Lock()
	defer f.mu.Unlock()
	urgent := s.State != f.newest.State || s.Policy != f.newest.Policy
	f.newest = s
	if f.closed || f.queued && (!urgent || f.timer == nil || !f.timer.Stop()) {
		return
	}
	f.queued, f.timer = true, nil
	if wait := feedEvery - time.Since(f.drawn); wait > 0 && !urgent {
		f.timer = time.AfterFunc(wait, f.passOn)
		return
	}
	f.onUI(f.flush)
}

func (f *feed) passOn() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.timer = nil
	f.onUI(f.flush)
}

// flush draws the newest snapshot. It runs on Fyne's goroutine.
func (f *feed) flush() {
	f.mu.Lock()
	s, closed := f.newest, f.closed
	f.queued, f.drawn = false, time.Now()
	f.mu.Unlock()
	if !closed {
		f.draw(s)
	}
}

// close makes sure that nothing is drawn any more. It reports whether this is the
// first call.
func (f *feed) close() bool {
	f.mu.Lock()
	first := !f.closed
	f.closed = true
	if f.timer != nil {
		f.timer.Stop()
	}
	f.mu.Unlock()
	if first && f.cancel != nil {
		f.cancel() // waits for offer, which takes the lock
	}
	return first
}
