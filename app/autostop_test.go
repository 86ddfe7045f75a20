package app

import (
	"testing"
	"time"

	"windowsill/app/words"
	"windowsill/server"
)

func TestAutoStopCounts(t *testing.T) {
	at := func(clock string) time.Time {
		day, _ := time.ParseInLocation("2006-01-02 15:04", "2026-07-01 "+clock, time.Local)
		return day
	}
	for _, c := range []struct {
		name string
		rule stopRule
		now  string
		want time.Duration // -1: never
	}{
		{"never", neverStop, "12:00", -1},
		{"after a time", stopRule{clock: -1, after: time.Hour}, "12:00", time.Hour},
		{"at an hour", stopRule{clock: 18 * 60}, "12:30", 5*time.Hour + 30*time.Minute},
		{"at an hour of tomorrow", stopRule{clock: 6 * 60}, "12:00", 18 * time.Hour},
		{"at this very moment", stopRule{clock: 12 * 60}, "12:00", 24 * time.Hour},
		{"when all is done, and nothing began", stopRule{clock: -1, whenDone: true}, "12:00", -1},
	} {
		t.Run(c.name, func(t *testing.T) {
			now := at(c.now)
			a := autoStop{rule: c.rule}
			a.start(now)
			a.follow(server.Snapshot{}, now)
			left, ok := a.left(now)
			if ok != (c.want >= 0) || ok && left != c.want {
				t.Errorf("%v left, %v; want %v", left, ok, c.want)
			}
		})
	}
}

func TestAutoStopWaitsForWhatBegan(t *testing.T) {
	now := time.Now()
	a := autoStop{rule: stopRule{clock: -1, whenDone: true}}
	a.start(now)
	busy := server.Snapshot{Transfers: fakeTransfers(1, 1)}
	for _, step := range []struct {
		s    server.Snapshot
		want bool
	}{{server.Snapshot{}, false}, {busy, false}, {server.Snapshot{}, true}, {busy, false}, {server.Snapshot{}, true}} {
		a.follow(step.s, now)
		if _, counts := a.left(now); counts != step.want {
			t.Errorf("with %d transfers it counts: %v", len(step.s.Transfers), counts)
		}
	}
}

func TestShareStopsByItself(t *testing.T) {
	h := sharingWindow(t)
	h.seesNot("Stops in")
	h.autoStop.setRule(stopRule{clock: -1, after: 10 * time.Minute})
	h.sees("Stops in 10:00")
	h.tap("+10 minutes")
	h.sees("Stops in 20:00")
	h.tick(time.Now().Add(19 * time.Minute))
	if h.sharing.snapshot.State != server.Sharing {
		t.Fatal("it stopped too early")
	}
	h.tick(time.Now().Add(21 * time.Minute))
	h.untilState(server.Stopped)
}

// Seconds that run for twelve hours say nothing.
func TestFarEndOfAShareIsATime(t *testing.T) {
	h := sharingWindow(t)
	h.autoStop.setRule(stopRule{clock: -1, after: 3 * time.Hour})
	h.seesNot("Stops in")
	h.sees("Stops at " + words.TimeOfDay(time.Now().Add(3 * time.Hour))[:2])
	h.tick(time.Now().Add(2*time.Hour + time.Minute))
	h.sees("Stops in 59:", "Keep sharing")
}

func TestKeepSharing(t *testing.T) {
	h := sharingWindow(t)
	h.autoStop.setRule(stopRule{clock: -1, after: 10 * time.Minute})
	h.tap("Keep sharing")
	h.seesNot("Stops in")
	h.tick(time.Now().Add(time.Hour))
	if h.sharing.snapshot.State != server.Sharing {
		t.Error("it stopped")
	}
}

func TestStopAtATime(t *testing.T) {
	h := sharingWindow(t)
	h.view.showSettings(true)
	s := h.view.settings.panels.stop
	if s.row.Visible() {
		t.Error("A time is asked for that nobody wants.")
	}
	s.choice.Choose(len(s.rules) - 1)
	if h.autoStop.rule != (stopRule{clock: 18 * 60}) || !s.row.Visible() {
		t.Errorf("The rule is %+v.", h.autoStop.rule)
	}
	for typed, want := range map[string]int{"9:05": 9*60 + 5, " 23.59 ": 23*60 + 59, "00:00": 0} {
		s.clock.SetText(typed)
		s.clock.OnSubmitted(typed)
		if h.autoStop.rule.clock != want {
			t.Errorf("%q: %d minutes after midnight, want %d", typed, h.autoStop.rule.clock, want)
		}
	}
	for _, typed := range []string{"", "24:00", "9", "soon"} {
		if _, ok := parseClock(typed); ok {
			t.Errorf("%q is taken for a time", typed)
		}
	}
	s.choice.Choose(1)
	if h.autoStop.rule != (stopRule{clock: -1, after: 10 * time.Minute}) || s.row.Visible() {
		t.Errorf("The rule is %+v.", h.autoStop.rule)
	}
}
