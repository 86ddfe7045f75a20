package requests

import (
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
)

// pauseButton stops the list, and counts the requests meanwhile.
type pauseButton struct {
	button *kit.Button
	held   Log // the newest log that is not shown; nil while not paused
}

func newPauseButton(onTapped func()) *pauseButton {
	p := &pauseButton{button: kit.NewIconButton("", theme.MediaPauseIcon(), onTapped)}
	p.show(0)
	return p
}

// show draws the button, and how many requests there are to show.
func (p *pauseButton) show(fresh int) {
	b := p.button
	if p.held == nil {
		b.Name = lang.L("Let the requests stand still")
		b.Set("", theme.MediaPauseIcon(), widget.LowImportance, true)
		return
	}
	b.Name = lang.L("Show the new requests")
	b.Set(lang.N("{{.Count}} new", fresh, map[string]any{"Count": words.Number(int64(fresh))}), theme.MediaPlayIcon(), widget.HighImportance, true)
}

// hold keeps a log back while paused, and reports whether it did. The log of
// another share ends the pause.
func (p *pauseButton) hold(log Log, l *lines) bool {
	if p.held == nil || l.isRestarted(log) {
		p.held = nil
		p.show(0)
		return false
	}
	p.held = log
	p.show(int(log.First() + uint64(log.Len()) - l.seen))
	return true
}

func (p *Panel) togglePause() {
	if p.pause.held == nil {
		p.pause.held = p.lines.log
		p.pause.show(0)
		return
	}
	p.resume()
}

// resume shows what was held back.
func (p *Panel) resume() {
	held := p.pause.held
	if held == nil {
		return
	}
	p.pause.held = nil
	p.list.setFollow(true)
	p.update(held)
}
