package server

import "sync"

// mostGathered is how many bytes are gathered at most before they go out: a
// small answer with its header.
const mostGathered = 40 << 10

// gathered are the buffers of answers that are being gathered. An idle
// connection has none.
var gathered = sync.Pool{New: func() any { return new(make([]byte, 0, mostGathered)) }}

// Gather keeps what is written from now on, for [guest.Release] to send. The
// server would send a header and the content behind it one after the other,
// which costs as much as two answers.
func (c *guest) Gather() {
	if c.held == nil {
		c.held = gathered.Get().(*[]byte)
	}
}

// Release sends what was gathered, and from then on keeps nothing.
func (c *guest) Release() error {
	held := c.held
	if held == nil {
		return nil
	}
	c.held = nil
	_, err := c.TCPConn.Write(*held)
	*held = (*held)[:0]
	gathered.Put(held)
	return err
}

// Write sends b, or keeps it.
func (c *guest) Write(b []byte) (int, error) {
	if c.held != nil && len(*c.held)+len(b) > mostGathered {
		if err := c.Release(); err != nil {
			return 0, err
		}
	}
	if c.held == nil {
		return c.TCPConn.Write(b)
	}
	*c.held = append(*c.held, b...)
	return len(b), nil
}
