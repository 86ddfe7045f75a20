package server

import (
	"runtime"
	"runtime/debug"
)

// busySpell is after how many requests there may be memory to give back.
const busySpell = 500

// memoryReleaser gives memory back to the system when a share has fallen quiet
// after a busy spell. Go itself takes minutes for it.
type memoryReleaser struct{ seen, released uint64 } // requests by then

// update is called every few seconds, with how many requests there were so far.
func (m *memoryReleaser) update(requests uint64) {
	if m.isDue(requests) {
		runtime.GC() // A sync.Pool keeps what it holds through one of these.
		debug.FreeOSMemory()
	}
}

func (m *memoryReleaser) isDue(requests uint64) bool {
	quiet := requests == m.seen
	m.seen = requests
	if !quiet || requests-m.released < busySpell {
		return false
	}
	m.released = requests
	return true
}
