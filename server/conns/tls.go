package conns

import (
	"encoding/binary"
	"io"
	"time"
)

// handshake is the first byte of a TLS client's first record (RFC 8446, section
// 5.1). No request begins with it.
const handshake = 0x16

// recordHeader is the size of what comes before a TLS record's content.
const recordHeader = 5

// noTLS is the record of a fatal alert, protocol_version (RFC 8446, section 6).
// Every browser then says at once that there is no secure connection to be had,
// and some try without.
var noTLS = []byte{0x15, 3, 1, 0, 2, 2, 70}

// refuseTLS answers a TLS client that has sent first, and reads the rest of its
// record: closing a connection with bytes unread would reset it, and the client
// might not see the alert.
func (c *Conn) refuseTLS(first []byte) {
	c.onTLS()
	_ = c.TCPConn.SetDeadline(time.Now().Add(time.Second)) // fails only on a closed one
	if _, err := c.TCPConn.Write(noTLS); err != nil {
		return
	}
	_ = c.TCPConn.CloseWrite() // likewise
	if len(first) >= recordHeader {
		left := recordHeader + int(binary.BigEndian.Uint16(first[3:])) - len(first)
		_, _ = io.CopyN(io.Discard, c.TCPConn, int64(left)) // it is closed next in any case
	}
}
