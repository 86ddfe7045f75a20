package worker

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestEachCallerGetsAShare(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns := newTurns(4, 2)
		var inside atomic.Int32 // of the greedy one
		for range 10 {
			go func() {
				_ = turns.take(t.Context(), "greedy")
				inside.Add(1)
			}()
		}
		synctest.Wait()
		if n := inside.Load(); n != 2 {
			t.Errorf("%d of one caller are in, want its share of 2", n)
		}
		for _, modest := range []string{"b", "c"} {
			if err := turns.take(t.Context(), modest); err != nil {
				t.Errorf("%s: %v", modest, err)
			}
		}
		turns.give("b")
		synctest.Wait()
		if inside.Load() != 2 {
			t.Error("what others leave goes beyond the share")
		}
		turns.give("greedy")
		synctest.Wait()
		if inside.Load() != 3 {
			t.Error("the next one does not come in")
		}
	})
}

func TestWhoComesFirstIsFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns := newTurns(1, 1)
		_ = turns.take(t.Context(), "a")
		var order string
		for _, caller := range []string{"b", "c", "d"} {
			go func() {
				_ = turns.take(t.Context(), caller)
				order += caller
				turns.give(caller)
			}()
			synctest.Wait()
		}
		turns.give("a")
		synctest.Wait()
		if order != "bcd" {
			t.Errorf("the order is %q", order)
		}
		if turns.free != 1 || len(turns.taken) != 0 {
			t.Errorf("%d free, taken %v, though all have left", turns.free, turns.taken)
		}
	})
}

func TestWhoLeavesIsForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns, gone := newTurns(1, 1), errors.New("gone")
		_ = turns.take(t.Context(), "a")
		ctx, cancel := context.WithTimeoutCause(t.Context(), time.Second, gone)
		defer cancel()
		if err := turns.take(ctx, "b"); err != gone {
			t.Errorf("%v, want why the context ended", err)
		}
		if len(turns.waiting) != 0 {
			t.Error("it still waits")
		}
		turns.give("a")
		if err := turns.take(t.Context(), "c"); err != nil {
			t.Error(err)
		}
	})
}
