package conns

import (
	"io"
	"net"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// sendFree sends of piece, if that is of a file, what the system takes at once.
// The error is errFull if there may be more. If the kernel sends nothing of such a
// reader, ok is false.
func sendFree(to *net.TCPConn, piece *io.LimitedReader) (n int64, ok bool, err error) {
	file, ok := piece.R.(syscall.Conn)
	if !ok || piece.N <= 0 {
		return 0, false, nil
	}
	in, err := file.SyscallConn()
	if err != nil {
		return 0, false, nil
	}
	out, err := to.SyscallConn()
	if err != nil {
		return 0, true, err
	}
	var sent int
	var failed, closed error
	unread := in.Control(func(from uintptr) {
		closed = out.Write(func(fd uintptr) bool {
			sent, failed = sendfile(int(fd), int(from), int(piece.N))
			return true
		})
	})
	switch {
	case unread != nil || failed == unix.EINVAL || failed == unix.ENOSYS || failed == unix.EOPNOTSUPP:
		return 0, false, nil
	case closed != nil:
		return 0, true, closed
	case failed == unix.EAGAIN:
		return 0, true, errFull
	case failed != nil:
		return 0, true, os.NewSyscallError("sendfile", failed)
	}
	piece.N -= int64(sent)
	if sent > 0 && piece.N > 0 {
		err = errFull
	}
	return int64(sent), true, err
}

func sendfile(to, from, most int) (n int, err error) {
	for {
		if n, err = unix.Sendfile(to, from, nil, most); err != unix.EINTR {
			return max(n, 0), err
		}
	}
}

// awaitRoom waits until the system takes a good part of what it can hold of c, or
// until the write deadline.
func awaitRoom(c *net.TCPConn) error {
	raw, err := c.SyscallConn()
	if err != nil {
		return err
	}
	waited := false
	return raw.Write(func(fd uintptr) bool {
		// Only a change from now on wakes us, so there must be no room yet.
		ready := waited || isWritable(int32(fd))
		waited = true
		return ready
	})
}

func isWritable(fd int32) bool {
	n, err := unix.Poll([]unix.PollFd{{Fd: fd, Events: unix.POLLOUT}}, 0)
	return n > 0 || err != nil // then the next write says what is the matter
}
