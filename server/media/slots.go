package media

import (
	"container/list"
	"context"
	"sync"
)

// slots is a semaphore that serves the newest and the oldest in turn: the newest
// because what was asked for last is on the screen now, and the oldest so that
// nobody waits forever. With n waiting, none is overtaken more than n times.
type slots struct {
	mu      sync.Mutex
	free    int       // guarded by mu
	waiting list.List // of *waiter, newest in front; guarded by mu
	oldest  bool      // the oldest is next; guarded by mu
}

// waiter is one who waits for a slot.
type waiter struct {
	key string
	got chan struct{} // closed when it has a slot
}

func newSlots(n int) *slots { return &slots{free: n} }

// acquire waits for a slot. Unless it returns ctx's error, the caller calls
// release.
func (s *slots) acquire(ctx context.Context, key string) error {
	s.mu.Lock()
	if s.free > 0 {
		s.free--
		s.mu.Unlock()
		return nil
	}
	w := &waiter{key, make(chan struct{})}
	at := s.waiting.PushFront(w)
	s.mu.Unlock()

	select {
	case <-w.got:
		return nil
	case <-ctx.Done():
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case <-w.got: // at this very moment
		s.pass()
	default:
		s.waiting.Remove(at)
	}
	return ctx.Err()
}

// promote makes whoever waits for this key the newest.
func (s *slots) promote(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for at := s.waiting.Front(); at != nil; at = at.Next() {
		if at.Value.(*waiter).key == key {
			s.waiting.MoveToFront(at)
			return
		}
	}
}

func (s *slots) release() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pass()
}

// pass gives a slot to the next; called with mu held.
func (s *slots) pass() {
	next := s.waiting.Front()
	if next == nil {
		s.free++
		return
	}
	if s.oldest {
		next = s.waiting.Back()
	}
	s.oldest = !s.oldest
	close(s.waiting.Remove(next).(*waiter).got)
}
