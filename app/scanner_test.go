package app

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"windowsill/server"
)

// queue has functions for the test's goroutine, which is Fyne's.
type queue chan func()

func (q queue) put(f func()) { q <- f }

// run runs what is queued within a time.
func (q queue) run(d time.Duration) {
	end := time.After(d)
	for {
		select {
		case f := <-q:
			f()
		case <-end:
			return
		}
	}
}

func TestScanThatHangsTimesOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ui := make(queue, 10)
		release := make(chan struct{})
		s := &scanner{onUI: ui.put, look: func(context.Context, string) (server.Look, error) {
			<-release // as a drive that does not answer
			return server.Look{Files: 9}, nil
		}}
		s.start([]string{"/mnt/dead"}, 0)
		start := time.Now()
		var took time.Duration
		s.then(func(found server.Look, err error) {
			took = time.Since(start)
			if found.Complete || err != nil {
				t.Errorf("found %+v, %v", found, err)
			}
		})
		ui.run(3 * time.Second)
		if took != scanTimeout {
			t.Errorf("It took %v.", took)
		}
		close(release)
		ui.run(time.Second)
		if s.found.Files != 0 {
			t.Error("What comes too late still counts.")
		}
	})
}

func TestLongScanIsCutShort(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ui := make(queue, 10)
		s := &scanner{onUI: ui.put, look: func(ctx context.Context, _ string) (server.Look, error) {
			<-ctx.Done()
			return server.Look{Files: 70000}, nil
		}}
		s.start([]string{"/"}, typingPause)
		ui.run(scanTimeout)
		if !s.done || s.found.Files != 70000 {
			t.Errorf("done: %v, found %+v", s.done, s.found)
		}
	})
}

func TestOnlyTheLastScanCounts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ui := make(queue, 10)
		var looked []string
		s := &scanner{onUI: ui.put, look: func(_ context.Context, folder string) (server.Look, error) {
			looked = append(looked, folder)
			return server.Look{Complete: true}, nil
		}}
		for _, path := range []string{"/s", "/sr", "/srv"} { // as it is typed
			s.start([]string{path}, typingPause)
			s.then(func(server.Look, error) {
				if path != "/srv" {
					t.Errorf("%s was looked at.", path)
				}
			})
			ui.run(50 * time.Millisecond)
		}
		ui.run(scanTimeout)
		if len(looked) != 1 || looked[0] != "/srv" || !s.done {
			t.Errorf("Looked at %q.", looked)
		}
	})
}

// What is counted again while it is shared shows beside each thing, and in the sum.
func TestScannerLearns(t *testing.T) {
	s := &scanner{done: true, things: []thing{{path: "/a"}, {path: "/b"}}}
	now := []thing{{path: "/a", look: server.Look{Files: 1, Bytes: 10}}, {path: "/b", look: server.Look{Files: 2, Bytes: 20}}}
	if s.learn(now); s.found.Files != 3 || s.found.Bytes != 30 || s.things[1].look.Files != 2 {
		t.Errorf("%+v", s)
	}
	if s.learn(now[:1]); s.found.Files != 3 {
		t.Error("It takes over what was found in something else.")
	}
}
