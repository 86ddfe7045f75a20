package traffic

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestSpeedOfTheLastMinute(t *testing.T) {
	var m meter
	for i := range int64(100) {
		if !m.add((i+1)*1000, false) {
			t.Fatal("it stops while bytes move")
		}
	}
	if m.Now < 990 || m.Now > 1000 || m.Minute[0] != 1000 || m.Minute[59] != 1000 || m.Beat != 100 {
		t.Errorf("got %+v", m.Speed)
	}
	for i := range 60 {
		if goOn := m.add(100_000, false); goOn != (i < 59) {
			t.Errorf("after %d quiet seconds it goes on: %v", i+1, goOn)
		}
	}
	if m.Now != 0 {
		t.Errorf("speed is %d after a quiet minute", m.Now)
	}
}

// A client that limits itself takes in gulps: the number must not jump between
// nothing and too much, nor tell another story than the rows below it.
func TestSpeedOfGulpsIsSmoothed(t *testing.T) {
	var m meter
	var moved int64
	for i := range 60 {
		if i%5 == 0 {
			moved += 5000
		}
		m.add(moved, true)
		if i > 20 && (m.Now < 300 || m.Now > 2000) {
			t.Errorf("after %d seconds of a thousand bytes each it says %d", i, m.Now)
		}
	}
}

func TestNothingIsMeasuredWhileNothingMoves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var calls atomic.Int64
		r := New(Options{Changed: func() { calls.Add(1) }})
		take(r, request("/film", "10.0.0.1", ""), pieces(10, 200<<10, time.Second))
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		calls.Store(0)
		time.Sleep(time.Hour)
		synctest.Wait()
		if n := calls.Load(); n != 0 {
			t.Errorf("something changed %d times in a quiet hour", n)
		}
		if s := r.Snapshot().Speed; s.Minute != [60]int64{} || s.Beat < 60 {
			t.Errorf("speed is %+v", s)
		}
	})
}
