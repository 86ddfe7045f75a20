package app

import (
	"context"
	"time"

	"windowsill/server"
)

const (
	// lookLimit is how long a look may take. A folder can be shared after that
	// at the latest, counted or not.
	lookLimit = 2 * time.Second
	// lookSpare is the part of it that is kept for what was found to arrive.
	lookSpare = 100 * time.Millisecond
	// typingPause is how long a path has to stay as it is until it is looked
	// at: half a path is seldom worth a sentence.
	typingPause = 300 * time.Millisecond
)

// looker takes a look at one folder at a time, in the background. Its methods
// and the functions it calls run on Fyne's goroutine.
type looker struct {
	look func(context.Context, string) (server.Look, error)
	onUI func(func())

	cancel  context.CancelFunc
	turn    int // tells a look from those that it replaced
	done    bool
	found   server.Look
	err     error // a sentence why the folder cannot be shared
	waiting []func(server.Look, error)
}

// begin looks at a folder after a pause. Whoever waited for the last one waits
// no more.
func (l *looker) begin(folder string, pause time.Duration) {
	l.stop()
	ctx, cancel := context.WithTimeout(context.Background(), lookLimit-lookSpare)
	turn := l.turn
	// A drive that does not answer holds up even a look that was cancelled.
	late := time.AfterFunc(lookLimit, func() {
		l.onUI(func() { l.end(turn, server.Look{}, nil) })
	})
	l.cancel = func() { late.Stop(); cancel() }
	go func() {
		defer cancel()
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return
		}
		found, err := l.look(ctx, folder)
		late.Stop()
		l.onUI(func() { l.end(turn, found, err) })
	}()
}

// stop forgets the present look.
func (l *looker) stop() {
	if l.cancel != nil {
		l.cancel()
	}
	l.turn++
	l.cancel, l.done, l.found, l.err, l.waiting = nil, false, server.Look{}, nil, nil
}

func (l *looker) end(turn int, found server.Look, err error) {
	if turn != l.turn || l.done {
		return
	}
	l.done, l.found, l.err = true, found, err
	waiting := l.waiting
	l.waiting = nil
	for _, f := range waiting {
		f(found, err)
	}
}

// then calls f with what was found: at once, or when the look is over.
func (l *looker) then(f func(server.Look, error)) {
	if l.done {
		f(l.found, l.err)
		return
	}
	l.waiting = append(l.waiting, f)
}
