package conns

import (
	"crypto/tls"
	"io"
	"net"
	"net/netip"
	"sync/atomic"
	"time"
)

// Conn is a connection that a [Listener] accepted. It embeds *net.TCPConn so
// that net/http finds ReadFrom, which leads to sendfile.
type Conn struct {
	*net.TCPConn
	addr    netip.Addr // the other end; the zero Addr for this computer itself
	group   netip.Addr // as which addr counts; the zero Addr likewise
	open    *limiter
	parking *parking
	onTLS   func()
	peer    peer
	corked  *[]byte                  // what was written since Cork; nil unless it is corked
	tls     atomic.Pointer[tls.Conn] // what is above the TCP connection; nil if nothing is
	leaving leaving

	state    atomic.Int32 // unused, active …; see park.go
	whole    int          // size of net/http's buffer; 0 before the first read
	first    [1]byte      // what was read while it was parked
	hasFirst bool         // first is still to be returned by Read
}

// Read reads from the connection. It is for net/http alone, which has one
// goroutine at a time call it. After a write that failed it fails with the same
// error, so that no more requests are answered that were sent ahead.
func (c *Conn) Read(b []byte) (int, error) {
	if err := c.peer.failure(); err != nil {
		return 0, err
	}
	if c.hasFirst && len(b) > 0 {
		c.hasFirst = false
		b[0] = c.first[0]
		return 1, nil
	}
	state := c.state.Load()
	if state == idle && c.hasBegun(len(b)) {
		state = active
		c.begin()
	}
	n, err := c.read(b)
	switch {
	case state == unused && n > 0 && b[0] == handshake && c.tls.Load() == nil:
		c.refuseTLS(b[:n])
		return 0, io.EOF
	case state != active:
		c.noteRead(state, len(b), n, err)
	case err == io.EOF && len(b) == watched:
		err = c.peer.holdEOF()
	}
	return n, err
}

// read reads what the client sends, decrypted.
func (c *Conn) read(b []byte) (int, error) {
	if t := c.tls.Load(); t != nil {
		return t.Read(b)
	}
	return c.TCPConn.Read(b)
}

// watched is how many bytes net/http reads at a time while a handler runs, to
// learn when the client leaves.
const watched = 1

// SetReadDeadline sets the deadline for Read.
func (c *Conn) SetReadDeadline(t time.Time) error {
	err := c.TCPConn.SetReadDeadline(t)
	c.peer.moveReadDeadline(t)
	return err
}

// Stand says that the answer to the present request goes on for as long as
// the client listens. The end of what it sends then ends the request, instead
// of only a write that fails.
func (c *Conn) Stand() { c.peer.stand(true) }

// Close closes the connection, or parks it if it was only idle.
func (c *Conn) Close() error {
	if c.state.CompareAndSwap(timedOut, parked) {
		go c.park()
		return nil
	}
	return c.close()
}

// SetLinger says what becomes of what is not sent yet when the connection is
// closed. With 0 nothing more is sent, not even that TLS ends.
func (c *Conn) SetLinger(seconds int) error {
	if seconds == 0 {
		c.leaving.abruptly.Store(true)
	}
	return c.TCPConn.SetLinger(seconds)
}

// CloseWrite ends what is sent here, for a client that still sends.
func (c *Conn) CloseWrite() error {
	if t := c.tls.Load(); t != nil {
		if err := t.CloseWrite(); err != nil {
			return err
		}
	}
	return c.TCPConn.CloseWrite()
}

// close closes the connection and makes room for another. Over TLS it says so
// first: GnuTLS takes anything else for an attack.
func (c *Conn) close() error {
	if t := c.tls.Load(); t != nil && !c.leaving.abruptly.Load() {
		c.leave()
		return t.Close() // by way of cut
	}
	return c.cut()
}

// cut closes the connection without a farewell, and makes room for another.
func (c *Conn) cut() error {
	c.open.remove(c)
	c.peer.close()
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
