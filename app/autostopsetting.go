package app

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"windowsill/app/kit"
)

// autoStopSetting is the choice of when a share stops by itself.
type autoStopSetting struct {
	content fyne.CanvasObject
	onRule  func(stopRule)
	rules   []stopRule // in the order of the choice; the last is that of the clock
	choice  *kit.Dropdown
	clock   *kit.Entry        // a time of day
	row     fyne.CanvasObject // of clock; hidden unless that is chosen
}

func newAutoStopSetting(onRule func(stopRule)) *autoStopSetting {
	s := &autoStopSetting{onRule: onRule, clock: kit.NewEntry("18:00")}
	var names []string
	add := func(r stopRule, name string) { s.rules, names = append(s.rules, r), append(names, name) }
	add(neverStop, lang.L("Never"))
	add(stopRule{clock: -1, after: 10 * time.Minute}, lang.L("After 10 minutes"))
	add(stopRule{clock: -1, after: 30 * time.Minute}, lang.L("After half an hour"))
	add(stopRule{clock: -1, after: time.Hour}, lang.L("After an hour"))
	add(stopRule{clock: -1, after: 3 * time.Hour}, lang.L("After 3 hours"))
	add(stopRule{clock: -1, whenDone: true}, lang.L("Once all downloads are done"))
	add(stopRule{}, lang.L("At a time…"))
	label := lang.L("Stop automatically")
	s.choice = kit.NewDropdown(label, names, 0, s.chosen)
	s.clock.Name = label
	s.clock.SetText("18:00")
	s.clock.OnSubmitted = func(string) { s.typed() }
	s.clock.OnBlur = s.typed
	s.row = kit.Border(nil, nil, nil, kit.FixedWidth(84, s.clock), nil)
	s.row.Hide()
	s.content = kit.SelectRows(kit.SelectRow(label, s.choice), s.row)
	return s
}

func (s *autoStopSetting) chosen(i int) {
	if i == len(s.rules)-1 {
		s.typed()
		return
	}
	s.onRule(s.rules[i])
}

// typed takes the time of day, if it is one.
func (s *autoStopSetting) typed() {
	if clock, ok := parseClock(s.clock.Text); ok {
		s.onRule(stopRule{clock: clock})
	}
}

// parseClock returns a time of day in minutes after midnight.
func parseClock(text string) (minutes int, ok bool) {
	t, err := time.Parse("15:04", strings.ReplaceAll(strings.TrimSpace(text), ".", ":"))
	return t.Hour()*60 + t.Minute(), err == nil
}

// show draws a rule.
func (s *autoStopSetting) show(r stopRule) {
	i := slices.Index(s.rules, r)
	byClock := r.clock >= 0
	if byClock {
		i = len(s.rules) - 1
		if clock, ok := parseClock(s.clock.Text); !ok || clock != r.clock {
			s.clock.SetText(fmt.Sprintf("%02d:%02d", r.clock/60, r.clock%60))
		}
	}
	s.choice.Select(i)
	if s.row.Visible() != byClock {
		kit.SetShown(s.row, byClock)
		s.content.Refresh() // nothing else lays it out again
	}
}
