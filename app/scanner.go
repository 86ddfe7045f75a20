package app

import (
	"context"
	"slices"
	"time"

	"windowsill/server"
)

const (
	// scanTimeout is how long a scan may take. A folder can be shared after that,
	// counted or not.
	scanTimeout = 2 * time.Second
	// scanMargin is the part of it that is kept for the result to arrive.
	scanMargin = 100 * time.Millisecond
	// typingPause is how long a path has to stay as it is until it is scanned: half
	// a path is seldom worth a sentence.
	typingPause = 300 * time.Millisecond
	// retryPause is how long it is until a folder that could not be shared is looked
	// at again.
	retryPause = 2 * time.Second
)

// scanner finds out what is in the folders and files that are chosen, in the background.
// Its methods and the functions that it calls run on Fyne's goroutine.
type scanner struct {
	look lookFunc
	onUI func(func())

	cancel  context.CancelFunc
	scan    int // number of the present scan
	done    bool
	things  []thing     // what was found one by one; none if time ran out
	found   server.Look // and all together
	err     error       // why nothing of it can be shared
	waiting []func(server.Look, error)
}

func newScanner(look lookFunc, onUI func(func())) *scanner {
	return &scanner{look: look, onUI: onUI}
}

// start scans these after a pause. Who waited for the scan before waits no more.
func (s *scanner) start(paths []string, pause time.Duration) {
	s.stop()
	ctx, cancel := context.WithTimeout(context.Background(), scanTimeout-scanMargin)
	scan := s.scan
	// A drive that does not answer holds up even a scan that was cancelled.
	timeout := time.AfterFunc(scanTimeout, func() {
		s.onUI(func() { s.finish(scan, nil) })
	})
	s.cancel = func() { timeout.Stop(); cancel() }
	go func() {
		defer cancel()
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return
		}
		things := lookAtAll(ctx, s.look, paths)
		timeout.Stop()
		s.onUI(func() { s.finish(scan, things) })
	}()
}

// retry looks now and then at what could not be shared, and calls found once it
// can: a stick is plugged in, or a drive is back.
func (s *scanner) retry(paths []string, found func()) {
	scan := s.scan
	ctx, cancel := context.WithCancel(context.Background())
	timer := time.AfterFunc(retryPause, func() {
		_, err := sumOf(lookAtAll(ctx, s.look, paths))
		s.onUI(func() {
			switch {
			case scan != s.scan:
			case err == nil:
				found()
			default:
				s.retry(paths, found)
			}
		})
	})
	s.cancel = func() { timer.Stop(); cancel() }
}

// stop forgets the present scan.
func (s *scanner) stop() {
	if s.cancel != nil {
		s.cancel()
	}
	s.scan++
	s.cancel, s.done, s.things, s.found, s.err, s.waiting = nil, false, nil, server.Look{}, nil, nil
}

// finish takes what was found, nil if time ran out.
func (s *scanner) finish(scan int, things []thing) {
	if scan != s.scan || s.done {
		return
	}
	s.done, s.things = true, things
	if things != nil {
		s.found, s.err = sumOf(things)
	}
	waiting := s.waiting
	s.waiting = nil
	for _, f := range waiting {
		f(s.found, s.err)
	}
}

// then calls f with the result: now, or when the scan is done.
func (s *scanner) then(f func(server.Look, error)) {
	if s.done {
		f(s.found, s.err)
		return
	}
	s.waiting = append(s.waiting, f)
}

// learn takes over what was found when what is shared was counted again.
func (s *scanner) learn(things []thing) {
	if s.done && slices.EqualFunc(things, s.things, func(a, b thing) bool { return a.path == b.path }) {
		s.things = things
		s.found, s.err = sumOf(things)
	}
}
