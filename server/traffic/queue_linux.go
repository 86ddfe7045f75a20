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
	raw := rawOf(c)
	if raw == nil {
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

// hasNoRoom returns a function that tells whether the system at the other side of c
// has answered the latest probe and has all that was sent, but room for nothing more (RFC
// 9293 3.8.6.1). It is only called where sendQueue returned something.
func hasNoRoom(c net.Conn) func() bool {
	raw := rawOf(c)
	return func() (full bool) {
		closed := raw.Control(func(fd uintptr) {
			i, err := unix.GetsockoptTCPInfo(int(fd), unix.IPPROTO_TCP, unix.TCP_INFO)
			full = err == nil && i.Unacked == 0 && i.Notsent_bytes > 0 && i.Probes == 0
		})
		return full && closed == nil
	}
}

// rawOf returns nil if c is no socket.
func rawOf(c net.Conn) syscall.RawConn {
	sc, ok := c.(syscall.Conn)
	if !ok {
		return nil
	}
	raw, err := sc.SyscallConn()
	if err != nil {
		return nil
	}
	return raw
}
