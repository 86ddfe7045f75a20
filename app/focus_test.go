package app

import (
	"testing"

	"fyne.io/fyne/v2"
)

func TestButtonKeepsTheFocusWhenPressedByKeyboard(t *testing.T) {
	h := opened(t)
	h.view.showSettings(true)
	names := h.view.settings.names
	for _, key := range []fyne.KeyName{fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter} {
		h.win.Canvas().Focus(names[1])
		names[1].TypedKey(&fyne.KeyEvent{Name: key})
		h.win.Canvas().FocusNext()
		if h.win.Canvas().Focused() != names[2] {
			t.Errorf("%s: the next one is %v", key, h.win.Canvas().Focused())
		}
		h.view.settings.choose(0)
	}
}
