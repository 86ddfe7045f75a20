package traffic

import (
	"io"
	"sync/atomic"
)

// body is a request's body whose reads move the deadline.
type body struct {
	io.ReadCloser
	pace  *pace
	count func(n int64) // is told of all that came
	done  atomic.Bool   // read to its end, or closed
	ended atomic.Bool   // by a deadline; see answer.SetReadDeadline
	got   atomic.Int64  // bytes
}

// moveRead moves the deadline, unless reading was ended.
func (b *body) moveRead() {
	b.pace.moveRead()
	if b.ended.Load() { // perhaps just before the deadline was moved
		b.pace.endRead()
	}
}

// Read reads from the client. At the body's end the server clears the read
// deadline and waits for the connection to close; a deadline set after that
// would end the request's context.
func (b *body) Read(p []byte) (int, error) {
	if !b.done.Load() {
		b.moveRead()
	}
	n, err := b.ReadCloser.Read(p)
	if n > 0 {
		b.got.Add(int64(n))
		b.count(int64(n))
	}
	if err != nil {
		b.done.Store(true)
	}
	return n, err
}

// Close reads some of what is left, so that the connection can be used again.
func (b *body) Close() error {
	if !b.done.Swap(true) {
		b.moveRead()
	}
	return b.ReadCloser.Close()
}
