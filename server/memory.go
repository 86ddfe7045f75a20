package server

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

const (
	// busySpell is after how many beginnings and ends of requests, and connections,
	// there may be memory to give back.
	busySpell = 1000
	// muchMemory is what there is to give back after few of them, in bytes: a large
	// folder leaves that behind.
	muchMemory = 8 << 20
	// muchMoved is from how many bytes on a share is not quiet, although nothing begins
	// or ends: what transfers hold is not given back before they end.
	muchMoved = 16 << 20
	// headroom is how much more garbage than otherwise there may be, in bytes.
	headroom = 8 << 20
)

// memoryReleaser gives memory back to the system when a share has fallen quiet
// after a busy spell. Go itself takes minutes for it.
type memoryReleaser struct {
	seen, released uint64 // events by then
	moved          int64  // bytes by then
	headroom       []byte // never touched; see newMemoryReleaser
}

// newMemoryReleaser returns one for a share that begins. As long as it is there, Go
// collects garbage more rarely: when there is as much as what is in use and the
// headroom together. That takes no memory itself. Without it a busy share, which uses
// some 6 MB, would collect 30 times a second, a tenth of its time.
func newMemoryReleaser() *memoryReleaser {
	return &memoryReleaser{headroom: make([]byte, headroom)}
}

// update is called every few seconds, with how many events there were so far:
// requests that began or ended, and connections, which take memory even if nothing
// is asked for on them; and how many bytes have moved.
func (m *memoryReleaser) update(events uint64, moved int64) {
	if m.isDue(events, moved, spareMemory()) {
		runtime.GC() // A sync.Pool keeps what it holds through one of these.
		debug.FreeOSMemory()
	}
}

func (m *memoryReleaser) isDue(events uint64, moved int64, spare uint64) bool {
	quiet := events == m.seen && moved-m.moved < muchMoved
	m.seen, m.moved = events, moved
	if !quiet || events == m.released || events-m.released < busySpell && spare < muchMemory {
		return false
	}
	m.released = events
	return true
}

// spareMemory returns how much memory the heap has from the system beyond what was
// in use at the last collection, in bytes.
func spareMemory() uint64 {
	samples := []metrics.Sample{{Name: "/gc/heap/live:bytes"}, {Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/unused:bytes"}, {Name: "/memory/classes/heap/free:bytes"}}
	metrics.Read(samples)
	var held uint64
	for _, s := range samples[1:] {
		held += s.Value.Uint64()
	}
	return held - min(held, samples[0].Value.Uint64())
}
