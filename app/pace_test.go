package app

import (
	"testing"
	"time"

	"windowsill/server"
)

// paceStep is how often the window looks while something moves.
const paceStep = 100 * time.Millisecond

// TestPace looks at the ways in which bytes really come. A transfer of 120 MB that takes
// 1 MB/s in the long run is seen after half a second, as the server shows it.
func TestPace(t *testing.T) {
	const all = 120_000_000
	steady := func(s float64) float64 { return s }
	for _, c := range []struct {
		name  string
		moved func(s float64) float64 // MB
		// While something moves the estimate is at most so many times too long or too short,
		// from the moment on when there is one.
		within float64
		known  []float64 // seconds at which there is an estimate
		silent []float64 // and at which there is none, or it waits
	}{
		{"steady", steady, 1.01, []float64{5, 6, 12, 60}, []float64{1, 3, 4.8}},
		{"a burst, then steady", func(s float64) float64 { return 4 + s }, 2, []float64{5, 9, 20}, []float64{1, 4.8}},
		{"a burst, then a pause, then steady", func(s float64) float64 { return max(4, s) }, 1.4, []float64{10, 12, 20}, []float64{3.6, 3.9}},
		{"a burst every other second", func(s float64) float64 { return float64(2 * (int(s/2) + 1)) }, 1.5, []float64{5, 8, 12, 30}, nil},
		{"a burst every five seconds", func(s float64) float64 { return float64(5 * (int(s/5) + 1)) }, 2.1, []float64{6, 11, 26, 51}, []float64{9, 24}},
		{"a slow start", func(s float64) float64 { return min(s*s/8, 2) + max(0, s-4) }, 2.1, []float64{6, 12, 30}, nil},
		{"a jump in between", func(s float64) float64 {
			if s >= 30 {
				return s + 9
			}
			return s
		}, 1.8, []float64{29, 31, 45, 60}, nil},
		{"resumed after a pause", func(s float64) float64 { return min(s, 20) + max(0, s-50) }, 1.8, []float64{20, 51, 55, 60}, []float64{24, 40, 50}},
	} {
		t.Run(c.name, func(t *testing.T) {
			at := estimates(all, c.moved)
			for d, left := range at {
				right := all/1e6 - c.moved(d.Seconds())
				if got := left.Seconds(); got > 0 && (got > right*c.within || got < right/c.within) {
					t.Errorf("after %v it says %v, right is %.0f s", d, left.Round(time.Second), right)
				}
			}
			for _, s := range c.known {
				if at[time.Duration(s*1e9)] == 0 {
					t.Errorf("after %v s it says nothing", s)
				}
			}
			for _, s := range c.silent {
				if left := at[time.Duration(s*1e9)]; left != 0 {
					t.Errorf("after %v s it says %v", s, left)
				}
			}
		})
	}
}

// estimates returns what is said of so many bytes in the course of a minute; 0 for nothing.
// moved is in MB.
func estimates(all int64, moved func(s float64) float64) map[time.Duration]time.Duration {
	at := make(map[time.Duration]time.Duration)
	var p pace
	for d := 500 * time.Millisecond; d <= 61*time.Second; d += paceStep {
		now, moved := fakeStart.Add(d), int64(moved(d.Seconds())*1e6)
		p.note([]server.Transfer{{ID: 1, Moved: moved, Active: d}}, now)
		at[d] = p.left(all-moved, now)
		if p.isStalled(now) {
			at[d] = 0
		}
	}
	return at
}

func TestPaceWaits(t *testing.T) {
	var p pace
	at := func(seconds float64) time.Time { return fakeStart.Add(time.Duration(seconds * float64(time.Second))) }
	running := []server.Transfer{{ID: 1, Moved: 9_000_000}}
	p.note(running, at(0))
	p.note(running, at(2.9))
	if p.isStalled(at(2.9)) || !p.isStalled(at(3)) {
		t.Error("It does not wait after 3 s of nothing.")
	}
	p.note(nil, at(4))
	if p.isStalled(at(99)) || p.left(1, at(99)) != 0 {
		t.Error("Something is left of what has ended.")
	}
}

// TestPaceOfWhatWasNotLookedAt leaves the devices out of sight for a while, as the settings
// do.
func TestPaceOfWhatWasNotLookedAt(t *testing.T) {
	var p pace
	for _, s := range []int{1, 2, 3, 4, 5, 6, 60} {
		p.note([]server.Transfer{{ID: 1, Moved: int64(s) * 1_000_000, Active: time.Duration(s) * time.Second}}, fakeStart.Add(time.Duration(s)*time.Second))
	}
	if left := p.left(10_000_000, fakeStart.Add(time.Minute)).Round(time.Second); left != 10*time.Second {
		t.Errorf("%v, want 10 s", left)
	}
}

func TestPaceOfWhatBeganEarlier(t *testing.T) {
	var p pace
	for s := range 10 {
		running := []server.Transfer{{ID: 1, Moved: 500_000_000 + int64(s)*1_000_000, Active: time.Duration(100+s) * time.Second}}
		if s >= 5 { // another one goes on that had paused
			running = append(running, server.Transfer{ID: 2, Moved: 900_000_000, Active: time.Minute})
		}
		p.note(running, fakeStart.Add(time.Duration(s)*time.Second))
	}
	if left := p.left(10_000_000, fakeStart.Add(9*time.Second)).Round(time.Second); left != 10*time.Second {
		t.Errorf("%v, want 10 s", left)
	}
}
