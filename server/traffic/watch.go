package traffic

import (
	"sync"
	"time"
)

// patience is how many times as long nothing may move while the other side's system
// has no room but answers: its program may yet read. A system has megabytes of room,
// and says that some is free only once that is a good part of it; a program that keeps
// to a rate may read several hundred kilobytes at once, and then rest.
const patience = 5

// watches look at the send queues of long answers from time to time. The system
// wakes a writer only when a good part of the queue is free, which takes a
// slow device minutes; the queue tells that it is moving meanwhile. One timer
// does it for all: each of its own would wake a goroutine.
type watches struct {
	stall time.Duration // how long nothing may move

	mu    sync.Mutex // guards what follows; held for a look at all of them
	all   map[*watch]struct{}
	timer *time.Timer // nil while there are none
}

// watch is one of them.
type watch struct {
	pace  *pace
	queue func() (int, error) // bytes that the other side has not yet acknowledged
	full  func() bool         // the other side answers, but has no room
	left  int                 // bytes in the queue at the last look
	moved time.Time           // when that was last another number
}

// every is the time between two looks.
func (ws *watches) every() time.Duration { return ws.stall / 8 }

// start begins to watch the queue of the connection that p belongs to.
func (ws *watches) start(p *pace, queue func() (int, error), full func() bool) *watch {
	w := &watch{pace: p, queue: queue, full: full, left: -1}
	ws.mu.Lock()
	defer ws.mu.Unlock()
	if ws.all == nil {
		ws.all = map[*watch]struct{}{}
	}
	ws.all[w] = struct{}{}
	if ws.timer == nil {
		ws.timer = time.AfterFunc(ws.every(), ws.look)
	}
	return w
}

// stop ends a watch. When it returns, no look is under way that would still
// move the deadline.
func (ws *watches) stop(w *watch) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	delete(ws.all, w)
	if len(ws.all) == 0 && ws.timer != nil {
		ws.timer.Stop()
		ws.timer = nil
	}
}

// look runs on the timer's goroutine.
func (ws *watches) look() {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	if ws.timer == nil {
		return // stopped when the timer had just fired
	}
	now := time.Now()
	for w := range ws.all {
		w.look(now)
	}
	ws.timer.Reset(ws.every())
}

// look gives the writer more time if bytes went out, or if none are left and the
// other side waits for us; for a while also if that has no room. A closed connection
// does not move.
func (w *watch) look(now time.Time) {
	left, err := w.queue()
	switch {
	case err != nil:
		return
	case left == 0 || left != w.left:
		w.left, w.moved = left, now
	case now.Sub(w.moved) >= patience*w.pace.stall || !w.full():
		return
	}
	w.pace.extend(now)
}
