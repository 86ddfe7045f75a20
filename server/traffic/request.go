package traffic

import (
	"net/netip"
	"time"
)

// Request is one finished HTTP request, with a field for each column of the log.
// Its strings are what the client sent,
// shortened but otherwise untouched: whoever shows them makes control and
// bidirectional characters visible first.
type Request struct {
	Start     time.Time
	Duration  time.Duration // until the last byte was handed to the system
	Addr      netip.Addr    // the client's address, without zone; IPv4 never mapped into IPv6
	Method    string
	Target    string // the request target as on the wire, percent-encoded; at most 1 KiB
	Proto     string // "HTTP/1.1"
	Status    int    // of the answer; 0 if the connection broke before there was one
	Bytes     int64  // of the answer's content, really sent
	Received  int64  // bytes of the request's content
	Cut       bool   // the answer ended before it was whole
	Referer   string // at most 256 bytes
	UserAgent string // at most 256 bytes
	Device    uint64 // the number of the device it came from, see [Device]; 0 if it has none
	More      int    // how many more requests of a drive the row stands for, of which it is the latest; the beginning is that of the first, the bytes and the duration are of all
	Note      string // an audit row: what happened. It is no request, and only Start, Addr and Device are set besides
}

// Device is a phone or computer that came in: one that was told apart from all
// others and has a number, or else an address.
type Device struct {
	ID     uint64     // its number; 0 if only the address tells it apart
	Addr   netip.Addr // from which it was last seen
	Name   string     // "iPhone · Safari", from the User-Agent; "Unknown device" if that tells nothing
	Mobile bool       // a phone or a tablet
	First  time.Time
	Last   time.Time // when its latest request began
	Target string    // of that request, as in Request
	Counts
}

// Counts is what a device has done.
type Counts struct {
	Requests int64
	Bytes    int64 // of content sent to it
	Received int64 // bytes that came from it
	Folders  int   // that it opened
	Files    int   // that it has taken whole, archives included
	Brought  int   // files that came from it
}

// Totals counts since the share started.
type Totals struct {
	Requests int64 // finished ones and running ones, from this computer too
	Bytes    int64 // of files and archives that went out
	Received int64 // of files that came in
}
