package conns

import (
	"io"
	"sync"
)

const (
	// sentAhead is from which size on a record of TLS may be sent after its write has
	// returned.
	sentAhead = 4 << 10
	// maxWaiting is how many bytes wait in an outbox at most.
	maxWaiting = 64 << 10
)

// outboxBuffers are for outboxes. An empty one has none.
var outboxBuffers = sync.Pool{New: func() any { return new(make([]byte, 0, maxWaiting)) }}

// outbox sends the records of a connection with HTTP/2. net/http writes its frames in
// pieces of 4 and 12 KiB, and each would cost a system call. Here a goroutine sends
// them: what is written while the system takes the ones before goes out in one call,
// and is encrypted meanwhile.
//
// The write of a small record returns once everything is sent, since it may be the last
// of an answer or of the connection, after which net/http closes that. A write that
// fails makes all later ones fail.
type outbox struct {
	to io.Writer

	mu      sync.Mutex
	sent    sync.Cond // told when less waits; its L is mu
	waiting *[]byte   // guarded by mu; nil if nothing waits
	sending bool      // guarded by mu
	err     error     // guarded by mu
}

func newOutbox(to io.Writer) *outbox {
	o := &outbox{to: to}
	o.sent.L = &o.mu
	return o
}

// Write sends b, or leaves it to be sent. One goroutine at a time may call it.
func (o *outbox) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for o.waiting != nil && len(*o.waiting)+len(b) > maxWaiting && o.err == nil {
		o.sent.Wait()
	}
	if o.err != nil {
		return 0, o.err
	}
	if o.waiting == nil {
		o.waiting = outboxBuffers.Get().(*[]byte)
	}
	*o.waiting = append(*o.waiting, b...)
	switch {
	case o.sending:
	case len(b) < sentAhead:
		o.send() // nobody else writes
	default:
		o.sending = true
		go func() {
			o.mu.Lock()
			defer o.mu.Unlock()
			o.send()
		}()
	}
	for len(b) < sentAhead && o.sending {
		o.sent.Wait()
	}
	return len(b), o.err
}

// send sends until nothing waits. It is called with mu held, and lets go of it
// meanwhile.
func (o *outbox) send() {
	for o.waiting != nil && o.err == nil {
		all := o.waiting
		o.waiting = nil
		o.mu.Unlock()
		_, err := o.to.Write(*all)
		*all = (*all)[:0]
		outboxBuffers.Put(all)
		o.mu.Lock()
		o.err = err
		o.sent.Broadcast()
	}
	o.sending = false
	o.sent.Broadcast()
}
