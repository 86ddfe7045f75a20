package conns

import (
	"errors"
	"io"
)

// errFull says that a connection takes no more at present.
var errFull = errors.New("the connection is full")

// Fill calls send, which is to hand the reader to [Conn.ReadFrom] and to return its
// error, until all of piece is sent. Of a file each call sends what the system takes
// at once, and Fill waits between them, outside of net/http:
// that holds a buffer of 32 KiB during a ReadFrom, which slow clients would
// keep for as long as they read.
//
// Fill is for the goroutine that answers. Its error is that of send, or of the wait.
func (c *Conn) Fill(piece *io.LimitedReader, send func(io.Reader) error) error {
	for {
		if err := send(unwaiting{piece}); err != errFull {
			return err
		}
		if err := c.peer.beginWrite(); err != nil {
			return err
		}
		err := awaitRoom(c.TCPConn)
		c.peer.endWrite(err)
		if err != nil {
			return err
		}
	}
}

// unwaiting is a piece of which ReadFrom sends what the system takes at once.
type unwaiting struct{ *io.LimitedReader }
