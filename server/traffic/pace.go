package traffic

import (
	"net"
	"net/http"
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
	watches *watches
	watch   *watch // nil unless a long answer is running
}

// start gives the first write the whole time.
func (p *pace) start(w http.ResponseWriter, c net.Conn, r *Recorder, now time.Time) {
	p.control = *http.NewResponseController(w)
	p.conn, p.stall, p.watches = c, r.watches.stall, &r.watches
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
		p.watch = p.watches.start(p, queue, hasNoRoom(p.conn))
	}
	p.conn = nil
}

// stop ends the watch; after it only the request's goroutine moves deadlines.
func (p *pace) stop() {
	if p.watch != nil {
		p.watches.stop(p.watch)
		p.watch = nil
	}
}
