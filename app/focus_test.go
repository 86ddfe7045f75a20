package app

import (
	"testing"

	"fyne.io/fyne/v2"
)

func TestButtonKeepsTheFocusWhenPressedByKeyboard(t *testing.T) {
	h := opened(t)
	h.view.showSettings(true)
	advanced := h.view.settings.advanced
	for _, key := range []fyne.KeyName{fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter} {
		h.win.Canvas().Focus(advanced)
		advanced.TypedKey(&fyne.KeyEvent{Name: key})
		h.win.Canvas().FocusPrevious()
		h.win.Canvas().FocusNext()
		if h.win.Canvas().Focused() != advanced {
			t.Errorf("%s: the next one is %v", key, h.win.Canvas().Focused())
		}
	}
}

// What has the keyboard has to be in sight.
func TestSettingsFollowTheFocus(t *testing.T) {
	h := opened(t)
	h.win.Resize(smallest)
	h.view.showSettings(true)
	h.view.settings.showAdvanced(true)
	c, scroll := h.win.Canvas(), h.view.settings.scroll
	position := fyne.CurrentApp().Driver().AbsolutePositionForObject
	c.Focus(h.view.settings.back)
	seen := 0
	for c.FocusNext(); c.Focused() != nil && c.Focused() != h.view.settings.back && seen < 60; c.FocusNext() {
		o := c.Focused().(fyne.CanvasObject)
		top := position(o).Y - position(scroll).Y
		if o != h.view.header.gear && (top < -1 || top+o.Size().Height > scroll.Size().Height+1) {
			t.Errorf("%T has the focus at %v, of %v", o, top, scroll.Size().Height)
		}
		seen++
	}
	if seen < 15 {
		t.Errorf("Only %d things can be reached.", seen)
	}
}
