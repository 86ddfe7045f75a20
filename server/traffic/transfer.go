package traffic

import (
	"net/netip"
	"time"
)

// State is how a [Transfer] goes, or came to its end.
type State int

// The states of a transfer.
const (
	Moving   State = iota // it runs, or has only just paused
	Whole                 // all of it went
	InPart                // the device took what it asked for, which was not all
	Broken                // the connection broke, or what came could not be kept
	Canceled              // the owner cancelled it
)

// Transfer is one thing on its way to a device or from it, or one that was: a
// film of which a player takes one piece after the other is one transfer. It has
// a field for each thing that its row shows.
type Transfer struct {
	ID      uint64 // tells transfers of one share apart; grows
	Device  uint64 // the number of the device, see [Device]; 0 if it has none
	Addr    netip.Addr
	Name    string // of the thing, as in [Thing]
	Kind    Kind
	State   State
	Done    int64         // bytes of the thing that went; a resumed one begins where it was resumed
	Total   int64         // bytes of the thing; -1 if unknown
	Moved   int64         // bytes that moved, those that moved twice as well
	Active  time.Duration // how long it was really running
	Last    time.Time     // when something moved last; the end if it is over
	Resumed int           // how often it was resumed after it had broken
}
