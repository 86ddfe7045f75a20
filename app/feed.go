package app

import (
	"sync"
	"time"

	"windowsill/server"
)

// feedEvery is the shortest time between two drawings of the same state. More
// would only cost memory: Fyne keeps every text it has drawn for a minute.
const feedEvery = 200 * time.Millisecond

// feed carries snapshots from the server's goroutine to Fyne's. Only the
// newest counts, and never more than one waits: Fyne's queue has no bound.
type feed struct {
	onUI func(func())
	draw func(server.Snapshot)

	mu     sync.Mutex
	newest server.Snapshot // guarded by mu, as all below
	queued bool            // newest will be drawn
	timer  *time.Timer     // that will queue it; nil if it is in Fyne's queue
	drawn  time.Time
	closed bool
}

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
		f.timer = time.AfterFunc(wait, f.enqueue)
		return
	}
	f.onUI(f.flush)
}

func (f *feed) enqueue() {
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

// close makes sure that nothing is drawn any more.
func (f *feed) close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.closed = true
	if f.timer != nil {
		f.timer.Stop()
	}
}
