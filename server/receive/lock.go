package receive

import (
	"context"
	"sync"
	"time"
)

// takeOverTimeout is how long a request waits for the one that it interrupts.
const takeOverTimeout = 20 * time.Second

// locks give one request at a time the exclusive use of a file that comes in
// parts. The latest request takes over, since after a lost connection the one
// before may wait for bytes for another minute.
type locks struct {
	mu   sync.Mutex
	held map[string]*lock // by ID; guarded by mu
}

// lock is one request's use of a file.
type lock struct {
	of        *locks
	id        string
	done      chan struct{}
	interrupt func() // nil if there is nothing to interrupt; guarded by of.mu
}

// take interrupts whoever has the file and waits until it is free. The error is
// [ErrBusy] or that of ctx.
func (ls *locks) take(ctx context.Context, id string, interrupt func()) (*lock, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, takeOverTimeout, ErrBusy)
	defer cancel()
	mine := &lock{of: ls, id: id, done: make(chan struct{}), interrupt: interrupt}
	// The reader may move the deadline that should interrupt it at the same
	// moment, so one try is not always enough.
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	for {
		before := ls.tryTake(mine)
		if before == nil {
			return mine, nil
		}
		select {
		case <-before.done:
		case <-again.C:
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
}

// tryTake returns nil, or the lock in the way, which it interrupts.
func (ls *locks) tryTake(mine *lock) (before *lock) {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	if before = ls.held[mine.id]; before == nil {
		if ls.held == nil {
			ls.held = map[string]*lock{}
		}
		ls.held[mine.id] = mine
		return nil
	}
	if before.interrupt != nil {
		before.interrupt()
	}
	return before
}

// pastReading says that there is nothing left to interrupt.
func (l *lock) ignoreInterrupt() {
	l.of.mu.Lock()
	defer l.of.mu.Unlock()
	l.interrupt = nil
}

// release lets the next request have the file.
func (l *lock) release() {
	l.of.mu.Lock()
	defer l.of.mu.Unlock()
	delete(l.of.held, l.id)
	close(l.done)
}
