package app

import (
	"testing"
	"time"

	"windowsill/server"
)

func TestPace(t *testing.T) {
	var p pace
	at := func(seconds float64) time.Time { return fakeStart.Add(time.Duration(seconds * float64(time.Second))) }
	for s := range 61 { // 1 MB/s, with a second of 10 MB/s after half a minute
		moved := int64(s) * 1_000_000
		if s >= 30 {
			moved += 9_000_000
		}
		p.note([]server.Transfer{{ID: 1, Moved: moved}}, at(float64(s)))
		left := p.left(60_000_000, at(float64(s)))
		switch {
		case s < 3 && left != 0:
			t.Errorf("after %d s it guesses %v", s, left)
		case s >= 3 && s < 30 && left.Round(time.Second) != time.Minute:
			t.Errorf("after %d s: %v, want a minute", s, left)
		case s >= 30 && left < 30*time.Second:
			t.Errorf("after %d s it jumps to %v", s, left)
		}
	}
	if left := p.left(60_000_000, at(60)).Round(time.Second); left != time.Minute {
		t.Errorf("in the end: %v, want a minute", left)
	}
	p.note([]server.Transfer{{ID: 1, Moved: 69_000_000}}, at(62.9))
	if p.isStalled(at(62.9)) || !p.isStalled(at(63)) {
		t.Error("It does not wait after 3 s of nothing.")
	}
	p.note(nil, at(64))
	if p.isStalled(at(99)) || p.left(1, at(99)) != 0 {
		t.Error("Something is left of what has ended.")
	}
}

func TestPaceOfWhatBeganEarlier(t *testing.T) {
	var p pace
	for s := range 10 {
		running := []server.Transfer{{ID: 1, Moved: 500_000_000 + int64(s)*1_000_000}}
		if s >= 5 { // another one is seen late
			running = append(running, server.Transfer{ID: 2, Moved: 900_000_000})
		}
		p.note(running, fakeStart.Add(time.Duration(s)*time.Second))
	}
	if left := p.left(10_000_000, fakeStart.Add(9*time.Second)).Round(time.Second); left != 10*time.Second {
		t.Errorf("%v, want 10 s", left)
	}
}
