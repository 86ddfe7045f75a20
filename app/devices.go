package app

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/server"
)

// No number of devices may push the log out of the window.
const (
	devicesHeight = 204 // of the panel; more devices can be scrolled to
	devicesShown  = 100
)

// devicesPanel shows the devices that have come, and what each takes at the moment. It
// is hidden while there are none.
type devicesPanel struct {
	content  fyne.CanvasObject
	onDecide func(id uint64, a server.Answer)
	onRename func(server.Device)

	cards map[deviceKey]*deviceCard
	order []deviceKey // of the cards on the screen
	list  *fyne.Container
	more  *widget.Label // how many devices have no card
}

func newDevicesPanel(onDecide func(uint64, server.Answer), onRename func(server.Device)) *devicesPanel {
	p := &devicesPanel{
		onDecide: onDecide, onRename: onRename,
		cards: map[deviceKey]*deviceCard{},
		list:  kit.VStack(6),
		more:  kit.Centered(kit.NewCaption("")),
	}
	p.content = kit.ScrollUpTo(devicesHeight, p.list)
	p.content.Hide()
	return p
}

// show draws the devices and transfers of a snapshot, and reports whether there are
// any devices.
func (p *devicesPanel) show(s server.Snapshot) (any bool) {
	all := admittedFirst(s.Devices)
	devices := all[:min(len(all), devicesShown)]
	if !slices.EqualFunc(p.order, devices, func(k deviceKey, d server.Device) bool { return k == keyOf(d.ID, d.Addr) }) {
		p.arrange(devices)
	}
	hidden := len(all) - len(devices)
	kit.SetText(p.more, words.Count(int64(hidden), words.Phrase("and {{.Count}} more devices")))
	kit.SetShown(p.more, hidden > 0)
	taking := map[deviceKey][]server.Transfer{}
	for _, t := range s.Transfers {
		k := keyOf(t.Device, t.Addr)
		taking[k] = append(taking[k], t)
	}
	resized := false
	for _, d := range devices {
		k := keyOf(d.ID, d.Addr)
		resized = p.cards[k].show(d, taking[k]) || resized
	}
	if resized {
		p.content.Refresh()
	}
	kit.SetShown(p.content, len(devices) > 0)
	return len(devices) > 0
}

// admittedFirst returns the devices that do not wait for an answer, those that are in
// before those that are out.
func admittedFirst(devices []server.Device) []server.Device {
	all := slices.DeleteFunc(slices.Clone(devices), func(d server.Device) bool { return d.Status == server.Waiting })
	out := func(d server.Device) int {
		if d.Status == server.In {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(all, func(a, b server.Device) int { return cmp.Compare(out(a), out(b)) })
	return all
}

// arrange gives each device a card, in this order. Those that had one keep it.
func (p *devicesPanel) arrange(devices []server.Device) {
	before := p.cards
	p.cards, p.order = make(map[deviceKey]*deviceCard, len(devices)), p.order[:0]
	p.list.RemoveAll()
	for _, d := range devices {
		k := keyOf(d.ID, d.Addr)
		c := before[k]
		if c == nil {
			c = newDeviceCard(newDeviceActions(p.onDecide, p.onRename))
		}
		p.cards[k] = c
		p.order = append(p.order, k)
		p.list.Add(c.content)
	}
	p.list.Add(p.more)
	p.content.Refresh()
}
