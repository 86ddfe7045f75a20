package media

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
)

// occupied returns slots that are all taken, and what releases each. Callers named
// "taken …" have them.
func occupied(t *testing.T, n int) (s *slots, release []func()) {
	s = newSlots(n)
	for i := range n {
		release = append(release, <-waitIn(t, t.Context(), s, fmt.Sprint("taken ", i), fmt.Sprint("taken ", i)))
	}
	return s, release
}

// waitIn lets work on a key that a caller wants wait for a slot. It sends what
// releases the slot, nil if there was an error.
func waitIn(t *testing.T, ctx context.Context, s *slots, caller, key string) <-chan func() {
	t.Helper()
	s.want(caller, key)
	outcome := make(chan func(), 1)
	go func() {
		release, _ := s.acquire(ctx, key)
		outcome <- release
	}()
	synctest.Wait()
	return outcome
}

// now returns what a channel has, nil if it has nothing.
func now(t *testing.T, c <-chan func()) func() {
	t.Helper()
	synctest.Wait()
	select {
	case f := <-c:
		return f
	default:
		return nil
	}
}

// inOrder checks who is next, and has each release its slot.
func inOrder(t *testing.T, release func(), all ...<-chan func()) {
	t.Helper()
	for i, next := range all {
		release()
		if release = now(t, next); release == nil {
			t.Fatalf("number %d is out of turn", i)
		}
	}
	release()
}

func TestNewestAndOldestAreServedInTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, taken := occupied(t, 1)
		s.reserve = 0
		var all [4]<-chan func()
		for i, key := range []string{"a", "b", "c", "d"} {
			all[i] = waitIn(t, t.Context(), s, "one", key)
		}
		s.want("one", "b") // once more
		inOrder(t, taken[0], all[1], all[0], all[3], all[2])
		if s.taken != 0 || len(s.held) != 0 || len(s.waiting) != 0 || len(s.lines) != 0 {
			t.Errorf("left: %+v", s)
		}
	})
}

func TestCallersAreServedInTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, taken := occupied(t, 1)
		s.reserve = 0
		var many [500]<-chan func()
		for i := range many {
			many[i] = waitIn(t, t.Context(), s, "many", fmt.Sprint(i))
		}
		few := []<-chan func(){waitIn(t, t.Context(), s, "few", "x"), waitIn(t, t.Context(), s, "few", "y")}
		inOrder(t, taken[0], many[499], few[1], many[0], few[0], many[498], many[1])
	})
}

// All who look at a folder want the same.
func TestWhatSeveralWantIsInTheTurnOfEach(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, taken := occupied(t, 1)
		s.reserve = 0
		var many [500]<-chan func()
		for i := range many {
			many[i] = waitIn(t, t.Context(), s, "many", fmt.Sprint(i))
		}
		s.want("few", "250")
		unwant := s.want("few", "251")
		unwant()
		inOrder(t, taken[0], many[499], many[250], many[0], many[498], many[1])
	})
}

func TestCallerWithoutASlotHasOneInReserve(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSlots(2)
		for i := range 2 {
			if now(t, waitIn(t, t.Context(), s, "many", fmt.Sprint(i))) == nil {
				t.Fatal("no slot while all are free")
			}
		}
		if now(t, waitIn(t, t.Context(), s, "many", "2")) != nil {
			t.Error("one caller has the reserve too")
		}
		release := now(t, waitIn(t, t.Context(), s, "few", "x"))
		if release == nil {
			t.Fatal("one without a slot waits for those who have all")
		}
		if now(t, waitIn(t, t.Context(), s, "few", "y")) != nil || now(t, waitIn(t, t.Context(), s, "more", "z")) != nil {
			t.Error("the reserve has no end")
		}
		release()
	})
}

// With n waiting, each is served within n turns, however many come later.
func TestNobodyWaitsForever(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		s, taken := occupied(t, 1)
		s.reserve = 0
		first := waitIn(t, ctx, s, "one", "first")
		var later []<-chan func()
		release := taken[0]
		for i := range 10 {
			later = append(later, waitIn(t, ctx, s, "one", fmt.Sprint(i)))
			if i < 4 {
				continue
			}
			release()
			if now(t, first) != nil {
				return
			}
			for _, l := range later {
				if next := now(t, l); next != nil {
					release = next
				}
			}
		}
		t.Error("The first was overtaken by all who came later.")
	})
}

func TestNoSlotForWhoHasLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, taken := occupied(t, 1)
		s.reserve = 0
		a := waitIn(t, t.Context(), s, "one", "a")
		ctx, cancel := context.WithCancel(t.Context())
		b := waitIn(t, ctx, s, "one", "b")
		cancel()
		if <-b != nil {
			t.Error("who has left got a slot")
		}
		inOrder(t, taken[0], a)
	})
}

func TestSlotThatComesTooLateIsPassedOn(t *testing.T) {
	for range 200 {
		synctest.Test(t, func(t *testing.T) {
			s, taken := occupied(t, 1)
			s.reserve = 0
			ctx, cancel := context.WithCancel(t.Context())
			a := waitIn(t, ctx, s, "one", "a")
			go cancel()
			go taken[0]()
			if release := <-a; release != nil {
				release()
			}
			synctest.Wait()
			if s.taken != 0 || len(s.held) != 0 {
				t.Errorf("%d slots are taken: one was lost", s.taken)
			}
		})
	}
}
