package app

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"windowsill/server"
)

// drawn collects what a feed draws, on a goroutine of its own.
type drawn struct {
	mu   sync.Mutex
	list []server.Snapshot
}

func (d *drawn) feed(t *testing.T) *feed {
	queue := make(chan func(), 100)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for f := range queue {
			f()
		}
	}()
	f := &feed{onUI: func(f func()) { queue <- f }, draw: func(s server.Snapshot) {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.list = append(d.list, s)
	}}
	t.Cleanup(func() { f.close(); close(queue); <-done })
	return f
}

func (d *drawn) all() []server.Snapshot {
	synctest.Wait()
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]server.Snapshot(nil), d.list...)
}

func snapshot(state server.State, requests int64) server.Snapshot {
	return server.Snapshot{State: state, Totals: server.Totals{Requests: requests}}
}

func TestFeedDrawsANewPolicyAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var d drawn
		f := d.feed(t)
		f.offer(snapshot(server.Sharing, 1))
		s := snapshot(server.Sharing, 1)
		s.Policy.Open = true
		d.all()
		f.offer(s)
		if got := d.all(); len(got) != 2 || !got[1].Policy.Open {
			t.Errorf("Drawn %d times.", len(got))
		}
	})
}

func TestFeedDrawsFiveTimesASecondAndTheNewest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var d drawn
		f := d.feed(t)
		for i := range int64(1000) {
			f.offer(snapshot(server.Sharing, i))
			time.Sleep(time.Millisecond)
		}
		time.Sleep(feedEvery)
		all := d.all()
		if len(all) > 7 {
			t.Errorf("Drawn %d times in a second.", len(all))
		}
		if last := all[len(all)-1].Totals.Requests; last != 999 {
			t.Errorf("The last one drawn is %d.", last)
		}
	})
}

func TestFeedDrawsANewStateAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var d drawn
		f := d.feed(t)
		f.offer(snapshot(server.Sharing, 1))
		f.offer(snapshot(server.Sharing, 2))
		d.all()
		f.offer(snapshot(server.Sharing, 3)) // waits
		f.offer(snapshot(server.Stopping, 3))
		all := d.all()
		if last := all[len(all)-1]; last.State != server.Stopping {
			t.Errorf("The last one drawn is %v.", last.State)
		}
		time.Sleep(time.Second)
		if again := d.all(); len(again) != len(all) {
			t.Errorf("Drawn %d times more.", len(again)-len(all))
		}
	})
}

func TestClosedFeedDrawsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var d drawn
		f := d.feed(t)
		f.offer(snapshot(server.Sharing, 1))
		d.all()
		f.offer(snapshot(server.Sharing, 2))
		f.close()
		f.offer(snapshot(server.Stopped, 3))
		time.Sleep(time.Second)
		if n := len(d.all()); n != 1 {
			t.Errorf("Drawn %d times.", n)
		}
	})
}

func TestTickerTicksOnlyWhileItRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ui, ticks := make(queue, 10), 0
		c := newTicker(ui.put, func(time.Time) { ticks++ })
		c.set(true)
		c.set(true)
		ui.run(3500 * time.Millisecond)
		c.set(false)
		c.set(false)
		ui.run(3 * time.Second)
		if ticks != 3 {
			t.Errorf("It ticked %d times.", ticks)
		}
	})
}
