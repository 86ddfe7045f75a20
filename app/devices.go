package app

import (
	"net/netip"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/server"
)

// No crowd of devices or transfers may push the log out of the window.
const (
	devicesHeight  = 204 // of the panel; more devices can be scrolled to
	devicesShown   = 100
	transfersShown = 3 // of one device
)

// devicePanel shows who came, and what each of them takes at this moment.
// While nobody came there is nothing to see of it.
type devicePanel struct {
	content fyne.CanvasObject

	cards map[netip.Addr]*deviceCard
	order []netip.Addr // of the cards on the screen
	list  *fyne.Container
	more  *widget.Label // how many devices have no card
}

func newDevicePanel() *devicePanel {
	p := &devicePanel{
		cards: map[netip.Addr]*deviceCard{},
		list:  stack(6),
		more:  centered(newCaption("")),
	}
	p.content = container.New(atMost{devicesHeight, p.list}, container.NewVScroll(p.list))
	p.content.Hide()
	return p
}

// show draws the devices and transfers of a snapshot.
func (p *devicePanel) show(s server.Snapshot) {
	devices := s.Devices[:min(len(s.Devices), devicesShown)]
	if !slices.EqualFunc(p.order, devices, func(a netip.Addr, d server.Device) bool { return a == d.Addr }) {
		p.arrange(devices)
	}
	hidden := len(s.Devices) - len(devices)
	setText(p.more, "and "+countText(int64(hidden), "more device", "more devices"))
	setShown(p.more, hidden > 0)
	taking := map[netip.Addr][]server.Transfer{}
	for _, t := range s.Transfers {
		taking[t.Addr] = append(taking[t.Addr], t)
	}
	resized := false
	for _, d := range devices {
		resized = p.cards[d.Addr].show(d, taking[d.Addr]) || resized
	}
	if resized {
		p.content.Refresh()
	}
	setShown(p.content, len(devices) > 0)
}

// arrange gives every device a card, in their order. Those that had one keep
// it.
func (p *devicePanel) arrange(devices []server.Device) {
	before := p.cards
	p.cards, p.order = make(map[netip.Addr]*deviceCard, len(devices)), p.order[:0]
	p.list.RemoveAll()
	for _, d := range devices {
		c := before[d.Addr]
		if c == nil {
			c = newDeviceCard()
		}
		p.cards[d.Addr] = c
		p.order = append(p.order, d.Addr)
		p.list.Add(c.content)
	}
	p.list.Add(p.more)
	p.content.Refresh()
}

// deviceCard is one device: who it is, and below that what it takes.
type deviceCard struct {
	content       fyne.CanvasObject
	icon          *widget.Icon
	name, caption *widget.Label
	lines         [transfersShown]*transferLine
	more          *widget.Label // how many transfers have no line
	shown         int           // transfers, with those that have no line
}

func newDeviceCard() *deviceCard {
	c := &deviceCard{
		icon: widget.NewIcon(accented(iconLaptop)),
		name: newStrong(""), caption: newCaption(""), more: newCaption(""),
	}
	texts := stack(-12, c.name, c.caption)
	for i := range c.lines {
		c.lines[i] = newTransferLine()
		texts.Add(c.lines[i].content)
	}
	texts.Add(c.more)
	c.more.Hide()
	tile := newCard(colorTint, "", radiusInner, 8, container.NewGridWrap(fyne.NewSquareSize(20), c.icon))
	side := container.NewVBox(gap(4), tile)
	c.content = newCard(colorInset, theme.ColorNameSeparator, radiusInner, 0,
		padded(1, 1, 8, 8, container.NewBorder(nil, nil, side, nil, texts)))
	return c
}

// show draws the device, and says whether the card's height has changed.
func (c *deviceCard) show(d server.Device, taking []server.Transfer) (resized bool) {
	icon := accented(iconLaptop)
	if d.Mobile {
		icon = accented(iconPhone)
	}
	if c.icon.Resource.Name() != icon.Name() {
		c.icon.SetResource(icon)
	}
	setText(c.name, visible(d.Name))
	setText(c.caption, strings.Join([]string{d.Addr.String(), countText(d.Requests, "request", "requests"), bytesText(d.Bytes)}, " · "))
	for i, l := range c.lines {
		if i < len(taking) {
			l.show(taking[i])
		}
		setShown(l.content, i < len(taking))
	}
	hidden := len(taking) - len(c.lines)
	if hidden > 0 {
		setText(c.more, "and "+groupText(int64(hidden))+" more")
	}
	setShown(c.more, hidden > 0)
	resized = min(c.shown, transfersShown+1) != min(len(taking), transfersShown+1)
	c.shown = len(taking)
	return resized
}

// transferLine is a file on its way to a device.
type transferLine struct {
	content    fyne.CanvasObject
	name, done *widget.Label
	bar        *slimBar
}

func newTransferLine() *transferLine {
	l := &transferLine{name: newCaption(""), done: whole(newCaption("")), bar: newSlimBar()}
	l.content = stack(-6, container.NewBorder(nil, nil, nil, l.done, l.name), padded(0, 14, 8, 8, l.bar))
	l.content.Hide()
	return l
}

func (l *transferLine) show(t server.Transfer) {
	setText(l.name, targetName(t.Target))
	if t.Total < 0 {
		setText(l.done, bytesText(t.Bytes))
		l.bar.set(-1)
		return
	}
	setText(l.done, bytesText(t.Bytes)+" of "+bytesText(t.Total))
	l.bar.set(float32(float64(t.Bytes) / float64(max(t.Total, 1))))
}

// targetName returns the name of the file or folder that a request asks for,
// for reading.
func targetName(target string) string {
	path, _, _ := strings.Cut(target, "?")
	path = strings.TrimRight(path, "/")
	if path == "" {
		return "/"
	}
	return readableTarget(path[strings.LastIndexByte(path, '/')+1:])
}

// atMost is the layout of a scroll container that is as high as what is in it,
// but no higher than so much.
type atMost struct {
	height float32
	inside fyne.CanvasObject
}

func (l atMost) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width, min(l.height, l.inside.MinSize().Height))
}

func (atMost) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(s)
}
