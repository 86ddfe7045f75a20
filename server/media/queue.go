package media

import (
	"container/list"
	"context"
	"sync"
)

// queue lets a number of people work at once, and of those who wait the one
// who asked last: what a reader asked for last is on the screen now, while
// what was asked for first may have been scrolled away.
type queue struct {
	mu      sync.Mutex
	free    int
	waiting list.List // of *ticket; the front is next
}

// ticket is a place in a queue, used once.
type ticket struct {
	turn chan struct{} // closed when it has come
	at   *list.Element // guarded by the queue; nil while it does not wait
}

func newQueue(workers int) *queue { return &queue{free: workers} }

func newTicket() ticket { return ticket{turn: make(chan struct{})} }

// enter waits for its turn. Unless it returns ctx's error, the caller leaves.
func (q *queue) enter(ctx context.Context, t *ticket) error {
	q.mu.Lock()
	if q.free > 0 {
		q.free--
		q.mu.Unlock()
		return nil
	}
	t.at = q.waiting.PushFront(t)
	q.mu.Unlock()

	select {
	case <-t.turn:
		return nil
	case <-ctx.Done():
	}
	if !q.forget(t) {
		q.leave() // the turn came at the same moment
	}
	return ctx.Err()
}

// forget takes a ticket out of the queue, if it still waits.
func (q *queue) forget(t *ticket) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if t.at == nil {
		return false
	}
	q.waiting.Remove(t.at)
	t.at = nil
	return true
}

// raise makes a waiting ticket the next.
func (q *queue) raise(t *ticket) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if t.at != nil {
		q.waiting.MoveToFront(t.at)
	}
}

// leave gives the turn to the next.
func (q *queue) leave() {
	q.mu.Lock()
	defer q.mu.Unlock()
	front := q.waiting.Front()
	if front == nil {
		q.free++
		return
	}
	next := q.waiting.Remove(front).(*ticket)
	next.at = nil
	close(next.turn)
}
