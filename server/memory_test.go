package server

import (
	"runtime"
	"runtime/debug"
	"testing"
)

func TestMemoryIsReleasedOnceAfterABusySpell(t *testing.T) {
	const few, much = muchMemory - 1, muchMemory // bytes to give back
	const film = muchMoved - 1                   // bytes that moved by then
	var m memoryReleaser
	for i, c := range []struct {
		events uint64
		moved  int64
		spare  uint64
		want   bool
	}{
		{0, 0, few, false}, {busySpell - 1, 0, few, false}, {busySpell - 1, 0, few, false}, // quiet, but it was not busy
		{10_000, 0, few, false}, {20_000, 0, few, false}, {20_000, 0, few, true}, {20_000, 0, few, false},
		{20_001, 0, few, false}, {20_001, 0, few, false}, {30_000, 0, few, false}, {30_000, 0, few, true}, {30_000, 0, few, false},
		{30_001, 0, much, false}, {30_001, 0, much, true}, {30_001, 0, much, false}, // one large folder
		{40_000, 0, few, false}, {40_000, muchMoved, few, false}, {40_000, 2 * muchMoved, few, false}, {40_000, 2*muchMoved + film, few, true},
	} {
		if got := m.isDue(c.events, c.moved, c.spare); got != c.want {
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
