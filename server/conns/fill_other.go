//go:build !linux

package conns

import (
	"io"
	"net"
)

// sendFree is not ok: here ReadFrom waits.
func sendFree(*net.TCPConn, *io.LimitedReader) (n int64, ok bool, err error) { return 0, false, nil }

// awaitRoom has nothing to wait for.
func awaitRoom(*net.TCPConn) error { return nil }
