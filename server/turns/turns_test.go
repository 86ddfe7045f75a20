package turns

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
		turns := New(4, 2)
		var inside atomic.Int32 // of the greedy one
		for range 10 {
			go func() {
				_ = turns.Take(t.Context(), "greedy")
				inside.Add(1)
			}()
		}
		synctest.Wait()
		if n := inside.Load(); n != 2 {
			t.Errorf("%d of one caller are in, want its share of 2", n)
		}
		for _, modest := range []string{"b", "c"} {
			if err := turns.Take(t.Context(), modest); err != nil {
				t.Errorf("%s: %v", modest, err)
			}
		}
		turns.Give("b")
		synctest.Wait()
		if inside.Load() != 2 {
			t.Error("what others leave goes beyond the share")
		}
		turns.Give("greedy")
		synctest.Wait()
		if inside.Load() != 3 {
			t.Error("the next one does not come in")
		}
	})
}

func TestWhoComesFirstIsFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns := New(1, 1)
		_ = turns.Take(t.Context(), "a")
		var order string
		for _, caller := range []string{"b", "c", "d"} {
			go func() {
				_ = turns.Take(t.Context(), caller)
				order += caller
				turns.Give(caller)
			}()
			synctest.Wait()
		}
		turns.Give("a")
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
		turns, gone := New(1, 1), errors.New("gone")
		_ = turns.Take(t.Context(), "a")
		ctx, cancel := context.WithTimeoutCause(t.Context(), time.Second, gone)
		defer cancel()
		if err := turns.Take(ctx, "b"); err != gone {
			t.Errorf("%v, want why the context ended", err)
		}
		if len(turns.waiting) != 0 {
			t.Error("it still waits")
		}
		turns.Give("a")
		if err := turns.Take(t.Context(), "c"); err != nil {
			t.Error(err)
		}
	})
}
