package server

import (
	"runtime"
	"runtime/debug"
	"testing"
)

func TestMemoryIsReleasedOnceAfterABusySpell(t *testing.T) {
	const few, much = muchMemory - 1, muchMemory // bytes to give back
	var m memoryReleaser
	for i, c := range []struct {
		events, spare uint64
		want          bool
	}{
		{0, few, false}, {busySpell - 1, few, false}, {busySpell - 1, few, false}, // quiet, but it was not busy
		{10_000, few, false}, {20_000, few, false}, {20_000, few, true}, {20_000, few, false},
		{20_001, few, false}, {20_001, few, false}, {30_000, few, false}, {30_000, few, true}, {30_000, few, false},
		{30_001, much, false}, {30_001, much, true}, {30_001, much, false}, // one large folder
	} {
		if got := m.isDue(c.events, c.spare); got != c.want {
			t.Errorf("look %d, at %d events: %v", i+1, c.events, got)
		}
	}
}

func TestSpareMemoryIsKnown(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // A collection from here on would count the garbage as live.
	runtime.GC()
	garbage := make([]byte, 32<<20)
	if spare := spareMemory(); spare < uint64(len(garbage)) || spare > 1<<40 {
		t.Errorf("%d bytes", spare)
	}
	runtime.KeepAlive(garbage)
}
