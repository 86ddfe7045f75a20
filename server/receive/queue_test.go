package receive

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// host is a device without a number at one of many addresses.
func host(n byte) sender { return sender{addr: netip.AddrFrom4([4]byte{10, 0, 0, n})} }

// enter returns turns that come at once.
func enter(t *testing.T, q *queue, n int, who sender) (all []*turn) {
	t.Helper()
	for range n {
		turn, err := q.enter(t.Context(), who, nil)
		must(t, err)
		all = append(all, turn)
	}
	return all
}

// entering waits for a turn in a goroutine of its own, and sends what came of it.
func entering(ctx context.Context, q *queue, who sender) <-chan error {
	in := make(chan error, 1)
	go func() {
		_, err := q.enter(ctx, who, nil)
		in <- err
	}()
	synctest.Wait()
	return in
}

func waits(t *testing.T, in <-chan error) {
	t.Helper()
	select {
	case err := <-in:
		t.Errorf("it does not wait: %v", err)
	default:
	}
}

func TestTheQueueLetsInSoMany(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue()
		all := append(enter(t, q, maxAtOnce/2, host(1)), enter(t, q, maxAtOnce/2, host(2))...)
		in := entering(t.Context(), q, host(1))
		waits(t, in)
		all[0].leave()
		must(t, <-in)
		for _, turn := range all[1:] {
			turn.leave()
		}
		if len(q.running) != 1 || len(q.of.addrs) != 1 || len(q.waiting) != 0 || len(q.waits.addrs) != 0 {
			t.Errorf("left: %+v", q)
		}
	})
}

func TestNewcomersComeInAtOnce(t *testing.T) {
	q := newQueue()
	enter(t, q, maxOfOne, host(1))
	enter(t, q, maxAtOnce-maxOfOne, host(2))
	for n := range byte(maxNewcomers) {
		enter(t, q, 1, host(3+n))
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := q.enter(ctx, host(100), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("one too many: %v", err)
	}
}

func TestOneSenderLeavesRoomForOthers(t *testing.T) {
	for name, who := range map[string]func(n int) sender{
		"device at many addresses": func(n int) sender { return sender{7, host(byte(n)).addr} },
		"address of many devices":  func(n int) sender { return sender{uint64(n), host(1).addr} },
		"address":                  func(int) sender { return host(1) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				q := newQueue()
				for n := range maxOfOne {
					enter(t, q, 1, who(1+n))
				}
				for n := range maxOfOneWait {
					waits(t, entering(ctx, q, who(1+n%200)))
				}
				if _, err := q.enter(t.Context(), who(1), nil); !errors.Is(err, ErrCrowded) {
					t.Errorf("so many cannot wait: %v", err)
				}
				enter(t, q, maxAtOnce-maxOfOne, sender{1000, host(250).addr})
			})
		})
	}
}

func TestWhoWaitsTooLongIsSentAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue()
		for _, turn := range enter(t, q, maxOfOne, host(1)) {
			turn.bytes = 1 << 30 // fast ones
		}
		start := time.Now()
		if _, err := q.enter(t.Context(), host(1), nil); !errors.Is(err, ErrCrowded) || time.Since(start) != maxWait {
			t.Errorf("%v after %v", err, time.Since(start))
		}
		ctx, cancel := context.WithCancel(t.Context())
		in := entering(ctx, q, host(1))
		cancel()
		if err := <-in; !errors.Is(err, context.Canceled) {
			t.Errorf("who has hung up: %v", err)
		}
	})
}

// drip receives so many bytes in a second, for so long, and returns the last
// error.
func drip(t *turn, bytes int, d time.Duration) (err error) {
	for range d / time.Second {
		time.Sleep(time.Second)
		if err = t.received(bytes); err != nil {
			return err
		}
	}
	return nil
}

func TestSlowOnesLoseTheirPlaceToThoseWhoWait(t *testing.T) {
	for _, tt := range []struct {
		name  string
		speed int  // bytes a second
		waits bool // another one does
		lost  bool
	}{
		{"a byte a second", 1, true, true},
		{"too slow", minSpeed - 1, true, true},
		{"fast enough", minSpeed * 11 / 10, true, false},
		{"nobody waits", 1, false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				q := newQueue()
				turn := enter(t, q, 1, host(1))[0]
				for _, fast := range enter(t, q, maxOfOne-1, host(1)) {
					fast.bytes = 1 << 30
				}
				var in <-chan error
				if tt.waits {
					in = entering(t.Context(), q, host(1))
				}
				err := drip(turn, tt.speed, minSpan+2*time.Second)
				if lost := errors.Is(err, ErrSlow); lost != tt.lost {
					t.Error(err)
				}
				turn.leave()
				if tt.waits {
					must(t, <-in)
				}
				if want := maxOfOne; tt.waits && len(q.running) != want {
					t.Errorf("%d are in, want %d", len(q.running), want)
				}
			})
		})
	}
}

// One that sends nothing at all would not notice that its place is lost.
func TestStalledFileEndsWhenItsPlaceIsLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := receiver(t, Limits{})
		begun := time.Now()
		failures := make(chan error)
		for n := range maxOfOne {
			body, in := io.Pipe()
			by := from(1)
			by.Interrupt = func() { in.CloseWithError(os.ErrDeadlineExceeded) }
			go func() {
				_, err := r.Put(t.Context(), File{Name: fmt.Sprint(n), Size: 10, From: by}, body)
				failures <- err
			}()
			_, err := in.Write([]byte("x"))
			must(t, err)
		}
		if _, err := r.Put(t.Context(), File{Name: "honest", Size: -1, From: from(1)}, strings.NewReader("x")); err != nil {
			t.Error(err)
		}
		for range maxOfOne {
			if err := <-failures; !errors.Is(err, ErrSlow) {
				t.Error(err)
			}
		}
		if took := time.Since(begun); took > minSpan+2*time.Second {
			t.Errorf("they end after %v", took)
		}
	})
}

func TestWhatCameLongAgoDoesNotKeepThePlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue()
		all := enter(t, q, maxOfOne, host(1))
		for _, turn := range all {
			must(t, turn.received(1<<30))
		}
		time.Sleep(minSpan)
		for _, turn := range all {
			must(t, turn.received(1))
		}
		start := time.Now()
		enter(t, q, 1, host(1))
		if took := time.Since(start); took > minSpan+time.Second {
			t.Errorf("after %v", took)
		}
	})
}

func TestSlowFileEndsAndOneThatIsWholeStays(t *testing.T) {
	r, dir := receiver(t, Limits{})
	turn := enter(t, r.queue, 1, from(1).sender())[0]
	turn.lost.Store(true)
	a := arrival{File{Name: "a", Size: -1, From: from(1)}, r.uploads.begin("", Upload{}), nil, turn}
	p, err := r.writer.NewPartial("", NewID())
	must(t, err)
	a.reserved, err = r.quota.reserve(p.Free, 0, -1)
	must(t, err)
	pieces, more := io.Pipe()
	go more.Write([]byte("x"))
	if err := r.fill(p, a, pieces); !errors.Is(err, ErrSlow) {
		t.Errorf("more is to come: %v", err)
	}
	if err := r.fill(p, a, io.MultiReader(strings.NewReader(""))); err != nil {
		t.Errorf("all has come: %v", err)
	}
	must(t, p.Discard())
	a.reserved.end(true)
	wantTree(t, dir, map[string]string{})
}
