package receive

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func TestQueueLimitsConcurrency(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var q queue
		var leaves []func()
		for i := range maxAtOnce {
			leave, err := q.enter(t.Context(), deviceKey{id: uint64(1 + i%2)})
			if err != nil {
				t.Fatal(err)
			}
			leaves = append(leaves, leave)
		}
		in := make(chan error)
		go func() {
			leave, err := q.enter(t.Context(), deviceKey{id: 3})
			if err == nil {
				defer leave()
			}
			in <- err
		}()
		synctest.Wait()
		select {
		case err := <-in:
			t.Fatalf("one more did not wait: %v", err)
		default:
		}
		leaves[0]()
		if err := <-in; err != nil {
			t.Errorf("its turn came: %v", err)
		}
		for _, leave := range leaves[1:] {
			leave()
		}
		synctest.Wait()
		if q.running != 0 || len(q.of) != 0 || len(q.waiting) != 0 {
			t.Errorf("left: %d running, %v, %d waiting", q.running, q.of, len(q.waiting))
		}
	})
}

func TestQueueLimitsEachDevice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var q queue
		for range maxAtOnce {
			go q.enter(t.Context(), deviceKey{id: 1})
		}
		synctest.Wait()
		if q.running != maxPerDevice {
			t.Errorf("%d of one device came in", q.running)
		}
		if _, err := q.enter(t.Context(), deviceKey{id: 2}); err != nil {
			t.Errorf("another device: %v", err)
		}
	})
}

func TestQueueTimesOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var q queue
		for range maxPerDevice {
			if _, err := q.enter(t.Context(), deviceKey{id: 1}); err != nil {
				t.Fatal(err)
			}
		}
		start := time.Now()
		if _, err := q.enter(t.Context(), deviceKey{id: 1}); !errors.Is(err, ErrCrowded) || time.Since(start) != maxWait {
			t.Errorf("%v after %v", err, time.Since(start))
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := q.enter(ctx, deviceKey{id: 1}); !errors.Is(err, context.Canceled) {
			t.Errorf("who has hung up: %v", err)
		}
		for range maxWaiting {
			go q.enter(t.Context(), deviceKey{id: 1})
		}
		synctest.Wait()
		if _, err := q.enter(t.Context(), deviceKey{id: 2}); !errors.Is(err, ErrCrowded) {
			t.Errorf("when too many wait already: %v", err)
		}
		if len(q.waiting) != maxWaiting {
			t.Errorf("%d wait", len(q.waiting))
		}
	})
}
