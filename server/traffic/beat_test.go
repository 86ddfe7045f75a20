package traffic

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestHeartStopsAfterQuietSeconds(t *testing.T) {
	var h heart
	for i, c := range []struct {
		moved int64
		busy  bool
		want  bool
	}{{1000, false, true}, {1000, true, true}, {1000, false, true}, {1000, false, true}, {2000, false, true}, {2000, false, true}, {2000, false, true}, {2000, false, false}} {
		if got := h.beat(c.moved, c.busy); got != c.want {
			t.Errorf("beat %d: it goes on: %v, want %v", i, got, c.want)
		}
	}
}

func TestNobodyLooksWhileNothingMoves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var calls atomic.Int64
		count := func() { calls.Add(1) }
		r := New(Options{Changed: count, Moved: count})
		take(r, request("/film", "10.0.0.1", ""), pieces(10, 200<<10, time.Second))
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		calls.Store(0)
		time.Sleep(time.Hour)
		synctest.Wait()
		if n := calls.Load(); n != 0 {
			t.Errorf("something changed %d times in a quiet hour", n)
		}
	})
}
