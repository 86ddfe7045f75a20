package flight

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
)

// errExited stands in for the result of work that ended its goroutine.
var errExited = errors.New("flight: the work called runtime.Goexit")

// Group tells the same work from other work by its key. The zero value is
// ready for use, by any number of goroutines.
type Group[K comparable, V any] struct {
	mu    sync.Mutex
	calls map[K]*call[V] // those with callers; guarded by mu
}

// call is work under way, or done and not yet returned to all who wait.
type call[V any] struct {
	waiting int                // callers; guarded by the group's mu
	cancel  context.CancelFunc // ends the context of the work
	done    chan struct{}      // closed when what follows is set
	result  V
	err     error
	panic   any // what the work panicked with; nil if it did not
}

// Do returns what work returns. If the work of this key is under way already,
// Do waits for that instead of starting it again. When ctx ends, it returns
// ctx's error at once.
//
// The work runs on a goroutine of its own and may outlive the call that started
// it, so it owns what it uses. Its context carries the values of the first
// caller's ctx, and is cancelled when no caller waits any more; a later call
// then starts the work afresh. If the work panics, so does Do.
func (g *Group[K, V]) Do(ctx context.Context, key K, work func(context.Context) (V, error)) (V, error) {
	var none V
	if err := ctx.Err(); err != nil {
		return none, err
	}
	c := g.join(ctx, key, work)
	defer g.leave(key, c)
	select {
	case <-c.done:
	case <-ctx.Done():
		return none, ctx.Err()
	}
	if c.panic != nil {
		panic(c.panic)
	}
	return c.result, c.err
}

// join returns the work under way, which it starts if there is none.
func (g *Group[K, V]) join(ctx context.Context, key K, work func(context.Context) (V, error)) *call[V] {
	g.mu.Lock()
	defer g.mu.Unlock()
	c := g.calls[key]
	if c == nil {
		ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
		c = &call[V]{cancel: cancel, done: make(chan struct{})}
		if g.calls == nil {
			g.calls = map[K]*call[V]{}
		}
		g.calls[key] = c
		go c.run(ctx, work)
	}
	c.waiting++
	return c
}

// leave cancels the work if its last caller has left.
func (g *Group[K, V]) leave(key K, c *call[V]) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if c.waiting--; c.waiting == 0 {
		delete(g.calls, key)
		c.cancel()
	}
}

func (c *call[V]) run(ctx context.Context, work func(context.Context) (V, error)) {
	c.err = errExited
	defer func() {
		if p := recover(); p != nil {
			c.panic = fmt.Sprintf("%v\n\n%s", p, debug.Stack())
		}
		close(c.done)
	}()
	c.result, c.err = work(ctx)
}
