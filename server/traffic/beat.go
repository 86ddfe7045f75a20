package traffic

import "time"

const (
	// noise is how many bytes may move before looking begins: an open page that hears
	// now and then that nothing is new is no traffic.
	noise = 64 << 10
	// quietBeats is after how many seconds of nothing looking ends.
	quietBeats = 3
)

// heart looks once a second how far everything has come, from when something moves until
// nothing does. It is guarded by the Recorder's lock.
type heart struct {
	timer *time.Timer // nil while nobody looks
	moved int64       // bytes, at the last beat
	quiet int         // beats since something moved
}

// beat notes how much has moved, and reports whether to go on. busy says that transfers
// are running: a slow one may pause in between.
func (h *heart) beat(moved int64, busy bool) (goOn bool) {
	h.quiet++
	if moved != h.moved || busy {
		h.quiet = 0
	}
	h.moved = moved
	return h.quiet < quietBeats
}

// notice begins to look when enough has moved.
func (r *Recorder) notice() {
	if r.bytes.moved()-r.bytes.seen.Load() > noise {
		r.mu.Lock()
		r.startBeat()
		r.mu.Unlock()
	}
}

// startBeat is called with mu held.
func (r *Recorder) startBeat() {
	if r.heart.timer == nil {
		r.bytes.seen.Store(never)
		r.heart.timer = time.AfterFunc(time.Second, r.beat)
	}
}

// never is more than what will ever have moved.
const never = 1 << 62

// beat looks, ends the flows that have paused for too long, and comes again in a second
// if there is something to see.
func (r *Recorder) beat() {
	now := time.Now()
	r.mu.Lock()
	for e := range r.running.all {
		r.joinIfLong(e, now)
	}
	for f := range r.flows.active {
		f.look(now)
	}
	r.flows.endPaused(now)
	moved := r.bytes.moved()
	if r.heart.beat(moved, len(r.flows.active) > 0) {
		r.heart.timer.Reset(time.Second)
	} else {
		r.heart.timer = nil
		r.bytes.seen.Store(moved)
	}
	r.mu.Unlock()
	r.moved()
}
