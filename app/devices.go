package app

import (
	"cmp"
	"net/netip"
	"slices"

	"fyne.io/fyne/v2"

	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/server"
)

// No crowd of devices or transfers may push the log out of the window.
const (
	devicesHeight = 204 // of the panel; more devices can be scrolled to
	devicesShown  = 100
)

// devicePanel shows who came, and what each of them takes at this moment.
// While nobody came there is nothing to see of it.
type devicePanel struct {
	content  fyne.CanvasObject
	onAnswer func(id uint64, a server.Answer)
	onRename func(server.Device)

	cards map[deviceKey]*deviceCard
	order []deviceKey // of the cards on the screen
	list  *fyne.Container
	more  *widget.Label // how many devices have no card
}

// deviceKey tells devices apart: by number, or by address where they have none.
type deviceKey struct {
	id   uint64
	addr netip.Addr // only if id is 0
}

func keyOf(id uint64, addr netip.Addr) deviceKey {
	if id != 0 {
		addr = netip.Addr{}
	}
	return deviceKey{id, addr}
}

func newDevicePanel(onAnswer func(uint64, server.Answer), onRename func(server.Device)) *devicePanel {
	p := &devicePanel{
		onAnswer: onAnswer, onRename: onRename,
		cards: map[deviceKey]*deviceCard{},
		list:  kit.VStack(6),
		more:  kit.Centered(kit.NewCaption("")),
	}
	p.content = kit.ScrollUpTo(devicesHeight, p.list)
	p.content.Hide()
	return p
}

// show draws the devices and transfers of a snapshot, and says whether there
// is anything to see.
func (p *devicePanel) show(s server.Snapshot) (anybody bool) {
	all := comeAndGone(s.Devices)
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

// comeAndGone returns the devices that do not wait: those that are in before
// those that are not.
func comeAndGone(devices []server.Device) []server.Device {
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

// arrange gives every device a card, in their order. Those that had one keep
// it.
func (p *devicePanel) arrange(devices []server.Device) {
	before := p.cards
	p.cards, p.order = make(map[deviceKey]*deviceCard, len(devices)), p.order[:0]
	p.list.RemoveAll()
	for _, d := range devices {
		k := keyOf(d.ID, d.Addr)
		c := before[k]
		if c == nil {
			c = newDeviceCard(newDeviceActs(p.onAnswer, p.onRename))
		}
		p.cards[k] = c
		p.order = append(p.order, k)
		p.list.Add(c.content)
	}
	p.list.Add(p.more)
	p.content.Refresh()
}
