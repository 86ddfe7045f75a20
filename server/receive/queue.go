package receive

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

const (
	maxAtOnce    = 32 // files that come in at the same time
	maxPerDevice = 24 // of them, so that other devices get a turn
	maxWaiting   = 512
	maxWait      = 45 * time.Second // less than a connection may stall
)

// ErrCrowded says that too many files are coming in at once.
var ErrCrowded = errors.New("too many files at once")

// queue is a semaphore that serves in order, with a limit for each device.
type queue struct {
	mu      sync.Mutex
	running int               // guarded by mu
	of      map[deviceKey]int // running ones of each device; guarded by mu
	waiting []*waiter         // first come, first served; guarded by mu
}

// waiter is one who waits for a turn.
type waiter struct {
	who   deviceKey
	ready chan struct{} // closed when the turn has come
}

// enter waits for a turn. The error is [ErrCrowded] or that of ctx; otherwise the
// caller calls leave.
func (q *queue) enter(ctx context.Context, who deviceKey) (leave func(), err error) {
	t := &waiter{who: who, ready: make(chan struct{})}
	q.mu.Lock()
	if len(q.waiting) >= maxWaiting {
		q.mu.Unlock()
		return nil, ErrCrowded
	}
	q.waiting = append(q.waiting, t)
	q.admit()
	q.mu.Unlock()

	timeout := time.NewTimer(maxWait)
	defer timeout.Stop()
	select {
	case <-t.ready:
		return func() { q.leave(who) }, nil
	case <-ctx.Done():
		err = ctx.Err()
	case <-timeout.C:
		err = ErrCrowded
	}
	q.giveUp(t)
	return nil, err
}

// admit gives turns to those who may have one; called with mu held.
func (q *queue) admit() {
	if q.of == nil {
		q.of = map[deviceKey]int{}
	}
	q.waiting = slices.DeleteFunc(q.waiting, func(t *waiter) bool {
		if q.running >= maxAtOnce || q.of[t.who] >= maxPerDevice {
			return false
		}
		q.running++
		q.of[t.who]++
		close(t.ready)
		return true
	})
}

func (q *queue) leave(who deviceKey) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.running--
	if q.of[who]--; q.of[who] == 0 {
		delete(q.of, who)
	}
	q.admit()
}

// giveUp removes a waiter, or gives its turn back if that came just now.
func (q *queue) giveUp(t *waiter) {
	q.mu.Lock()
	i := slices.Index(q.waiting, t)
	if i >= 0 {
		q.waiting = slices.Delete(q.waiting, i, i+1)
	}
	q.mu.Unlock()
	if i < 0 {
		q.leave(t.who)
	}
}
