package server

import (
	"context"
	"sync"
	"time"
)

// pace is the shortest time between two snapshots to one watcher.
const pace = 100 * time.Millisecond

// watcher is one goroutine that calls one function.
type watcher struct {
	wake   chan struct{} // holds one token while there is something new
	moving bool          // bytes that have moved are something new
}

// Watch calls f with the present state at once, and with a new one whenever
// something changed: from a goroutine of its own, never twice at a time, at
// most ten times a second, and always once after the last change.
//
// cancel calls f for what it has not heard of yet, ends it, and waits for that;
// so f must not call cancel, nor wait for somebody who does. Calling cancel again
// does nothing.
func (s *Server) Watch(f func(Snapshot)) (cancel func()) {
	return s.watchers.add(&watcher{moving: true}, func() { f(s.Snapshot()) })
}

// WatchRequests is Watch for whoever does not show how far transfers have come: f is
// not called while nothing but bytes moves. With thousands of transfers a snapshot
// takes as long as sending.
func (s *Server) WatchRequests(f func(Snapshot)) (cancel func()) {
	return s.watchers.add(new(watcher), func() { f(s.Snapshot()) })
}

// watchers are told when something has changed.
type watchers struct {
	all sync.Map // *watcher → struct{}
}

// add is Watch for whoever needs no snapshot.
func (ws *watchers) add(w *watcher, f func()) (cancel func()) {
	w.wake = make(chan struct{}, 1)
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	w.wake <- struct{}{}
	ws.all.Store(w, struct{}{})
	go func() {
		defer close(done)
		w.run(ctx, f)
	}()
	return func() {
		ws.all.Delete(w)
		stop()
		<-done
	}
}

func (w *watcher) run(ctx context.Context, call func()) {
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case <-w.wake:
			call()
			rest(ctx)
		}
	}
	select {
	case <-w.wake: // in the last moment, such as by Stop
		call()
	default:
	}
}

// rest returns after a pace, or once ctx is done.
func rest(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-time.After(pace):
	}
}

// changed tells all watchers that there is something new. It never blocks:
// requests call it.
func (ws *watchers) changed() { ws.tell(func(*watcher) bool { return true }) }

// moved tells those who show that, likewise, that bytes have moved.
func (ws *watchers) moved() { ws.tell(func(w *watcher) bool { return w.moving }) }

func (ws *watchers) tell(whom func(*watcher) bool) {
	ws.all.Range(func(key, _ any) bool {
		if w := key.(*watcher); whom(w) {
			select {
			case w.wake <- struct{}{}:
			default:
			}
		}
		return true
	})
}
