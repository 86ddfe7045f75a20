package traffic

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func TestQueueIsAskedNowAndThen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asked, left := 0, 300
		var failed error
		q := &queue{left: func() (int, error) { asked++; return left, failed }}
		for _, step := range []struct {
			name  string
			do    func()
			sent  int64
			want  int64
			asked int
		}{
			{"at first", func() {}, 1000, 700, 1},
			{"at once", func() { left = 100 }, 1000, 700, 1},
			{"a moment later", func() { time.Sleep(askAgain) }, 1000, 900, 2},
			{"more is queued than was counted", func() { time.Sleep(askAgain); left = 500 }, 1000, 900, 3},
			{"once it was cut", func() { q.expire(); left = 50 }, 1000, 950, 4},
			{"after the end", func() { q.expire(); failed = errors.New("closed") }, 1000, 1000, 5},
		} {
			step.do()
			if got := q.acknowledged(step.sent); got != step.want || asked != step.asked {
				t.Errorf("%s: %d after %d looks, want %d after %d", step.name, got, asked, step.want, step.asked)
			}
		}
	})
}

func TestWhoLeavesATransferDoesNotLookAtTheOthers(t *testing.T) {
	f, thing := &flow{}, &Thing{Kind: File, Size: 1000}
	asked := 0
	add := func() *exchange {
		e := &exchange{req: Request{Method: "GET", Start: time.Now()}, queue: &queue{left: func() (int, error) { asked++; return 0, nil }}}
		e.progress.thing.Store(thing)
		f.join(e, thing)
		return e
	}
	first, second := add(), add()
	f.leave(first, &Request{Cut: true})
	if asked != 1 {
		t.Errorf("the system was asked %d times for one that left", asked)
	}
	f.leave(second, &Request{Cut: true})
	if len(f.running) != 0 {
		t.Errorf("%d are left", len(f.running))
	}
}
