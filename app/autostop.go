package app

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/server"
)

const (
	// idleBeforeStop is how long nothing may move until all devices have what they
	// began to take.
	idleBeforeStop = 30 * time.Second
	// stopDelay is by how much a press of a button delays the end.
	stopDelay = 10 * time.Minute
)

// stopRule says when a share stops by itself.
type stopRule struct {
	after    time.Duration // since the choice, or since sharing began; 0 for not so
	clock    int           // the time of day, in minutes after midnight; -1 for not so
	whenDone bool          // when all devices have what they began to take
}

// neverStop is the rule by default.
var neverStop = stopRule{clock: -1}

// autoStop knows when the present share stops by itself.
type autoStop struct {
	rule  stopRule
	at    time.Time // when it stops; zero if it does not, or that is not known yet
	begun bool      // something was on its way since start

	onChange func(now time.Time)
}

func newAutoStop(onChange func(now time.Time)) *autoStop {
	return &autoStop{rule: neverStop, onChange: onChange}
}

// setRule changes the rule, which counts from now.
func (a *autoStop) setRule(r stopRule) {
	a.rule = r
	a.start(time.Now())
	a.onChange(time.Now())
}

// cancel lets sharing go on.
func (a *autoStop) cancel() { a.setRule(neverStop) }

// start begins to count for a new share.
func (a *autoStop) start(now time.Time) {
	a.at, a.begun = time.Time{}, false
	switch {
	case a.rule.after > 0:
		a.at = now.Add(a.rule.after)
	case a.rule.clock >= 0:
		a.at = time.Date(now.Year(), now.Month(), now.Day(), a.rule.clock/60, a.rule.clock%60, 0, 0, now.Location())
		if !a.at.After(now) {
			a.at = a.at.AddDate(0, 0, 1)
		}
	}
}

// follow notes whether something is on its way.
func (a *autoStop) follow(s server.Snapshot, now time.Time) {
	switch {
	case !a.rule.whenDone:
	case len(s.Transfers) > 0:
		a.begun, a.at = true, time.Time{}
	case a.begun && a.at.IsZero():
		a.at = now.Add(idleBeforeStop)
	}
}

// delay lets the share stop later.
func (a *autoStop) delay() {
	a.at = a.at.Add(stopDelay)
	a.onChange(time.Now())
}

// left returns how long it is until the end, and false if that is not known.
func (a *autoStop) left(now time.Time) (time.Duration, bool) {
	return max(0, a.at.Sub(now)), !a.at.IsZero()
}

// isDue reports whether the share has to stop now.
func (a *autoStop) isDue(now time.Time) bool {
	left, counts := a.left(now)
	return counts && left == 0
}

// autoStopLine counts down to the moment when sharing stops by itself, and can delay
// it. It is hidden unless the person has chosen such a moment.
type autoStopLine struct {
	content fyne.CanvasObject
	text    *widget.Label
}

func newAutoStopLine(onDelay, onNever func()) *autoStopLine {
	l := &autoStopLine{text: kit.NewText("", "", false)}
	l.text.SizeName = kit.NewCaption("").SizeName
	delay := kit.NewButton(lang.L("+10 minutes"), nil, widget.LowImportance, onDelay).WithStyle(kit.QuietStyle)
	never := kit.NewButton(lang.L("Keep sharing"), nil, widget.LowImportance, onNever).WithStyle(kit.QuietStyle)
	whole := lang.L("Stops at {{.Time}}", map[string]any{"Time": "00:00"})
	l.content = kit.NewCard(kit.ColorTint, "", kit.RadiusInner, 2, kit.BesideOrBelow(-8, kit.TextWidth(l.text, whole), l.text, container.NewHBox(delay, never)))
	l.content.Hide()
	return l
}

// show says how long it is until the end, when that is if it is far away, or nothing.
func (l *autoStopLine) show(now time.Time, left time.Duration, counts bool) {
	switch {
	case counts && left >= time.Hour:
		kit.SetText(l.text, lang.L("Stops at {{.Time}}", map[string]any{"Time": words.TimeOfDay(now.Add(left).Round(time.Second))}))
	case counts:
		kit.SetText(l.text, lang.L("Stops in {{.Time}}", map[string]any{"Time": words.Clock(left + time.Second - 1)}))
	}
	kit.SetShown(l.content, counts)
}
