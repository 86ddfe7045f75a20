package receive

import (
	"context"
	"sync"
	"time"
)

// longestTakeOver is how long a request waits for the one that it breaks off.
const longestTakeOver = 20 * time.Second

// locks let one request at a time have a file that comes in pieces. The last
// to come takes over: after a lost connection the one before may wait for
// bytes for a minute more.
type locks struct {
	mu   sync.Mutex
	held map[string]*lock // by ID; guarded by mu
}

// lock is one request's hold of a file.
type lock struct {
	of        *locks
	id        string
	done      chan struct{}
	interrupt func() // nil if there is nothing to break off; guarded by of.mu
}

// take waits until the file is free. The error is [ErrBusy] or that of ctx.
func (ls *locks) take(ctx context.Context, id string, interrupt func()) (*lock, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, longestTakeOver, ErrBusy)
	defer cancel()
	mine := &lock{of: ls, id: id, done: make(chan struct{}), interrupt: interrupt}
	// A deadline that breaks off a read may be moved on at the same moment by
	// who reads: then it takes a second try.
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

// tryTake returns nil, or who has the file and is now told to let go.
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

// pastReading says that there is nothing more to break off.
func (l *lock) pastReading() {
	l.of.mu.Lock()
	defer l.of.mu.Unlock()
	l.interrupt = nil
}

// end lets the next one have the file.
func (l *lock) end() {
	l.of.mu.Lock()
	defer l.of.mu.Unlock()
	delete(l.of.held, l.id)
	close(l.done)
}
