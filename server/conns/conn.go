package conns

import (
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
)

// Conn is a connection that a [Listener] accepted. It embeds *net.TCPConn so
// that net/http finds ReadFrom, which leads to sendfile.
type Conn struct {
	*net.TCPConn
	listener *Listener
	addr     netip.Addr  // the other end; the zero Addr for this computer itself
	used     atomic.Bool // it has sent something
	once     sync.Once   // for close
	corked   *[]byte     // what was written while corked; nil unless it is

	state    atomic.Int32 // see park.go
	ahead    bool         // part of the next request may have been read already
	first    [1]byte      // read while parked
	hasFirst bool         // first is still to be returned by Read
}

// Read reads from the connection.
func (c *Conn) Read(b []byte) (int, error) {
	if c.hasFirst && len(b) > 0 {
		c.hasFirst = false
		b[0] = c.first[0]
		return 1, nil
	}
	n, err := c.TCPConn.Read(b)
	if n > 0 {
		if !c.used.Load() {
			c.used.Store(true)
		}
		c.ahead = len(b) == 1 // net/http reads one byte while it answers
	}
	if err != nil {
		c.noteTimeout(err)
	}
	return n, err
}

// Close closes the connection, or parks it if it was only idle.
func (c *Conn) Close() error {
	if c.state.CompareAndSwap(timedOut, parked) {
		go c.park()
		return nil
	}
	return c.close()
}

// close closes the connection and makes room for another.
func (c *Conn) close() error {
	c.once.Do(func() { c.listener.remove(c) })
	return c.TCPConn.Close()
}

// endpoints is the part of a [net.Conn] that says who is connected.
type endpoints interface {
	RemoteAddr() net.Addr
	LocalAddr() net.Addr
}

// localAddr returns this computer's end of a connection.
func localAddr(c endpoints) netip.Addr {
	local, ok := c.LocalAddr().(*net.TCPAddr)
	if !ok {
		return netip.Addr{}
	}
	return local.AddrPort().Addr().Unmap()
}

// remoteAddr returns the other end of a connection, or the zero Addr if that
// is this computer itself.
func remoteAddr(c endpoints) netip.Addr {
	remote, ok1 := c.RemoteAddr().(*net.TCPAddr)
	local, ok2 := c.LocalAddr().(*net.TCPAddr)
	if !ok1 || !ok2 || remote.IP.IsLoopback() || remote.IP.Equal(local.IP) {
		return netip.Addr{}
	}
	return remote.AddrPort().Addr().Unmap()
}
