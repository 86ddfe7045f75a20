package app

import (
	"fyne.io/fyne/v2/lang"

	"windowsill/app/kit"
	"windowsill/app/settings"
)

// forewarn explains, once, what Windows asks when a program is to be reached
// from the network for the first time: who says no there never finds out why
// nobody comes. Elsewhere nothing is asked.
func (s *sharing) forewarn(system string, do func()) {
	if system != "windows" || settings.FirewallExplained.Get(s.store) {
		do()
		return
	}
	q := kit.Question{
		Title: lang.L("Windows may ask about the network now"),
		Body:  lang.L("Phones find this computer only if you allow Windowsill on private networks. Once you stop sharing, nothing can be reached."),
		Yes:   lang.L("Share"), No: lang.L("Not now"),
	}
	q.OnYes = func() { settings.FirewallExplained.Set(s.store, true); do() }
	s.asker.Ask(q)
}
