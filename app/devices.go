package app

import (
	"cmp"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/server"
)

const (
	// devicesShown is how many devices have a card.
	devicesShown = 100
	cardGap      = 1 // between a card and the line below it
	// devicesLeast is how many cards can be seen in any case, unless they are higher than
	// devicesLeastHeight together. One can be seen anyway.
	devicesLeast       = 2
	devicesLeastHeight = 160
)

// devicesPanel is the list of devices that have come, with what each is doing.
type devicesPanel struct {
	content *fyne.Container // with the scroller alone
	scroll  *container.Scroll
	do      deviceCommands
	deleted func(server.Snapshot) map[deviceKey]deed // that can still be undone, and is shown nowhere else

	cards map[deviceKey]*deviceCard
	paces map[deviceKey]*pace
	order []deviceKey // of the cards on the screen
	list  *fyne.Container
	more  *widget.Label // how many devices have no card

	snapshot server.Snapshot // that is drawn
}

func newDevicesPanel(do deviceCommands, deleted func(server.Snapshot) map[deviceKey]deed) *devicesPanel {
	p := &devicesPanel{
		do: do, deleted: deleted, cards: map[deviceKey]*deviceCard{}, paces: map[deviceKey]*pace{},
		list: kit.VStack(cardGap), more: kit.Centered(kit.NewCaption("")),
	}
	p.scroll = container.NewVScroll(p.list)
	p.content = container.New(wholeCards{p}, p.scroll)
	return p
}

// wholeCards gives the list the height of as many cards as there is room for: half a card
// says nothing.
type wholeCards struct{ *devicesPanel }

func (l wholeCards) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, l.heightOf(devicesLeast, devicesLeastHeight))
}

func (l wholeCards) Layout(o []fyne.CanvasObject, s fyne.Size) {
	if height := l.heightOf(len(l.order), s.Height); height < l.list.MinSize().Height {
		s.Height = min(s.Height, height)
	}
	o[0].Resize(s)
}

// heightOf returns how high the first cards are, at most so many, and at most so many as
// are whole in this height; of one card if it is higher.
func (p *devicesPanel) heightOf(most int, room float32) (height float32) {
	for i, k := range p.order[:min(most, len(p.order))] {
		next := height + p.cards[k].content.MinSize().Height
		if i > 0 {
			next += 2*cardGap + theme.SeparatorThicknessSize()
			if next > room {
				break
			}
		}
		height = next
	}
	return height
}

// show draws the devices and transfers of a snapshot, and reports whether there are any
// devices.
func (p *devicesPanel) show(s server.Snapshot, now time.Time) (any bool) {
	p.snapshot = s
	running := transfersByDevice(s.Transfers)
	all := inOrder(withUnlisted(s.Devices, s.Transfers), running)
	devices := all[:min(len(all), devicesShown)]
	if !slices.EqualFunc(p.order, devices, func(k deviceKey, d server.Device) bool { return k == keyOf(d.ID, d.Addr) }) {
		p.arrange(devices)
	}
	hidden := len(all) - len(devices)
	kit.SetText(p.more, words.Count(int64(hidden), words.Phrase("and {{.Count}} more devices")))
	kit.SetShown(p.more, hidden > 0)
	p.draw(devices, running, now)
	return len(devices) > 0
}

// draw draws what each device is doing and did.
func (p *devicesPanel) draw(devices []server.Device, running map[deviceKey][]server.Transfer, now time.Time) {
	s, names := p.snapshot, namesOf(p.snapshot.Devices)
	history, deleted := transfersByDevice(s.History), p.deleted(s)
	batches := map[deviceKey]uploadBatch{}
	for _, b := range uploadBatches(s.Uploads) {
		batches[b.key] = b
	}
	resized := false
	for _, d := range devices {
		k := keyOf(d.ID, d.Addr)
		state := deviceState{d, names.of(k), running[k], deedsOf(d, history[k], running[k], batches[k], s)}
		if gone, ok := deleted[k]; ok {
			state.deeds = append(state.deeds, gone)
		}
		p.paces[k].note(running[k], now)
		resized = p.cards[k].show(state, workOf(running[k], p.paces[k], now)) || resized
	}
	if resized {
		p.list.Refresh() // nothing else lays it out again
		p.content.Refresh()
		p.scroll.Refresh()
	}
}

// tick shows what has changed only because time has passed.
func (p *devicesPanel) tick(now time.Time) {
	if len(p.snapshot.Transfers) > 0 {
		p.show(p.snapshot, now)
	}
}

func transfersByDevice(all []server.Transfer) map[deviceKey][]server.Transfer {
	of := map[deviceKey][]server.Transfer{}
	for _, t := range all {
		k := keyOf(t.Device, t.Addr)
		of[k] = append(of[k], t)
	}
	return of
}

// withUnlisted adds those that move something and are no devices of the share, such as
// this computer.
func withUnlisted(devices []server.Device, transfers []server.Transfer) []server.Device {
	all := slices.Clone(devices)
	for _, t := range transfers {
		k := keyOf(t.Device, t.Addr)
		if !slices.ContainsFunc(all, func(d server.Device) bool { return keyOf(d.ID, d.Addr) == k }) {
			d := server.Device{}
			d.ID, d.Addr, d.Status = t.Device, t.Addr, server.In
			all = append(all, d)
		}
	}
	return all
}

// inOrder returns the devices that do not wait for an answer: first those that move
// something, then those that are in, and those that are out at the end.
func inOrder(devices []server.Device, running map[deviceKey][]server.Transfer) []server.Device {
	all := slices.DeleteFunc(slices.Clone(devices), func(d server.Device) bool { return d.Status == server.Waiting })
	rank := func(d server.Device) int {
		switch {
		case len(running[keyOf(d.ID, d.Addr)]) > 0:
			return 0
		case d.Status == server.In:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(all, func(a, b server.Device) int { return cmp.Compare(rank(a), rank(b)) })
	return all
}

// arrange gives each device a card, in this order. Those that had one keep it.
func (p *devicesPanel) arrange(devices []server.Device) {
	cards, paces := p.cards, p.paces
	p.cards, p.paces, p.order = make(map[deviceKey]*deviceCard, len(devices)), make(map[deviceKey]*pace, len(devices)), p.order[:0]
	p.list.RemoveAll()
	for i, d := range devices {
		k := keyOf(d.ID, d.Addr)
		c, pc := cards[k], paces[k]
		if c == nil {
			c, pc = newDeviceCard(p.do), &pace{}
			c.content.OnFocus = func() { kit.Reveal(p.scroll, c.content) }
		}
		p.cards[k], p.paces[k] = c, pc
		p.order = append(p.order, k)
		if i > 0 {
			p.list.Add(widget.NewSeparator())
		}
		p.list.Add(c.content)
	}
	p.list.Add(p.more)
	p.content.Refresh()
	p.scroll.Refresh()
}
