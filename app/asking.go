package app

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/server"
)

// askingHeight is the height of the panel; more cards can be scrolled to.
const askingHeight = 300

// askingPanel shows the devices that ask to come in.
type askingPanel struct {
	content  fyne.CanvasObject
	onDecide func(id uint64, a server.Answer)
	debounce time.Duration // of the buttons after the cards have moved

	cards []*askingCard
	list  *fyne.Container
}

func newAskingPanel(onDecide func(uint64, server.Answer)) *askingPanel {
	p := &askingPanel{onDecide: onDecide, debounce: kit.DoubleClick, list: kit.VStack(8)}
	p.content = kit.ScrollUpTo(askingHeight, kit.Padded(1, 1, 0, 0, p.list)) // without padding half of the cards' border is cut off
	p.content.Hide()
	return p
}

// askingDevices returns the devices that wait for an answer, the first to ask first.
// While nothing is shared there are none.
func askingDevices(s server.Snapshot) []server.Device {
	if s.State != server.Sharing {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(s.Devices), func(d server.Device) bool { return d.Status != server.Waiting })
}

// show draws a card for each device, and reports whether these are others than before.
// A click that was meant for what was there before must not let anybody in.
func (p *askingPanel) show(devices []server.Device) (changed bool) {
	if slices.EqualFunc(p.cards, devices, (*askingCard).isOf) {
		return false
	}
	before := p.cards
	p.cards = nil
	p.list.RemoveAll()
	for _, d := range devices {
		i := slices.IndexFunc(before, func(c *askingCard) bool { return c.isOf(d) })
		c := newAskingCard(d, p.onDecide)
		if i >= 0 {
			c = before[i]
		}
		for _, b := range c.buttons {
			b.Debounce = p.debounce
			b.Moved()
		}
		p.cards = append(p.cards, c)
		p.list.Add(c.content)
	}
	kit.SetShown(p.content, len(p.cards) > 0)
	return true
}

// askingCard is a device that asks, and what can be answered.
type askingCard struct {
	content fyne.CanvasObject
	device  server.Device
	buttons []*kit.Button
}

func newAskingCard(d server.Device, onDecide func(uint64, server.Answer)) *askingCard {
	c := &askingCard{device: d}
	name, line := words.Visible(d.Name), kit.NewCaption(lang.L("{{.Name}} wants to come in", map[string]any{"Name": d.Addr.String()}))
	line.Importance = widget.MediumImportance
	for _, choice := range []struct {
		verb       string
		answer     server.Answer
		importance widget.Importance
	}{
		{lang.L("Let in"), server.LetIn, widget.HighImportance},
		{lang.L("Not now"), server.NotNow, widget.MediumImportance},
		{lang.L("Block"), server.Block, widget.MediumImportance},
	} {
		b := kit.NewButton(choice.verb, nil, choice.importance, func() {
			c.disable()
			onDecide(d.ID, choice.answer)
		})
		b.Name = choice.verb + ": " + name
		c.buttons = append(c.buttons, b)
	}
	buttons := container.New(layout.NewCustomPaddedHBoxLayout(6), kit.FixedWidth(72, c.buttons[0]), c.buttons[1], c.buttons[2])
	texts := kit.VStack(-12, kit.NewStrong(name), line)
	tile := kit.NewCard(kit.ColorTint, "", kit.RadiusInner, 9, container.NewGridWrap(fyne.NewSquareSize(24), widget.NewIcon(deviceIcon(d))))
	c.content = kit.NewCard(kit.ColorSurface, kit.ColorAccent, kit.RadiusCard, 10, container.NewBorder(nil, nil, container.NewVBox(kit.Gap(2), tile), nil,
		kit.BesideOrBelow(4, texts, kit.Padded(0, 0, 8, 0, buttons))))
	return c
}

// isOf reports whether the card is of this device and of what it asked. One that was
// refused and asks again gets another card.
func (c *askingCard) isOf(d server.Device) bool {
	return c.device.ID == d.ID && c.device.Since.Equal(d.Since) && c.device.Name == d.Name && c.device.Addr == d.Addr
}

// disable takes no further answer until the card goes.
func (c *askingCard) disable() {
	canvas := fyne.CurrentApp().Driver().CanvasForObject(c.content)
	for _, b := range c.buttons {
		if canvas != nil && canvas.Focused() == b {
			canvas.Unfocus()
		}
		b.Disable()
	}
}
