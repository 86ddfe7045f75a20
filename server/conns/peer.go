package conns

import (
	"io"
	"net"
	"os"
	"sync"
	"time"
)

// patience is how long a request is worked on without a write for a client that
// sends no more: only a write shows whether that has closed all of the
// connection or the half of it.
const patience = 30 * time.Second

// peer is what a [Conn] knows of its other end.
type peer struct {
	mu       sync.Mutex
	failed   error         // of the first write that failed
	closed   bool          // at this end
	expired  bool          // the read deadline is in the past
	standing bool          // see Conn.Stand
	writes   int           // begun and ended ones: odd while one is under way
	over     chan struct{} // closed when holdEOF need wait no more; nil unless it waits
}

// holdEOF keeps the end of what the client sends from net/http, which would
// take it for the end of the connection and cancel the request that it is
// answering; but a client may close its half and wait for the answer (RFC 9293,
// section 3.6). It returns what the read is to return when the wait is over.
// Of the read deadline it sees only one that is in the past, by which net/http
// ends its read.
func (p *peer) holdEOF() error {
	before := -1
	for {
		writes, over, err := p.watch()
		if err != nil {
			return err
		}
		if writes == before && writes%2 == 0 {
			return io.EOF
		}
		select {
		case <-over:
		case <-time.After(patience):
			before = writes
		}
	}
}

// watch returns how many writes there were, and a channel that is closed when
// the wait may be over; or an error if it is.
func (p *peer) watch() (writes int, over <-chan struct{}, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.failed != nil:
		return 0, nil, p.failed
	case p.closed:
		return 0, nil, net.ErrClosed
	case p.expired:
		return 0, nil, os.ErrDeadlineExceeded
	case p.standing:
		return 0, nil, io.EOF
	}
	if p.over == nil {
		p.over = make(chan struct{})
	}
	return p.writes, p.over, nil
}

// update makes a change that may end the wait.
func (p *peer) update(change func(*peer)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change(p)
	if p.over != nil {
		close(p.over)
		p.over = nil
	}
}

func (p *peer) close() { p.update(func(p *peer) { p.closed = true }) }

func (p *peer) stand(standing bool) { p.update(func(p *peer) { p.standing = standing }) }

// moveReadDeadline is told of each one that is set.
func (p *peer) moveReadDeadline(to time.Time) {
	expired := !to.IsZero() && !to.After(time.Now())
	p.update(func(p *peer) { p.expired = expired })
}

// beginWrite returns an error if an earlier write has failed; otherwise the
// caller calls endWrite.
func (p *peer) beginWrite() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.failed == nil {
		p.writes++
	}
	return p.failed
}

func (p *peer) endWrite(err error) {
	if err == nil {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.writes++
		return
	}
	p.update(func(p *peer) { p.writes++; p.failed = err })
}

// failure returns why a write has failed, nil if none has.
func (p *peer) failure() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.failed
}
