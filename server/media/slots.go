package media

import (
	"container/list"
	"context"
	"slices"
	"sync"
)

// slots is a semaphore for work on keys that callers want. Callers are served in
// turn, whatever they want; of what one of them wants, the newest and the oldest
// in turn: the newest because what was asked for last is on the screen now, and
// the oldest so that nothing waits forever. With n keys waiting, none is overtaken
// by more than n others of its caller. A caller who has no slot may have one of a
// few more, so that it need not wait until others end something slow.
type slots struct {
	most, reserve int // slots; those for callers who have none

	mu      sync.Mutex
	taken   int                // guarded by mu
	held    map[string]int     // slots by caller; guarded by mu
	wanted  map[string][]*want // by key; guarded by mu
	waiting map[string]*waiter // by key; guarded by mu
	lines   []*line            // of callers for whom something waits, who is next first; guarded by mu
}

// want is that of one caller for one key.
type want struct{ caller string }

// waiter is work on one key that waits for a slot.
type waiter struct {
	key string
	got chan string // gets the caller for whom it has a slot
}

// line is what waits for one caller.
type line struct {
	caller string
	keys   list.List                // of string, the newest in front
	at     map[string]*list.Element // in keys
	oldest bool                     // the oldest is next
}

func (l *line) drop(key string) {
	if at := l.at[key]; at != nil {
		l.keys.Remove(at)
		delete(l.at, key)
	}
}

func newSlots(n int) *slots {
	return &slots{most: n, reserve: (n + 1) / 2, held: map[string]int{}, wanted: map[string][]*want{}, waiting: map[string]*waiter{}}
}

// want says that a caller wants the work on a key, until it calls the function
// that is returned. It makes it the newest of what the caller wants.
func (s *slots) want(caller, key string) (unwant func()) {
	one := &want{caller}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wanted[key] = append(s.wanted[key], one)
	if s.waiting[key] != nil {
		s.stand(caller, key)
		s.admit()
	}
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		left := slices.DeleteFunc(s.wanted[key], func(o *want) bool { return o == one })
		if s.wanted[key] = left; len(left) == 0 {
			delete(s.wanted, key)
		}
		if !slices.ContainsFunc(left, func(o *want) bool { return o.caller == caller }) {
			if l := s.lineOf(caller); l != nil {
				l.drop(key)
			}
		}
	}
}

// acquire waits for a slot to work on a key that somebody wants. Unless it
// returns ctx's error, the caller calls release.
func (s *slots) acquire(ctx context.Context, key string) (release func(), err error) {
	w := &waiter{key, make(chan string, 1)}
	s.mu.Lock()
	s.waiting[key] = w
	for _, one := range s.wanted[key] {
		s.stand(one.caller, key)
	}
	s.admit()
	s.mu.Unlock()

	select {
	case caller := <-w.got:
		return func() { s.release(caller) }, nil
	case <-ctx.Done():
	}
	s.mu.Lock()
	if s.waiting[key] == w {
		delete(s.waiting, key)
	}
	s.mu.Unlock()
	select {
	case caller := <-w.got: // at this very moment
		s.release(caller)
	default:
	}
	return nil, ctx.Err()
}

func (s *slots) release(caller string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.taken--
	if s.held[caller]--; s.held[caller] == 0 {
		delete(s.held, caller)
	}
	s.admit()
}

// stand makes a key the newest that waits for a caller; called with mu held.
func (s *slots) stand(caller, key string) {
	l := s.lineOf(caller)
	if l == nil {
		l = &line{caller: caller, at: map[string]*list.Element{}}
		s.lines = append(s.lines, l)
	}
	l.drop(key)
	l.at[key] = l.keys.PushFront(key)
}

// lineOf returns the line of a caller; nil if nothing waits for it. It is called
// with mu held.
func (s *slots) lineOf(caller string) *line {
	for _, l := range s.lines {
		if l.caller == caller {
			return l
		}
	}
	return nil
}

// admit gives slots to those who are next; called with mu held.
func (s *slots) admit() {
	for i := 0; i < len(s.lines); {
		l := s.lines[i]
		key, ok := s.next(l)
		if ok && !s.mayTake(l.caller) {
			i++
			continue
		}
		s.lines = slices.Delete(s.lines, i, i+1)
		if !ok {
			continue
		}
		s.taken++
		s.held[l.caller]++
		s.waiting[key].got <- l.caller
		delete(s.waiting, key)
		l.drop(key)
		l.oldest = !l.oldest
		s.lines = append(s.lines, l)
	}
}

// mayTake reports whether there is a slot for a caller; called with mu held.
func (s *slots) mayTake(caller string) bool {
	return s.taken < s.most || s.held[caller] == 0 && s.taken < s.most+s.reserve
}

// next returns which key in a line is next; called with mu held.
func (s *slots) next(l *line) (key string, ok bool) {
	for at := l.keys.Front(); at != nil; at = l.keys.Front() {
		if l.oldest {
			at = l.keys.Back()
		}
		if key = at.Value.(string); s.waiting[key] != nil {
			return key, true
		}
		l.drop(key) // another caller's turn, or nobody's any more
	}
	return "", false
}
