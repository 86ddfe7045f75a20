package app

import (
	"fmt"
	"net/netip"
	"path/filepath"
	"slices"
	"strings"
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
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme(""))
	w := test.NewTempWindow(t, &canvas.Rectangle{})
	p := newDevicesPanel(deviceCommands{
		decide: func(uint64, server.Answer) {}, rename: func(server.Device) {}, cancel: func([]uint64) {}, openFolder: func(string) {},
	}, func(server.Snapshot) map[deviceKey]deed { return nil })
	w.SetContent(p.content)
	w.Resize(fyne.NewSize(400, 300))
	return p, w
}

func (p *devicesPanel) first() *deviceCard { return p.cards[p.order[0]] }

// deeds returns what a card says that its device did.
func (c *deviceCard) deedTexts() (texts []string) {
	for _, l := range c.deeds {
		if l.content.Visible() {
			texts = append(texts, strings.TrimSpace(l.mark.Text+" "+l.text.Text))
		}
	}
	return texts
}

func TestDeviceCard(t *testing.T) {
	p, _ := shownDevices(t)
	devices := fakeDevices(2)
	devices[0].Name = "Evil\u202e\n · Safari"
	p.show(server.Snapshot{Devices: devices}, fakeStart)
	c := p.first()
	if c.name.Text != `Evil\u202e\n` {
		t.Errorf("its name is %q", c.name.Text)
	}
	if got, want := c.deedTexts(), []string{"Has opened the folder"}; !slices.Equal(got, want) {
		t.Errorf("it says %q, want %q", got, want)
	}
}

// Two iPhones are told apart by their browsers.
func TestDevicesOfOneName(t *testing.T) {
	devices := fakeDevices(3)
	devices[0].Name, devices[1].Name, devices[2].Name = "iPhone · Safari", "iPhone · Firefox", "Mac · Safari"
	names := namesOf(devices)
	for id, want := range map[uint64]string{1: "iPhone · Safari", 2: "iPhone · Firefox", 3: "Mac"} {
		if got := names[deviceKey{id: id}]; got != want {
			t.Errorf("device %d is %q, want %q", id, got, want)
		}
	}
}

func TestDeeds(t *testing.T) {
	past := func(name string, done int64, state server.Transfer) server.Transfer {
		state.Name, state.Kind, state.Done, state.Total = name, server.File, done, 100
		return state
	}
	whole, broken := server.Transfer{State: server.Whole}, server.Transfer{State: server.Broken}
	canceled, part := server.Transfer{State: server.Canceled}, server.Transfer{State: server.InPart}
	photos := uploadBatch{name: "in/c.jpg", files: 3, photos: 3, arrived: 3}
	mixed := uploadBatch{name: "c.mp4", files: 3, photos: 1, arrived: 2, open: true}
	for name, c := range map[string]struct {
		files    int
		requests int64
		history  []server.Transfer // the latest first
		running  []server.Transfer
		batch    uploadBatch
		want     []string
	}{
		"nothing":              {want: []string{"Has not opened anything yet"}},
		"a look":               {requests: 3, want: []string{"Has opened the folder"}},
		"a look, and at work":  {requests: 3, running: fakeTransfers(1, 1)},
		"a film":               {files: 1, history: []server.Transfer{past("film.mp4", 100, whole)}, want: []string{"✓ film.mp4"}},
		"a file in a moment":   {files: 1, want: []string{"✓ 1 file"}},
		"files":                {files: 12, history: []server.Transfer{past("film.mp4", 100, whole)}, want: []string{"✓ 12 files"}},
		"photos":               {batch: photos, want: []string{"✓ 3 photos received"}},
		"files that come":      {batch: mixed, want: []string{"✓ 2 files received"}},
		"broken":               {history: []server.Transfer{past("film.mp4", 61, broken)}, want: []string{"✕ film.mp4 · cut at 61%"}},
		"broken, then whole":   {files: 1, history: []server.Transfer{past("film.mp4", 100, whole), past("film.mp4", 61, broken)}, want: []string{"✓ film.mp4"}},
		"broken, then resumed": {history: []server.Transfer{past("Summer film 0.mp4", 61, broken)}, running: fakeTransfers(1, 1)},
		"cancelled":            {history: []server.Transfer{past("film.mp4", 43, canceled), past("a", 1, broken)}, want: []string{"✕ film.mp4 · cancelled at 43%"}},
		"a part":               {requests: 1, history: []server.Transfer{past("film.mp4", 43, part)}, want: []string{"film.mp4 · 43% taken"}},
		"all":                  {files: 2, batch: photos, history: []server.Transfer{past("a", 43, broken)}, want: []string{"✓ 2 files", "✓ 3 photos received", "✕ a · cut at 43%"}},
	} {
		d := fakeDevice(0, func(d *server.Device) { d.Requests, d.Files = c.requests, c.files })
		var got []string
		for _, deed := range deedsOf(d, c.history, c.running, c.batch, server.Snapshot{Share: server.Share{Folder: "/srv"}}) {
			got = append(got, strings.TrimSpace(deed.mark+" "+deed.text))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestShowWhatADeviceSent(t *testing.T) {
	h := sharingWindow(t)
	var opened []string
	h.view.activity.devices.do.openFolder = func(folder string) { opened = append(opened, folder) }
	h.change(func(n *server.Snapshot) {
		n.Devices, n.Share.Folder = fakeDevices(1), "/srv"
		n.Uploads = []server.Upload{fakeUpload(1, 0, there, "in/a.jpg")}
		n.Totals.Requests++
	})
	h.sees("1 photo received")
	h.tap("Show")
	if !slices.Equal(opened, []string{filepath.Join("/srv", "in")}) {
		t.Errorf("opened %q", opened)
	}
}

func TestBusyDevicesComeFirst(t *testing.T) {
	p, _ := shownDevices(t)
	devices := fakeDevices(4)
	devices[0].Status = server.Away
	p.show(server.Snapshot{Devices: devices, Transfers: []server.Transfer{{ID: 1, Device: 3, Total: 5}}}, fakeStart)
	var order []uint64
	for _, k := range p.order {
		order = append(order, k.id)
	}
	if want := []uint64{3, 2, 4, 1}; !slices.Equal(order, want) {
		t.Errorf("they are %v, want %v", order, want)
	}
}

func TestDevicesPanelKeepsItsCards(t *testing.T) {
	p, _ := shownDevices(t)
	devices := fakeDevices(3)
	p.show(server.Snapshot{Devices: devices}, fakeStart)
	before, objects := p.first(), p.list.Objects
	devices[0].Requests++
	p.show(server.Snapshot{Devices: devices}, fakeStart)
	if &objects[0] != &p.list.Objects[0] {
		t.Error("the list was built anew although the devices are the same")
	}
	devices[0], devices[2] = devices[2], devices[0]
	p.show(server.Snapshot{Devices: append(devices, fakeDevices(4)[3])}, fakeStart)
	if p.cards[deviceKey{id: 1}] != before {
		t.Error("a device got another card when one more came")
	}
	if p.order[2].id != 1 {
		t.Error("the cards are not in the order of the devices")
	}
	p.show(server.Snapshot{Devices: devices[:1]}, fakeStart)
	if len(p.cards) != 1 || len(p.paces) != 1 {
		t.Errorf("%d cards are kept for 1 device", len(p.cards))
	}
}

func TestDevicesPanelShowsAtMostSoMany(t *testing.T) {
	p, _ := shownDevices(t)
	p.show(server.Snapshot{Devices: fakeDevices(130)}, fakeStart)
	if len(p.cards) != devicesShown || p.more.Text != "and 30 more devices" || !p.more.Visible() {
		t.Errorf("130 devices: %d cards, and it says %q", len(p.cards), p.more.Text)
	}
	p.show(server.Snapshot{Devices: fakeDevices(13)}, fakeStart)
	if p.more.Visible() {
		t.Errorf("13 devices: it says %q", p.more.Text)
	}
}

// What has the keyboard has to be in sight.
func TestListFollowsTheFocus(t *testing.T) {
	p, w := shownDevices(t)
	p.show(server.Snapshot{Devices: fakeDevices(20)}, fakeStart)
	inSight := func(c *deviceCard) bool {
		y := fyne.CurrentApp().Driver().AbsolutePositionForObject(c.content).Y - fyne.CurrentApp().Driver().AbsolutePositionForObject(p.content).Y
		return y >= 0 && y+c.content.Size().Height <= p.content.Size().Height
	}
	for _, i := range []int{5, 19, 12, 0} {
		c := p.cards[p.order[i]]
		w.Canvas().Focus(c.content)
		if !inSight(c) {
			t.Errorf("card %d has the focus and cannot be seen", i)
		}
	}
}

func TestClickOnACardShowsWhatCanBeDone(t *testing.T) {
	h := sharingWindow(t)
	h.change(func(n *server.Snapshot) { n.Devices = fakeDevices(1) })
	card := h.view.activity.devices.first()
	for _, open := range []func(){
		func() { test.Tap(card.content) },
		func() { test.TapSecondary(card.content) },
		func() { card.content.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) },
	} {
		open()
		h.choose("Send away")
	}
	h.told("send away 1", "send away 1", "send away 1")
}

func TestThisComputerIsShownWhileItTakesSomething(t *testing.T) {
	p, _ := shownDevices(t)
	film := server.Transfer{ID: 1, Addr: netip.MustParseAddr("127.0.0.1"), Name: "film.mp4", Done: 1_000_000, Total: 2_000_000}
	p.show(server.Snapshot{Transfers: []server.Transfer{film}}, fakeStart)
	if c := p.first(); c.name.Text != "this computer" || c.work.text.Text != "film.mp4 · 1 of 2 MB" || !c.actions.cancel.Visible() {
		t.Errorf("it says %q, %q", c.name.Text, c.work.text.Text)
	}
	if p.show(server.Snapshot{}, fakeStart) {
		t.Error("it stays")
	}
}
