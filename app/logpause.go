package app

import (
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
)

// logPause holds back what comes while the person wants the lines to stand
// still, and counts it.
type logPause struct {
	button *kit.Button
	later  requestLog // what is held back; nil while nothing is
}

func newLogPause(onTapped func()) *logPause {
	p := &logPause{button: kit.NewIconButton("", theme.MediaPauseIcon(), onTapped)}
	p.show(0)
	return p
}

// show draws the button, and how many requests came meanwhile.
func (p *logPause) show(came int) {
	b := p.button
	if p.later == nil {
		b.Name = lang.L("Let the requests stand still")
		b.Set("", theme.MediaPauseIcon(), widget.LowImportance, true)
		return
	}
	b.Name = lang.L("Show the new requests")
	b.Set(lang.N("{{.Count}} new", came, map[string]any{"Count": words.Number(int64(came))}), theme.MediaPlayIcon(), widget.HighImportance, true)
}

// holds keeps a log back, and says so. It lets go when the log is another
// share's.
func (p *logPause) holds(log requestLog, v *logView) bool {
	if p.later == nil || v.restarted(log) {
		p.later = nil
		p.show(0)
		return false
	}
	p.later = log
	p.show(int(log.First() + uint64(log.Len()) - v.end))
	return true
}

// pauseOrGoOn lets the lines stand still, or shows what came meanwhile.
func (p *logPanel) pauseOrGoOn() {
	if p.pause.later == nil {
		p.pause.later = p.view.log
		p.pause.show(0)
		return
	}
	p.goOn()
}

// goOn shows what was held back.
func (p *logPanel) goOn() {
	later := p.pause.later
	if later == nil {
		return
	}
	p.pause.later = nil
	p.list.setFollow(true)
	p.showLog(later)
}
