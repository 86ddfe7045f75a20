package traffic

import (
	"net"
	"net/http"
	"sync"
	"time"
)

// unwatched is how many bytes an answer may have before its connection is
// watched. So few fit into any send queue.
const unwatched = 64 << 10

// pace moves the deadlines of one connection while its request progresses. The
// server clears the write deadline after each request, and sets a read
// deadline of its own before the next.
type pace struct {
	control http.ResponseController
	stall   time.Duration
	moved   time.Time // when the write deadline was last moved here
	conn    net.Conn  // nil if unknown, or once it was asked for its queue
	changed func()
	watch   *watch // nil unless a long answer is running
}

// start gives the first write the whole time.
func (p *pace) start(w http.ResponseWriter, c net.Conn, r *Recorder, now time.Time) {
	p.control = *http.NewResponseController(w)
	p.conn, p.stall, p.changed = c, r.stall, r.changed
	p.extend(now)
	p.moved = now
}

// move notes progress of the answer. Moving a deadline costs as much as a
// small answer, so it is done only once in a while.
func (p *pace) move() {
	if now := time.Now(); now.Sub(p.moved) >= p.stall/8 {
		p.extend(now)
		p.moved = now
	}
}

// extend sets the write deadline, with what [pace.move] leaves out on top.
func (p *pace) extend(now time.Time) {
	// Only a writer in a test has no deadlines; a closed connection says so
	// when it is written to.
	_ = p.control.SetWriteDeadline(now.Add(p.stall + p.stall/8))
}

// moveRead gives the client the whole time for the next part of its body.
func (p *pace) moveRead() {
	_ = p.control.SetReadDeadline(time.Now().Add(p.stall)) // see extend
}

// endRead has reads fail from now on.
func (p *pace) endRead() {
	_ = p.control.SetReadDeadline(time.Now()) // see extend
}

// sending is called before a piece of content goes out; sent is how much the
// answer will have with it. It starts the watch when the answer gets long.
func (p *pace) sending(sent int64) {
	p.move()
	if sent <= unwatched || p.conn == nil {
		return
	}
	if queue := sendQueue(p.conn); queue != nil {
		p.watch = startWatch(p, queue)
	}
	p.conn = nil
}

// stop ends the watch; after it only the request's goroutine moves deadlines.
func (p *pace) stop() {
	if p.watch != nil {
		p.watch.stop()
		p.watch = nil
	}
}

// watch looks at a connection's send queue from time to time. The system
// wakes a writer only when a good part of the queue is free, which takes a
// slow device minutes; the queue tells that it is moving meanwhile.
type watch struct {
	pace  *pace
	every time.Duration
	queue func() (int, error) // bytes that the other side has not yet acknowledged

	mu    sync.Mutex
	timer *time.Timer // nil after stop; guarded by mu
	left  int         // bytes in the queue at the last look; guarded by mu
}

// startWatch begins to watch the queue of the connection that p belongs to.
func startWatch(p *pace, queue func() (int, error)) *watch {
	w := &watch{pace: p, every: min(p.stall/8, shown), queue: queue, left: -1}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.timer = time.AfterFunc(w.every, w.look)
	return w
}

// look runs on the timer's goroutine.
func (w *watch) look() {
	if w.moved() {
		w.pace.changed()
	}
}

// moved gives the writer more time if bytes went out, or if none are left and
// the other side waits for us. It reports whether it did.
func (w *watch) moved() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.timer == nil {
		return false
	}
	left, err := w.queue()
	if err != nil {
		return false // The connection is closed.
	}
	w.timer.Reset(w.every)
	if left > 0 && left == w.left {
		return false
	}
	w.left = left
	w.pace.extend(time.Now())
	return true
}

// stop ends the watch. When it returns, no look is under way that would still
// move the deadline.
func (w *watch) stop() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.timer.Stop()
	w.timer = nil
}
