package server

import "testing"

func TestMemoryIsReleasedOnceAfterABusySpell(t *testing.T) {
	const few, much = 10 << 20, 10<<20 + muchMemory // bytes that the heap holds
	m := memoryReleaser{kept: few}
	for i, c := range []struct {
		requests, held uint64
		want           bool
	}{
		{0, few, false}, {busySpell - 1, few, false}, {busySpell - 1, few, false}, // quiet, but it was not busy
		{10_000, few, false}, {20_000, few, false}, {20_000, few, true}, {20_000, few, false},
		{20_001, few, false}, {20_001, few, false}, {30_000, few, false}, {30_000, few, true}, {30_000, few, false},
		{30_001, much, false}, {30_001, much, true}, {30_001, much, false}, // one large folder
	} {
		if got := m.isDue(c.requests, c.held); got != c.want {
			t.Errorf("look %d, at %d requests: %v", i+1, c.requests, got)
		}
	}
}

func TestHeldMemoryIsKnown(t *testing.T) {
	if heldMemory() == 0 {
		t.Error("the heap holds nothing")
	}
}
