package requests

import (
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
)

// pauseButton is shown while the list stands still: it counts the requests meanwhile,
// and shows them.
type pauseButton struct {
	button *kit.Button
	held   Log // the newest log that is not shown; nil while not paused

	onResized func()
}

func newPauseButton(onTapped, onResized func()) *pauseButton {
	p := &pauseButton{onResized: onResized, button: kit.NewButton("", theme.MediaPlayIcon(), widget.HighImportance, onTapped).WithStyle(kit.SmallStyle)}
	p.button.Name = lang.L("Show the new requests")
	p.button.Hide()
	return p
}

// show draws the button, and how many requests there are to show.
func (p *pauseButton) show(fresh int) {
	text := lang.N("{{.Count}} new", fresh, map[string]any{"Count": words.Number(int64(fresh))})
	if p.button.Visible() == (p.held != nil) && p.button.Text == text {
		return
	}
	kit.SetShown(p.button, p.held != nil)
	p.button.Set(text, theme.MediaPlayIcon(), widget.HighImportance, true)
	p.onResized()
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
