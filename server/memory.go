package server

import (
	"runtime"
	"runtime/debug"
)

// busySpell is after how many requests and connections there may be memory to
// give back.
const busySpell = 500

// memoryReleaser gives memory back to the system when a share has fallen quiet
// after a busy spell. Go itself takes minutes for it.
type memoryReleaser struct{ seen, released uint64 } // requests and connections by then

// update is called every few seconds, with how many requests and connections there
// were so far: a connection takes memory even if nothing is asked for on it.
func (m *memoryReleaser) update(begun uint64) {
	if m.isDue(begun) {
		runtime.GC() // A sync.Pool keeps what it holds through one of these.
		debug.FreeOSMemory()
	}
}

func (m *memoryReleaser) isDue(begun uint64) bool {
	quiet := begun == m.seen
	m.seen = begun
	if !quiet || begun-m.released < busySpell {
		return false
	}
	m.released = begun
	return true
}
