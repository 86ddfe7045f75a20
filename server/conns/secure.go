package conns

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// streamsPerConn is how many connections one counts for that speaks HTTP/2, on
// which many requests are answered at once.
const streamsPerConn = 16

// secured is a [Conn] whose client speaks TLS. net/http asks it for its state, and
// says in each request that it came over TLS.
type secured struct {
	*Conn
	tls *tls.Conn
}

// ConnectionState returns what was agreed upon.
func (s secured) ConnectionState() tls.ConnectionState { return s.tls.ConnectionState() }

// forHTTP returns what net/http is given of a connection.
func (c *Conn) forHTTP() net.Conn {
	if t := c.tls.Load(); t != nil {
		return secured{c, t}
	}
	return c
}

// connOf is the inverse of forHTTP.
func connOf(c net.Conn) *Conn {
	if s, ok := c.(secured); ok {
		return s.Conn
	}
	return c.(*Conn)
}

// farewell is how long a client may take to be told that TLS ends.
const farewell = 100 * time.Millisecond

// leaving is how a connection ends.
type leaving struct {
	abruptly atomic.Bool // without a farewell

	mu    sync.Mutex
	begun bool // guarded by mu
}

// leave gives what is still written a moment, whatever deadline the one has who
// writes.
func (c *Conn) leave() {
	c.leaving.mu.Lock()
	defer c.leaving.mu.Unlock()
	c.leaving.begun = true
	_ = c.TCPConn.SetWriteDeadline(time.Now().Add(farewell)) // fails only on a closed one
}

// SetWriteDeadline sets the deadline for Write, unless the connection is being
// closed.
func (c *Conn) SetWriteDeadline(t time.Time) error {
	c.leaving.mu.Lock()
	defer c.leaving.mu.Unlock()
	if c.leaving.begun {
		return nil
	}
	return c.TCPConn.SetWriteDeadline(t)
}

// greet finds out whether a new client speaks TLS, does the handshake if so, and
// hands the connection on. A browser may open one and say nothing for long.
func (l *Listener) greet(c *Conn) {
	_ = c.TCPConn.SetReadDeadline(time.Now().Add(l.parking.timeout)) // fails only on a closed one
	if n, _ := c.TCPConn.Read(c.first[:]); n == 0 {
		c.close()
		return
	}
	c.hasFirst = true
	_ = c.TCPConn.SetReadDeadline(time.Time{}) // likewise
	if c.first[0] != handshake {
		c.state.Store(active)
		hand(l.parking, l.parking.ready, c, c)
		return
	}
	w := &wire{TCPConn: c.TCPConn, conn: c}
	t := tls.Server(w, l.tls())
	ctx, cancel := context.WithTimeout(context.Background(), l.handshake)
	defer cancel()
	switch err := t.HandshakeContext(ctx); {
	case err != nil:
		c.close()
	case t.ConnectionState().NegotiatedProtocol == "h2":
		if !c.open.weigh(c, streamsPerConn) {
			c.close()
			return
		}
		c.state.Store(active)
		w.outbox = newOutbox(c.TCPConn)
		hand(l.parking, l.h2, net.Conn(t), c)
	default:
		c.tls.Store(t)
		hand(l.parking, l.parking.ready, c, c)
	}
}

// hand gives a connection to net/http, or closes it if that takes no more.
func hand[T any](p *parking, to chan<- T, what T, c *Conn) {
	select {
	case to <- what:
	case <-p.closed:
		c.close()
	}
}

// http2Listener is a listener for the connections that speak HTTP/2.
type http2Listener struct{ *Listener }

// Accept waits for a client that has chosen HTTP/2.
func (l http2Listener) Accept() (net.Conn, error) {
	select {
	case c := <-l.h2:
		return c, nil
	case <-l.parking.closed:
		return nil, net.ErrClosed
	}
}

const (
	// gathered is how many bytes of TLS records are sent in one system call.
	gathered = 128 << 10
	// maxOverhead is what the records of so many bytes have around them.
	maxOverhead = 8 << 10
)

// gatherBuffers and fileBuffers are for long answers over TLS.
var (
	gatherBuffers = sync.Pool{New: func() any { return new(make([]byte, 0, gathered+maxOverhead)) }}
	fileBuffers   = sync.Pool{New: func() any { return new([gathered]byte) }}
)

// wire is a connection as crypto/tls sees it, below what it encrypts. It sends the
// records of one write together: crypto/tls would make a system call for each.
type wire struct {
	*net.TCPConn
	conn   *Conn
	outbox *outbox // for HTTP/2; nil without it

	mu  sync.Mutex
	buf *[]byte // guarded by mu; nil unless records are gathered
}

// Read reads what the client sends, beginning with the byte that told its language.
// Only crypto/tls calls it.
func (w *wire) Read(b []byte) (int, error) {
	if w.conn.hasFirst && len(b) > 0 {
		w.conn.hasFirst = false
		b[0] = w.conn.first[0]
		return 1, nil
	}
	return w.TCPConn.Read(b)
}

// Write sends records, or keeps them until there are enough of them.
func (w *wire) Write(b []byte) (int, error) {
	if w.outbox != nil {
		return w.outbox.Write(b)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.buf == nil {
		return w.TCPConn.Write(b)
	}
	if len(*w.buf)+len(b) > cap(*w.buf) {
		if err := w.flush(); err != nil {
			return 0, err
		}
	}
	*w.buf = append(*w.buf, b...)
	return len(b), nil
}

// flush is called with mu held.
func (w *wire) flush() error {
	_, err := w.TCPConn.Write(*w.buf)
	*w.buf = (*w.buf)[:0]
	return err
}

// gather keeps records until release.
func (w *wire) gather() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.buf = gatherBuffers.Get().(*[]byte)
}

// release sends what was kept.
func (w *wire) release() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	err := w.flush()
	gatherBuffers.Put(w.buf)
	w.buf = nil
	return err
}

// SetWriteDeadline is [Conn.SetWriteDeadline].
func (w *wire) SetWriteDeadline(t time.Time) error { return w.conn.SetWriteDeadline(t) }

// Close closes the connection. crypto/tls has taken its leave by then, if it could.
func (w *wire) Close() error { return w.conn.cut() }

// gatherFrom is from how many bytes on a write takes several records.
const gatherFrom = 16 << 10

// writeTLS encrypts and sends b.
func writeTLS(t *tls.Conn, b []byte) (int, error) {
	if len(b) <= gatherFrom {
		return t.Write(b)
	}
	w := t.NetConn().(*wire)
	w.gather()
	n, err := t.Write(b)
	if flushErr := w.release(); err == nil && flushErr != nil {
		return 0, flushErr
	}
	return n, err
}

// copyTLS encrypts and sends what r reads.
func copyTLS(t *tls.Conn, r io.Reader) (n int64, err error) {
	buffer := fileBuffers.Get().(*[gathered]byte)
	defer fileBuffers.Put(buffer)
	for {
		m, readErr := r.Read(buffer[:])
		if m > 0 {
			sent, err := writeTLS(t, buffer[:m])
			n += int64(sent)
			if err != nil {
				return n, err
			}
		}
		if readErr == io.EOF {
			return n, nil
		}
		if readErr != nil {
			return n, readErr
		}
	}
}
