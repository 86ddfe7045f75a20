package app

import (
	"context"
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

// scanner finds out what is in a folder, one folder at a time, in the background. Its
// methods and the functions that it calls run on Fyne's goroutine.
type scanner struct {
	look func(context.Context, string) (server.Look, error)
	onUI func(func())

	cancel  context.CancelFunc
	scan    int // number of the present scan
	done    bool
	found   server.Look
	err     error // why the folder cannot be shared
	waiting []func(server.Look, error)
}

func newScanner(look func(context.Context, string) (server.Look, error), onUI func(func())) *scanner {
	return &scanner{look: look, onUI: onUI}
}

// start scans a folder after a pause. Who waited for the scan before waits no more.
func (s *scanner) start(folder string, pause time.Duration) {
	s.stop()
	ctx, cancel := context.WithTimeout(context.Background(), scanTimeout-scanMargin)
	scan := s.scan
	// A drive that does not answer holds up even a scan that was cancelled.
	timeout := time.AfterFunc(scanTimeout, func() {
		s.onUI(func() { s.finish(scan, server.Look{}, nil) })
	})
	s.cancel = func() { timeout.Stop(); cancel() }
	go func() {
		defer cancel()
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return
		}
		found, err := s.look(ctx, folder)
		timeout.Stop()
		s.onUI(func() { s.finish(scan, found, err) })
	}()
}

// retry looks now and then at a folder that could not be shared, and calls found once it
// can: a stick is plugged in, or a drive is back.
func (s *scanner) retry(folder string, found func()) {
	scan := s.scan
	ctx, cancel := context.WithCancel(context.Background())
	timer := time.AfterFunc(retryPause, func() {
		_, err := s.look(ctx, folder)
		s.onUI(func() {
			switch {
			case scan != s.scan:
			case err == nil:
				found()
			default:
				s.retry(folder, found)
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
	s.cancel, s.done, s.found, s.err, s.waiting = nil, false, server.Look{}, nil, nil
}

func (s *scanner) finish(scan int, found server.Look, err error) {
	if scan != s.scan || s.done {
		return
	}
	s.done, s.found, s.err = true, found, err
	waiting := s.waiting
	s.waiting = nil
	for _, f := range waiting {
		f(found, err)
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
