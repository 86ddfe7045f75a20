package conns

import (
	"errors"
	"net"
	"net/http"
	"os"
	"time"
)

// The states of a Conn.
const (
	active   int32 = iota // it has a request, or its first one is awaited
	idle                  // its last request has been answered
	timedOut              // idle for so long that the server closes it
	parked                // closed by the server, but still open
)

// ConnState is for [http.Server.ConnState].
func ConnState(c net.Conn, s http.ConnState) {
	switch s {
	case http.StateIdle:
		c.(*Conn).state.Store(idle)
	case http.StateActive:
		c.(*Conn).state.Store(active)
	}
}

// noteTimeout notes that the server will close the connection because nothing
// came.
func (c *Conn) noteTimeout(err error) {
	if !c.ahead && errors.Is(err, os.ErrDeadlineExceeded) {
		c.state.CompareAndSwap(idle, timedOut)
	}
}

// park waits for the next byte and then hands the connection back to the
// server. Meanwhile it costs a fifth of what it costs there, with the buffers
// of net/http and a stack on which requests were served.
func (c *Conn) park() {
	_ = c.TCPConn.SetReadDeadline(time.Now().Add(c.listener.config.ParkedTimeout)) // fails only on a closed one
	if c.listener.isClosed() {
		c.close()
		return
	}
	if n, _ := c.TCPConn.Read(c.first[:]); n == 0 {
		c.close()
		return
	}
	c.hasFirst = true
	c.state.Store(active)
	select {
	case c.listener.unpark <- c:
	case <-c.listener.closed:
		c.close()
	}
}

// Unparked returns the listener whose Accept returns connections of l that
// were parked and have something to read.
func (l *Listener) Unparked() net.Listener { return unparked{l} }

type unparked struct{ *Listener }

// Accept waits for a connection that was parked.
func (u unparked) Accept() (net.Conn, error) {
	select {
	case c := <-u.unpark:
		return c, nil
	case <-u.closed:
		return nil, net.ErrClosed
	}
}
