package flight

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// result is what one call of Do returned.
type result struct {
	value int
	err   error
}

// do calls Do on a goroutine of its own and waits until it blocks.
func do(ctx context.Context, g *Group[string, int], key string, work func(context.Context) (int, error)) <-chan result {
	done := make(chan result, 1)
	go func() {
		v, err := g.Do(ctx, key, work)
		done <- result{v, err}
	}()
	synctest.Wait()
	return done
}

// counted is work that ends when finish is closed or its context ends.
type counted struct {
	started, cancelled atomic.Int32
	finish             chan struct{}
}

func (c *counted) work(ctx context.Context) (int, error) {
	n := c.started.Add(1)
	select {
	case <-c.finish:
		return int(n), nil
	case <-ctx.Done():
		c.cancelled.Add(1)
		return 0, ctx.Err()
	}
}

func bubble(t *testing.T, test func(t *testing.T, g *Group[string, int], c *counted)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		test(t, new(Group[string, int]), &counted{finish: make(chan struct{})})
	})
}

func TestSameKeyIsDoneOnce(t *testing.T) {
	bubble(t, func(t *testing.T, g *Group[string, int], c *counted) {
		a := do(t.Context(), g, "x", c.work)
		b := do(t.Context(), g, "x", c.work)
		other := do(t.Context(), g, "y", c.work)
		close(c.finish)
		if got := []result{<-a, <-b, <-other}; got[0] != (result{1, nil}) || got[1] != got[0] || got[2] != (result{2, nil}) {
			t.Errorf("the callers got %v", got)
		}
		if n := c.started.Load(); n != 2 {
			t.Errorf("work was started %d times, want once for each key", n)
		}
	})
}

func TestNothingIsRemembered(t *testing.T) {
	bubble(t, func(t *testing.T, g *Group[string, int], c *counted) {
		close(c.finish)
		for want := 1; want <= 2; want++ {
			if got := <-do(t.Context(), g, "x", c.work); got != (result{want, nil}) {
				t.Errorf("call %d got %v", want, got)
			}
		}
		if len(g.calls) != 0 {
			t.Errorf("%d calls are kept", len(g.calls))
		}
	})
}

func TestErrorReachesAll(t *testing.T) {
	bubble(t, func(t *testing.T, g *Group[string, int], c *counted) {
		broken := errors.New("broken")
		work := func(context.Context) (int, error) {
			<-c.finish
			return 0, broken
		}
		a, b := do(t.Context(), g, "x", work), do(t.Context(), g, "x", work)
		close(c.finish)
		if got, also := <-a, <-b; got.err != broken || also.err != broken {
			t.Errorf("the callers got %v and %v", got, also)
		}
	})
}

func TestAnyCallerMayLeave(t *testing.T) {
	for name, leaver := range map[string]int{"first": 0, "second": 1} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, g *Group[string, int], c *counted) {
				var done [2]<-chan result
				var leave [2]context.CancelFunc
				for i := range done {
					var ctx context.Context
					ctx, leave[i] = context.WithCancel(t.Context())
					defer leave[i]()
					done[i] = do(ctx, g, "x", c.work)
				}
				leave[leaver]()
				if got := <-done[leaver]; got.err != context.Canceled {
					t.Errorf("who left got %v", got)
				}
				synctest.Wait()
				if c.cancelled.Load() != 0 {
					t.Error("the work was cancelled while somebody waited")
				}
				close(c.finish)
				if got := <-done[1-leaver]; got != (result{1, nil}) {
					t.Errorf("who stayed got %v", got)
				}
			})
		})
	}
}

func TestWorkEndsWithTheLastCaller(t *testing.T) {
	bubble(t, func(t *testing.T, g *Group[string, int], c *counted) {
		ctx, leave := context.WithTimeout(t.Context(), time.Second)
		defer leave()
		a, b := do(ctx, g, "x", c.work), do(ctx, g, "x", c.work)
		if got, also := <-a, <-b; got.err != context.DeadlineExceeded || also.err != context.DeadlineExceeded {
			t.Errorf("the callers got %v and %v", got, also)
		}
		synctest.Wait()
		if c.cancelled.Load() != 1 {
			t.Error("the work goes on for nobody")
		}
	})
}

func TestNothingStartsForWhoHasLeftAlready(t *testing.T) {
	bubble(t, func(t *testing.T, g *Group[string, int], c *counted) {
		ctx, leave := context.WithCancel(t.Context())
		leave()
		if got := <-do(ctx, g, "x", c.work); got.err != context.Canceled || c.started.Load() != 0 {
			t.Errorf("%v; work was started %d times", got, c.started.Load())
		}
	})
}

// Work that was cancelled may take a while to notice.
func TestLaterCallerDoesNotGetCancelledWork(t *testing.T) {
	bubble(t, func(t *testing.T, g *Group[string, int], c *counted) {
		ctx, leave := context.WithCancel(t.Context())
		slow := make(chan struct{})
		first := do(ctx, g, "x", func(ctx context.Context) (int, error) {
			<-slow
			return 0, ctx.Err()
		})
		leave()
		<-first
		second := do(t.Context(), g, "x", c.work)
		close(slow)
		synctest.Wait()
		third := do(t.Context(), g, "x", c.work)
		close(c.finish)
		if got, also := <-second, <-third; got != (result{1, nil}) || also != got {
			t.Errorf("the later callers got %v and %v, want the same work", got, also)
		}
	})
}

func TestWorkKeepsTheValuesOfItsContext(t *testing.T) {
	type key struct{}
	ctx := context.WithValue(t.Context(), key{}, 7)
	v, err := new(Group[string, int]).Do(ctx, "x", func(ctx context.Context) (int, error) { return ctx.Value(key{}).(int), nil })
	if v != 7 || err != nil {
		t.Errorf("%d, %v", v, err)
	}
}

// The program must not end because of a panic that net/http would have caught.
func TestPanicReachesTheCallers(t *testing.T) {
	defer func() {
		if p, _ := recover().(string); !strings.HasPrefix(p, "too hot") || !strings.Contains(p, "flight_test.go") {
			t.Errorf("recovered %q, want the value and where it came from", p)
		}
	}()
	new(Group[string, int]).Do(t.Context(), "x", func(context.Context) (int, error) { panic("too hot") })
	t.Error("Do returned")
}

func TestGoexitIsAnError(t *testing.T) {
	_, err := new(Group[string, int]).Do(t.Context(), "x", func(context.Context) (int, error) {
		runtime.Goexit()
		return 0, nil
	})
	if err != errExited {
		t.Errorf("%v, want errExited", err)
	}
}

func TestManyComeAndGo(t *testing.T) {
	var g Group[int, int]
	var all sync.WaitGroup
	for i := range 2000 {
		all.Go(func() {
			ctx, leave := context.WithCancel(t.Context())
			defer leave()
			if i%3 == 0 {
				go leave()
			}
			v, err := g.Do(ctx, i%5, func(ctx context.Context) (int, error) {
				runtime.Gosched()
				return i % 5, ctx.Err()
			})
			if err == nil && v != i%5 || err != nil && i%3 != 0 {
				t.Errorf("%d: %d, %v", i, v, err)
			}
		})
	}
	all.Wait()
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.calls) != 0 {
		t.Errorf("%d calls are kept", len(g.calls))
	}
}
