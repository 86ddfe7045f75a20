package app

import (
	"fmt"
	"net/netip"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"windowsill/app/kit"
	"windowsill/server"
)

// fakeDevice returns a device that is in. Device i has the address 192.168.1.20+i.
func fakeDevice(i int, changes ...func(*server.Device)) server.Device {
	d := server.Device{Last: fakeStart.Add(3 * time.Minute), Counts: server.Counts{Requests: int64(i + 1), Bytes: int64(i) * 1_000_000}}
	d.ID, d.Addr = uint64(i+1), netip.AddrFrom4([4]byte{192, 168, byte(1 + (i+20)/256), byte(i + 20)})
	d.Name, d.Mobile = fmt.Sprintf("Phone %d", i), i%2 == 0
	d.Status, d.Way, d.Since = server.In, server.ByKey, fakeStart
	for _, c := range changes {
		c(&d)
	}
	return d
}

// fakeDevices returns this many of them.
func fakeDevices(count int) []server.Device {
	var list []server.Device
	for i := range count {
		list = append(list, fakeDevice(i))
	}
	return list
}

func shownDevices(t *testing.T) (*devicesPanel, fyne.Window) {
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme())
	w := test.NewTempWindow(t, &canvas.Rectangle{})
	p := newDevicesPanel(func(uint64, server.Answer) {}, func(server.Device) {})
	w.SetContent(p.content)
	w.Resize(fyne.NewSize(400, 300))
	return p, w
}

func card20(p *devicesPanel) *deviceCard { return p.cards[deviceKey{id: 1}] }

func TestDevicesPanelScrolls(t *testing.T) {
	p, _ := shownDevices(t)
	var before float32
	for _, n := range []int{0, 1, 2, 5, 50, 300} {
		p.show(server.Snapshot{Devices: fakeDevices(n), Transfers: fakeTransfers(min(n, 10), 5)})
		if p.content.Visible() != (n > 0) {
			t.Errorf("%d devices: visible is %v", n, p.content.Visible())
		}
		height := p.content.MinSize().Height
		if n > 0 && (height < before || height < 40 || height > devicesHeight) {
			t.Errorf("%d devices are %v high", n, height)
		}
		before = height
		if width := p.content.MinSize().Width; width > 268 {
			t.Errorf("%d devices need a width of %v", n, width)
		}
	}
}

func TestDeviceCard(t *testing.T) {
	p, _ := shownDevices(t)
	devices := fakeDevices(2)
	devices[0].Name = "Evil\u202e\n"
	p.show(server.Snapshot{Devices: devices})
	c := card20(p)
	if c.name.Text != `Evil\u202e\n` {
		t.Errorf("its name is %q", c.name.Text)
	}
	if want := "192.168.1.20 · by code at 20:48"; c.caption.Text != want {
		t.Errorf("its caption is %q, want %q", c.caption.Text, want)
	}
	if want := "0 bytes · last at 20:51"; c.activity.Text != want {
		t.Errorf("its sums are %q, want %q", c.activity.Text, want)
	}
	devices[0].Requests, devices[0].Bytes, devices[0].Target = 1200, 3_400_000, "/beach/IMG%202.jpg?download"
	devices[0].Folders, devices[0].Files = 3, 1
	p.show(server.Snapshot{Devices: devices})
	if want := "3 folders opened · 1 file taken · 3.4 MB · last IMG 2.jpg at 20:51"; c.activity.Text != want {
		t.Errorf("its sums became %q, want %q", c.activity.Text, want)
	}
}

func TestDevicesPanelKeepsItsCards(t *testing.T) {
	p, _ := shownDevices(t)
	devices := fakeDevices(3)
	p.show(server.Snapshot{Devices: devices})
	before, objects := card20(p), p.list.Objects
	devices[0].Requests++
	p.show(server.Snapshot{Devices: devices})
	if &objects[0] != &p.list.Objects[0] {
		t.Error("the list was built anew although the devices are the same")
	}
	devices[0], devices[2] = devices[2], devices[0]
	p.show(server.Snapshot{Devices: append(devices, fakeDevices(4)[3])})
	if card20(p) != before {
		t.Error("a device got another card when one more came")
	}
	if p.list.Objects[2] != before.content {
		t.Error("the cards are not in the order of the devices")
	}
	p.show(server.Snapshot{Devices: devices[:1]})
	if len(p.cards) != 1 {
		t.Errorf("%d cards are kept for 1 device", len(p.cards))
	}
}

func TestDevicesPanelShowsAtMostSoMany(t *testing.T) {
	p, _ := shownDevices(t)
	p.show(server.Snapshot{Devices: fakeDevices(130)})
	if len(p.cards) != devicesShown || p.more.Text != "and 30 more devices" || !p.more.Visible() {
		t.Errorf("130 devices: %d cards, and it says %q", len(p.cards), p.more.Text)
	}
	p.show(server.Snapshot{Devices: fakeDevices(13)})
	if p.more.Visible() {
		t.Errorf("13 devices: it says %q", p.more.Text)
	}
}

func TestDeviceCardShowsTransfers(t *testing.T) {
	p, _ := shownDevices(t)
	s := server.Snapshot{Devices: fakeDevices(1), Transfers: fakeTransfers(6, 15_000_000)}
	p.show(s)
	if want := "Summer film 0.mp4 · 25 % · and 1 more"; card20(p).activity.Text != want {
		t.Errorf("it says %q, want %q", card20(p).activity.Text, want)
	}
}
