package traffic

import (
	"net"
	"syscall"

	"golang.org/x/sys/unix"
)

// filePiece is the most that is sent of a file before it is counted, in bytes.
// Larger pieces are no faster: a send queue takes hardly more at once.
const filePiece = 256 << 10

// sendQueue returns a function that tells how many bytes were written to c and
// not yet acknowledged by the other side; nil if c is no socket.
func sendQueue(c net.Conn) func() (int, error) {
	sc, ok := c.(syscall.Conn)
	if !ok {
		return nil
	}
	raw, err := sc.SyscallConn()
	if err != nil {
		return nil
	}
	return func() (left int, err error) {
		closed := raw.Control(func(fd uintptr) {
			left, err = unix.IoctlGetInt(int(fd), unix.SIOCOUTQ)
		})
		if closed != nil {
			return 0, closed
		}
		return left, err
	}
}
