//go:build unix

package e2e

import (
	"io"
	"net"
	"sync"
	"testing"
)

// cable carries connections to a port of this computer. It lets some bytes
// through and then stalls, until it is cut; after it was mended it lets all
// through.
type cable struct {
	port    string        // where it begins
	stalled chan struct{} // closed when it stalls
	wasCut  chan struct{} // closed when it is cut

	mu     sync.Mutex
	room   int        // how many bytes it still lets through towards the target
	broken bool       // takes no connections
	mended bool       // lets all through
	ends   []net.Conn // of its connections
}

func newCable(t *testing.T, target string, room int) *cable {
	t.Helper()
	l, port := listen(t)
	c := &cable{port: port, room: room, stalled: make(chan struct{}), wasCut: make(chan struct{})}
	t.Cleanup(c.hangUp)
	go func() {
		for {
			from, err := l.Accept()
			if err != nil {
				return
			}
			to, err := net.Dial("tcp", "127.0.0.1:"+target)
			if err != nil || !c.add(from, to) {
				from.Close()
				continue
			}
			go carry(from, to, io.Discard)
			go carry(to, from, c)
		}
	}()
	return c
}

// add reports whether the cable takes a connection.
func (c *cable) add(ends ...net.Conn) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.broken {
		c.ends = append(c.ends, ends...)
	}
	return !c.broken
}

// carry copies until one end is closed, and closes the other. A meter that does
// not return holds it up.
func carry(to, from net.Conn, meter io.Writer) {
	_, _ = io.Copy(to, io.TeeReader(from, meter))
	to.Close()
}

// Write counts what goes towards the target.
func (c *cable) Write(b []byte) (int, error) {
	c.mu.Lock()
	before := c.room
	c.room -= len(b)
	stalls := c.room < 0 && !c.mended
	if stalls && before >= 0 {
		close(c.stalled)
	}
	c.mu.Unlock()
	if stalls {
		<-c.wasCut
	}
	return len(b), nil
}

// cut ends all connections and takes no more.
func (c *cable) cut() {
	c.mu.Lock()
	c.broken = true
	c.mu.Unlock()
	close(c.wasCut)
	c.hangUp()
}

func (c *cable) hangUp() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, end := range c.ends {
		end.Close()
	}
}

func (c *cable) mend() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.broken, c.mended = false, true
}
