package receive

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

const (
	mostAtOnce    = 32 // files that come in at the same time
	mostPerSender = 24 // of one device, so that the others find a place
	mostWaiting   = 512
	longestWait   = 45 * time.Second // shorter than connections may stand still
)

// ErrCrowded says that too many files were coming in for too long.
var ErrCrowded = errors.New("too many files at once")

// queue lets in so many at once and makes the rest wait for their turn.
type queue struct {
	mu      sync.Mutex
	running int               // guarded by mu
	of      map[senderKey]int // running ones of each sender; guarded by mu
	waiting []*ticket         // first come, first served; guarded by mu
}

// ticket is a place in the queue.
type ticket struct {
	who   senderKey
	ready chan struct{} // closed when its turn has come
}

// enter returns when it is somebody's turn, or why not: [ErrCrowded], or the
// error of ctx. Whoever got in calls leave.
func (q *queue) enter(ctx context.Context, who senderKey) (leave func(), err error) {
	t := &ticket{who: who, ready: make(chan struct{})}
	q.mu.Lock()
	if len(q.waiting) >= mostWaiting {
		q.mu.Unlock()
		return nil, ErrCrowded
	}
	q.waiting = append(q.waiting, t)
	q.admit()
	q.mu.Unlock()

	patience := time.NewTimer(longestWait)
	defer patience.Stop()
	select {
	case <-t.ready:
		return func() { q.leave(who) }, nil
	case <-ctx.Done():
		err = ctx.Err()
	case <-patience.C:
		err = ErrCrowded
	}
	q.giveUp(t)
	return nil, err
}

// admit lets in whoever may; called with mu held.
func (q *queue) admit() {
	if q.of == nil {
		q.of = map[senderKey]int{}
	}
	q.waiting = slices.DeleteFunc(q.waiting, func(t *ticket) bool {
		if q.running >= mostAtOnce || q.of[t.who] >= mostPerSender {
			return false
		}
		q.running++
		q.of[t.who]++
		close(t.ready)
		return true
	})
}

func (q *queue) leave(who senderKey) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.running--
	if q.of[who]--; q.of[who] == 0 {
		delete(q.of, who)
	}
	q.admit()
}

// giveUp takes a ticket back, also if its turn came at this very moment.
func (q *queue) giveUp(t *ticket) {
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
