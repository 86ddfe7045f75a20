package receive

import (
	"context"
	"errors"
	"net/netip"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

const (
	maxAtOnce    = 32 // files that come in at the same time
	maxNewcomers = 32 // beyond these, of addresses from which nothing comes in yet
	maxOfOne     = 24 // that one device, or one address, sends at the same time
	maxWaiting   = 512
	maxOfOneWait = 256              // of those who wait, one device or address
	maxWait      = 45 * time.Second // less than a connection may stall
)

// What keeps a place while others wait: so many bytes a second, on average
// over so long.
const (
	minSpeed = 1 << 10
	minSpan  = 30 * time.Second
)

var (
	// ErrCrowded says that too many files are coming in at once.
	ErrCrowded = errors.New("too many files at once")
	// ErrSlow says that a file came in too slowly while others waited.
	ErrSlow = errors.New("the file came in too slowly")
)

// sender is whose files count together: those of one device, and those of one
// group of addresses, since a program may give itself out as many devices.
type sender struct {
	id   uint64     // of the device; 0 if it has none
	addr netip.Addr // as which the device's address counts
}

// tally counts by device and by address.
type tally struct {
	ids   map[uint64]int
	addrs map[netip.Addr]int
}

func newTally() tally { return tally{map[uint64]int{}, map[netip.Addr]int{}} }

func (t tally) add(s sender, n int) {
	if s.id != 0 {
		addTo(t.ids, s.id, n)
	}
	addTo(t.addrs, s.addr, n)
}

func addTo[K comparable](counts map[K]int, k K, n int) {
	if counts[k] += n; counts[k] == 0 {
		delete(counts, k)
	}
}

// of returns how many count together with those of s.
func (t tally) of(s sender) int { return max(t.ids[s.id], t.addrs[s.addr]) }

// queue is a semaphore that serves in order, with limits for each device and
// address. Whoever has a turn and hardly sends anything loses it to those who
// wait.
type queue struct {
	mu      sync.Mutex
	running map[*turn]struct{} // guarded by mu
	of      tally              // of running; guarded by mu
	waiting []*turn            // first come, first served; guarded by mu
	waits   tally              // of waiting; guarded by mu
}

func newQueue() *queue {
	return &queue{running: map[*turn]struct{}{}, of: newTally(), waits: newTally()}
}

// turn is one file that comes in, or waits to.
type turn struct {
	queue *queue
	who   sender
	ready chan struct{} // closed when it may come in
	lost  atomic.Bool   // another one has its place

	interrupt func() // see Device.Interrupt; called with queue.mu held, and never after leave

	since time.Time // when counting began; guarded by queue.mu
	bytes int64     // that came since; guarded by queue.mu
}

// enter waits for a turn. Interrupt is called if it is lost. The error is [ErrCrowded] or that of ctx; otherwise the
// caller calls leave.
func (q *queue) enter(ctx context.Context, who sender, interrupt func()) (*turn, error) {
	t := &turn{queue: q, who: who, interrupt: interrupt, ready: make(chan struct{})}
	q.mu.Lock()
	if len(q.waiting) >= maxWaiting || q.waits.of(who) >= maxOfOneWait {
		q.mu.Unlock()
		return nil, ErrCrowded
	}
	q.waiting = append(q.waiting, t)
	q.waits.add(who, 1)
	q.admit()
	q.mu.Unlock()
	if err := t.wait(ctx); err != nil {
		q.giveUp(t)
		return nil, err
	}
	return t, nil
}

// wait waits until the file may come in, and meanwhile takes their places from
// those that are too slow.
func (t *turn) wait(ctx context.Context) error {
	select {
	case <-t.ready: // at once, as almost always
		return nil
	default:
	}
	timeout := time.NewTimer(maxWait)
	defer timeout.Stop()
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-t.ready:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		case <-timeout.C:
			return ErrCrowded
		case now := <-tick.C:
			t.queue.evict(now)
		}
	}
}

// admit gives turns to those who may have one; called with mu held.
func (q *queue) admit() {
	q.waiting = slices.DeleteFunc(q.waiting, func(t *turn) bool {
		of := q.of.of(t.who)
		room := maxAtOnce
		if of == 0 {
			room += maxNewcomers
		}
		if len(q.running) >= room || of >= maxOfOne {
			return false
		}
		t.since = time.Now()
		q.running[t] = struct{}{}
		q.of.add(t.who, 1)
		q.waits.add(t.who, -1)
		close(t.ready)
		return true
	})
}

// evict takes their places from those that are too slow.
func (q *queue) evict(now time.Time) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for t := range q.running {
		if now.Sub(t.since) >= minSpan && !t.keepsUp(now) {
			t.lost.Store(true)
			q.drop(t)
			if t.interrupt != nil {
				t.interrupt()
			}
		}
	}
	q.admit()
}

// keepsUp reports whether enough has come on average; called with queue.mu held.
func (t *turn) keepsUp(now time.Time) bool {
	return float64(t.bytes) >= minSpeed*now.Sub(t.since).Seconds()
}

// received counts what came. The error is [ErrSlow] if the place is lost.
func (t *turn) received(n int) error {
	if t.lost.Load() {
		return ErrSlow
	}
	now := time.Now()
	t.queue.mu.Lock()
	defer t.queue.mu.Unlock()
	t.bytes += int64(n)
	if now.Sub(t.since) >= minSpan && t.keepsUp(now) {
		t.since, t.bytes = now, 0 // what came long ago does not count
	}
	return nil
}

// drop is called with mu held.
func (q *queue) drop(t *turn) {
	if _, ok := q.running[t]; ok {
		delete(q.running, t)
		q.of.add(t.who, -1)
	}
}

// leave lets the next one have the place.
func (t *turn) leave() {
	q := t.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	q.drop(t)
	q.admit()
}

// giveUp removes one who waits, or gives its turn back if that came just now.
func (q *queue) giveUp(t *turn) {
	q.mu.Lock()
	i := slices.Index(q.waiting, t)
	if i >= 0 {
		q.waiting = slices.Delete(q.waiting, i, i+1)
		q.waits.add(t.who, -1)
	}
	q.mu.Unlock()
	if i < 0 {
		t.leave()
	}
}
