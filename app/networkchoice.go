package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
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
	c.content = kit.Paragraphs(
		kit.Option(c.alone, kit.NewHint(lang.L("Whoever is on another network of this computer finds nothing there."))),
		kit.Option(c.stays, kit.NewHint(lang.L("When this computer leaves the network on which you pressed Share for another one, nobody there can come in until you say so."))),
		kit.Option(c.named, kit.NewHint(lang.L("So one can type a name instead of the address, and programs that list what is on the network show it."))))
	return c
}

// show draws what holds.
func (c *networkChoice) show(w server.Where) {
	kit.SetChecked(c.alone, w.Alone)
	kit.SetChecked(c.stays, !w.Roams)
	kit.SetChecked(c.named, !w.Silent)
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
