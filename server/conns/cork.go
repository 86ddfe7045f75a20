package conns

import (
	"io"
	"sync"
)

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
	_, err := c.send(*kept)
	*kept = (*kept)[:0]
	corkBuffers.Put(kept)
	return err
}

// Write sends b, or keeps it while the connection is corked. After a write that
// failed, here or in Uncork, it fails with the same error.
func (c *Conn) Write(b []byte) (int, error) {
	if err := c.peer.failure(); err != nil {
		return 0, err
	}
	if c.corked != nil && len(*c.corked)+len(b) > maxCorked {
		if err := c.Uncork(); err != nil {
			return 0, err
		}
	}
	if c.corked == nil {
		return c.send(b)
	}
	*c.corked = append(*c.corked, b...)
	return len(b), nil
}

func (c *Conn) send(b []byte) (int, error) {
	if err := c.peer.beginWrite(); err != nil {
		return 0, err
	}
	n, err := c.write(b)
	c.peer.endWrite(err)
	return n, err
}

func (c *Conn) write(b []byte) (int, error) {
	if t := c.tls.Load(); t != nil {
		return writeTLS(t, b)
	}
	return c.TCPConn.Write(b)
}

// ReadFrom sends what r reads: without TLS by sendfile, if that is a file. See
// [Conn.Fill] for when it does not wait.
func (c *Conn) ReadFrom(r io.Reader) (int64, error) {
	if err := c.peer.beginWrite(); err != nil {
		return 0, err
	}
	n, err := c.copy(r)
	if err == errFull {
		c.peer.endWrite(nil) // it has not failed
	} else {
		c.peer.endWrite(err)
	}
	return n, err
}

func (c *Conn) copy(r io.Reader) (int64, error) {
	if t := c.tls.Load(); t != nil {
		return copyTLS(t, r)
	}
	if u, ok := r.(unwaiting); ok {
		if n, ok, err := sendFree(c.TCPConn, u.LimitedReader); ok {
			return n, err
		}
		r = u.LimitedReader
	}
	return c.TCPConn.ReadFrom(r)
}
