package server

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

const (
	// busySpell is after how many requests and connections there may be memory to
	// give back.
	busySpell = 500
	// muchMemory is how much more than last time there is to give back after few of
	// them, in bytes: a large folder takes that.
	muchMemory = 8 << 20
)

// memoryReleaser gives memory back to the system when a share has fallen quiet
// after a busy spell. Go itself takes minutes for it.
type memoryReleaser struct {
	seen, released uint64 // requests and connections by then
	kept           uint64 // bytes, after the last time
}

// update is called every few seconds, with how many requests and connections there
// were so far: a connection takes memory even if nothing is asked for on it.
func (m *memoryReleaser) update(begun uint64) {
	if m.isDue(begun, heldMemory()) {
		runtime.GC() // A sync.Pool keeps what it holds through one of these.
		debug.FreeOSMemory()
		m.kept = heldMemory()
	}
}

func (m *memoryReleaser) isDue(begun, held uint64) bool {
	quiet := begun == m.seen
	m.seen = begun
	if !quiet || begun == m.released || begun-m.released < busySpell && held < m.kept+muchMemory {
		return false
	}
	m.released = begun
	return true
}

// heldMemory returns how much memory the heap has from the system, in bytes.
func heldMemory() (sum uint64) {
	samples := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/unused:bytes"}, {Name: "/memory/classes/heap/free:bytes"}}
	metrics.Read(samples)
	for _, s := range samples {
		sum += s.Value.Uint64()
	}
	return sum
}
