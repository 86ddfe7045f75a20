package conns

import "sync"

// maxCorked is how many bytes are kept at most before they are sent: a small
// answer with its header.
const maxCorked = 40 << 10

// corkBuffers are the buffers of corked connections. An idle one has none.
var corkBuffers = sync.Pool{New: func() any { return new(make([]byte, 0, maxCorked)) }}

// Cork keeps what is written from now on until [Conn.Uncork], up to 40 KiB.
// net/http would send the header and the content after it in two system
// calls, which costs as much as two answers.
//
// Cork, Uncork and Write are for the goroutine that answers.
func (c *Conn) Cork() {
	if c.corked == nil {
		c.corked = corkBuffers.Get().(*[]byte)
	}
}

// Uncork sends what was kept. Later writes go straight to the system.
func (c *Conn) Uncork() error {
	kept := c.corked
	if kept == nil {
		return nil
	}
	c.corked = nil
	_, err := c.TCPConn.Write(*kept)
	*kept = (*kept)[:0]
	corkBuffers.Put(kept)
	return err
}

// Write sends b, or keeps it while the connection is corked.
func (c *Conn) Write(b []byte) (int, error) {
	if c.corked != nil && len(*c.corked)+len(b) > maxCorked {
		if err := c.Uncork(); err != nil {
			return 0, err
		}
	}
	if c.corked == nil {
		return c.TCPConn.Write(b)
	}
	*c.corked = append(*c.corked, b...)
	return len(b), nil
}
