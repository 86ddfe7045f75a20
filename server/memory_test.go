package server

import "testing"

func TestMemoryIsReleasedOnceAfterABusySpell(t *testing.T) {
	var m memoryReleaser
	for i, c := range []struct {
		requests uint64
		want     bool
	}{
		{0, false}, {busySpell - 1, false}, {busySpell - 1, false}, // quiet, but it was not busy
		{10_000, false}, {20_000, false}, {20_000, true}, {20_000, false},
		{20_001, false}, {20_001, false}, {30_000, false}, {30_000, true}, {30_000, false},
	} {
		if got := m.isDue(c.requests); got != c.want {
			t.Errorf("look %d, at %d requests: %v", i+1, c.requests, got)
		}
	}
}
