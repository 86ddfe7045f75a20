package server

import (
	"errors"
	"net"
	"net/http"
	"os"
	"time"
)

// tiredAfter is how long a connection says nothing before it rests, when idle
// is how long it is kept: a second, if nobody says otherwise. Whoever loads a
// page asks for the next thing sooner.
func tiredAfter(idle time.Duration) time.Duration { return idle / 120 }

// What a guest is at.
const (
	busy    int32 = iota // a request is on its way, or the first one is waited for
	idle                 // its last request has been answered
	tired                // idle for so long that the server gives it up
	resting              // given up by the server, but still there
)

// note is for [http.Server.ConnState].
func note(c net.Conn, now http.ConnState) {
	switch now {
	case http.StateIdle:
		c.(*guest).at.Store(idle)
	case http.StateActive:
		c.(*guest).at.Store(busy)
	}
}

// noteTired notes that nothing came for so long that the server will close the
// connection.
func (c *guest) noteTired(err error) {
	if !c.ahead && errors.Is(err, os.ErrDeadlineExceeded) {
		c.at.CompareAndSwap(idle, tired)
	}
}

// rest waits for the next thing that a guest says, to bring it back to the
// server. Meanwhile it costs a fifth of what it costs there, with the buffers of
// net/http and a stack on which requests were served.
func (c *guest) rest() {
	_ = c.TCPConn.SetReadDeadline(time.Now().Add(c.gate.patience)) // fails only on a closed one
	if c.gate.isClosed() {
		c.leave()
		return
	}
	if n, _ := c.TCPConn.Read(c.first[:]); n == 0 {
		c.leave()
		return
	}
	c.woken = true
	c.at.Store(busy)
	select {
	case c.gate.back <- c:
	case <-c.gate.shut:
		c.leave()
	}
}

// returning is where guests come back to the server that have rested.
type returning struct{ *gate }

// Accept waits for the next guest that comes back.
func (r returning) Accept() (net.Conn, error) {
	select {
	case c := <-r.back:
		return c, nil
	case <-r.shut:
		return nil, net.ErrClosed
	}
}
