package server

import (
	"runtime"
	"runtime/debug"
)

// busySpell is after how many requests there may be something to give back.
const busySpell = 500

// thrift tells when a share has fallen quiet after a busy spell.
type thrift struct{ seen, given uint64 }

// isDue is asked every few seconds, with how many requests there were so far.
func (t *thrift) isDue(requests uint64) bool {
	quiet := requests == t.seen
	t.seen = requests
	if !quiet || requests-t.given < busySpell {
		return false
	}
	t.given = requests
	return true
}

// giveBack returns to the system what a busy spell has left behind. Go itself
// takes minutes for it.
func giveBack() {
	runtime.GC() // pools keep what they hold through one of these
	debug.FreeOSMemory()
}
