//go:build !linux

package traffic

import "net"

// filePiece is the most that is sent of a file before it is counted, in bytes.
// Without a look at the send queue each piece has one deadline, so it is small.
const filePiece = writePiece

// sendQueue returns nil: the system doesn't tell, or not in the same way.
func sendQueue(net.Conn) func() (int, error) { return nil }

// hasNoRoom is never called.
func hasNoRoom(net.Conn) func() bool { return nil }
