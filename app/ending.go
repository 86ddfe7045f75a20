package app

import (
	"time"

	"fyne.io/fyne/v2/lang"

	"windowsill/app/words"
	"windowsill/server"
)

const (
	// restBeforeEnd is how long nothing may move before all have what they began.
	restBeforeEnd = 30 * time.Second
	// pushedOn is how much later it ends at the press of a button.
	pushedOn = 10 * time.Minute
)

// ending is when a share stops by itself.
type ending struct {
	after    time.Duration // since the choice, or since sharing began; 0 does not count
	hour     int           // of the day, 0 to 23; -1 does not count
	whenDone bool          // when all have what they began

	at    time.Time // when it will stop; zero if it will not, or nobody knows yet
	begun bool      // something was on its way since whenDone was chosen
}

// endings are what a person can choose, the first by default.
func endings() (choices []ending, texts []string) {
	add := func(e ending, text string) { choices, texts = append(choices, e), append(texts, text) }
	add(ending{hour: -1}, lang.L("Never"))
	add(ending{hour: -1, after: 10 * time.Minute}, lang.L("After 10 minutes"))
	add(ending{hour: -1, after: 30 * time.Minute}, lang.L("After half an hour"))
	add(ending{hour: -1, after: time.Hour}, lang.L("After an hour"))
	add(ending{hour: -1, after: 3 * time.Hour}, lang.L("After 3 hours"))
	add(ending{hour: -1, whenDone: true}, lang.L("When all have what they began"))
	for hour := range 24 {
		at := words.TimeOfDay(time.Date(2000, 1, 1, hour, 0, 0, 0, time.Local))
		add(ending{hour: hour}, lang.L("At {{.Time}}", map[string]any{"Time": at}))
	}
	return choices, texts
}

// start begins to count.
func (e *ending) start(now time.Time) {
	e.at, e.begun = time.Time{}, false
	switch {
	case e.after > 0:
		e.at = now.Add(e.after)
	case e.hour >= 0:
		e.at = time.Date(now.Year(), now.Month(), now.Day(), e.hour, 0, 0, 0, now.Location())
		if !e.at.After(now) {
			e.at = e.at.AddDate(0, 0, 1)
		}
	}
}

// look notes whether something is on its way.
func (e *ending) look(s server.Snapshot, now time.Time) {
	switch {
	case !e.whenDone:
	case len(s.Transfers) > 0:
		e.begun, e.at = true, time.Time{}
	case e.begun && e.at.IsZero():
		e.at = now.Add(restBeforeEnd)
	}
}

// pushOn lets it end later.
func (e *ending) pushOn() { e.at = e.at.Add(pushedOn) }

// left returns how long it still takes; not ok if it is not counted.
func (e *ending) left(now time.Time) (left time.Duration, ok bool) {
	return max(0, e.at.Sub(now)), !e.at.IsZero()
}
