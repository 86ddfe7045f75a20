package server

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestWatchCallsAtOnceAndAfterTheLastChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, err := New(Options{})
		must(t, err)
		var calls int
		var last Snapshot
		cancel := s.Watch(func(snap Snapshot) { calls, last = calls+1, snap })
		synctest.Wait()
		if calls != 1 {
			t.Fatalf("%d calls at once, want 1", calls)
		}
		for range 1000 { // as many changes in a second
			s.set(func(c *current) { c.share.Port++ })
			time.Sleep(time.Millisecond)
		}
		time.Sleep(pace)
		synctest.Wait()
		if calls < 10 || calls > 12 {
			t.Errorf("%d calls in a second, want about 10", calls)
		}
		if last.Share.Port != 1000 {
			t.Errorf("the last call saw %d, want the last change, 1000", last.Share.Port)
		}
		cancel()
		cancel()
		before := calls
		s.watchers.changed()
		time.Sleep(time.Second)
		if calls != before {
			t.Error("called after cancel")
		}
	})
}

func TestCancelWaitsForARunningCall(t *testing.T) {
	s, err := New(Options{})
	must(t, err)
	entered, leave := make(chan struct{}), make(chan struct{})
	var ended atomic.Bool
	cancel := s.Watch(func(Snapshot) {
		close(entered)
		<-leave
		ended.Store(true)
	})
	<-entered
	close(leave)
	cancel()
	if !ended.Load() {
		t.Error("cancel returned while the watcher was running")
	}
}

func TestCancelTellsWhatHappenedJustBefore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, err := New(Options{})
		must(t, err)
		var last Snapshot
		cancel := s.Watch(func(snap Snapshot) { last = snap })
		synctest.Wait()
		s.set(func(c *current) { c.share.Port = 7 }) // less than a pace after the first call
		cancel()
		if last.Share.Port != 7 {
			t.Errorf("the last call saw %d, want the last change, 7", last.Share.Port)
		}
	})
}

func TestMovingBytesAreToldToThoseWhoShowThem(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, err := New(Options{})
		must(t, err)
		var all, requests int
		defer s.Watch(func(Snapshot) { all++ })()
		defer s.WatchRequests(func(Snapshot) { requests++ })()
		time.Sleep(pace)
		s.watchers.moved()
		time.Sleep(pace)
		s.watchers.changed()
		time.Sleep(pace)
		synctest.Wait()
		if all != 3 || requests != 2 {
			t.Errorf("%d calls, and %d for requests; want 3, 2", all, requests)
		}
	})
}

func TestASlowWatcherHoldsUpNobody(t *testing.T) {
	s, err := New(Options{})
	must(t, err)
	leave := make(chan struct{})
	cancel := s.Watch(func(Snapshot) { <-leave })
	defer cancel()
	defer close(leave)
	must(t, s.Start(Share{Folder: t.TempDir()}))
	must(t, s.Stop(context.Background()))
}
