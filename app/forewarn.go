package app

import (
	"fyne.io/fyne/v2/lang"

	"windowsill/app/kit"
)

// forewarn explains, once, what Windows asks when a program is to be reached
// from the network for the first time: who says no there never finds out why
// nobody comes. Elsewhere nothing is asked.
func (s *sharing) forewarn(system string, do func()) {
	if system != "windows" || s.memory.prefs.Bool(keyForewarned) {
		do()
		return
	}
	q := kit.Question{
		Title: lang.L("Windows may ask about the network now"),
		Body:  lang.L("Phones find this computer only if you allow Windowsill on private networks. Once you stop sharing, nothing can be reached."),
		Yes:   lang.L("Share"), No: lang.L("Not now"),
	}
	q.OnYes = func() { s.memory.prefs.SetBool(keyForewarned, true); do() }
	s.asker.Ask(q)
}
