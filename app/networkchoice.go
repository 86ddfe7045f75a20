package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"windowsill/server"
)

// networkChoice is what the person wants when the network changes. It counts at
// once.
type networkChoice struct {
	content fyne.CanvasObject
	onPlace func(change func(*server.Where))
	alone   *widget.Check
	stays   *widget.Check
	named   *widget.Check
}

func newNetworkChoice(onPlace func(func(*server.Where))) *networkChoice {
	c := &networkChoice{onPlace: onPlace}
	c.alone = widget.NewCheck(lang.L("Only on the network of the address shown"), c.setAlone)
	c.stays = widget.NewCheck(lang.L("Pause on another network"), c.setStays)
	c.named = widget.NewCheck(lang.L("Announce a name on the network"), c.setNamed)
	c.content = below(
		choiceOf(c.alone, hinted(lang.L("Whoever is on another network of this computer finds nothing there."))),
		choiceOf(c.stays, hinted(lang.L("When this computer leaves the network on which you pressed Share for another one, nobody there can come in until you say so."))),
		choiceOf(c.named, hinted(lang.L("So one can type a name instead of the address, and programs that list what is on the network show it."))))
	return c
}

// show draws what holds.
func (c *networkChoice) show(w server.Where) {
	setChecked(c.alone, w.Alone)
	setChecked(c.stays, !w.Roams)
	setChecked(c.named, !w.Silent)
}

// setChecked draws a switch and tells nobody.
func setChecked(c *widget.Check, on bool) {
	if c.Checked != on {
		f := c.OnChanged
		c.OnChanged = nil
		c.SetChecked(on)
		c.OnChanged = f
	}
}

func (c *networkChoice) setAlone(alone bool) {
	c.onPlace(func(w *server.Where) { w.Alone = alone })
}

func (c *networkChoice) setNamed(named bool) {
	c.onPlace(func(w *server.Where) { w.Silent = !named })
}

func (c *networkChoice) setStays(stays bool) {
	c.onPlace(func(w *server.Where) { w.Roams = !stays })
}
