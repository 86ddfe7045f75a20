package app

import (
	"net/netip"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/server"
)

// withPIN gives the share a PIN.
func withPIN(digits string) func(*server.Snapshot) {
	return func(n *server.Snapshot) { n.PIN.Digits = digits; n.Totals.Requests++ }
}

func TestCopyPIN(t *testing.T) {
	h := sharingWindow(t)
	h.change(withPIN("012345"))
	h.sees("PIN 012 345")
	h.tap("Other addresses")
	h.choose("Copy the PIN")
	if got := h.app.Clipboard().Content(); got != "012345" {
		t.Errorf("Copied %q.", got)
	}
	h.change(withPIN("999000"))
	h.sees("PIN 999 000")
}

// letEveryoneIn chooses it, and answers for how long.
func (h *harness) letEveryoneIn(answer string) {
	h.t.Helper()
	h.view.column.access.who.Choose(accessOpen)
	h.answer(answer)
}

func TestEveryoneIsLetIn(t *testing.T) {
	h := sharingWindow(t)
	h.change(func(n *server.Snapshot) {
		withPIN("012345")(n)
		n.Policy.Allow = server.Add // by the command line
	})
	badge, who := h.view.header.status, h.view.column.access.who
	if badge.AccessibilityLabel() != "Sharing" || who.Text != "Code or my OK" {
		t.Errorf("The badge says %q.", badge.AccessibilityLabel())
	}
	h.letEveryoneIn("Cancel")
	h.told()
	h.letEveryoneIn("Until I stop")
	h.told("open true, visitors add")
	h.until("the new policy", func() bool { return h.sharing.snapshot.Policy.Open })
	if badge.AccessibilityLabel() != "Open to everyone" || badge.Background != kit.ColorCaution || badge.Foreground != theme.ColorNameWarning {
		t.Errorf("The badge says %q in %v on %v.", badge.AccessibilityLabel(), badge.Foreground, badge.Background)
	}
	if who.Text != "Everyone here" {
		t.Error("The choice does not show it.")
	}
	h.seesNot("PIN")
	who.Choose(accessAsked)
	h.until("the old policy", func() bool { return !h.sharing.snapshot.Policy.Open })
	h.told("open true, visitors add", "open false, visitors add")
	h.sees("PIN 012 345", "Sharing")
}

func TestEveryoneIsLetInForAWhile(t *testing.T) {
	h := sharingWindow(t)
	h.letEveryoneIn("For 10 minutes")
	h.until("the new policy", func() bool { return h.sharing.snapshot.Policy.Open })
	began := h.owner.openUntil.Add(-openFor)
	h.tick(began.Add(90 * time.Second))
	h.sees("Open to everyone · 9 min")
	h.tick(began.Add(openFor - time.Second))
	h.sees("Open to everyone · 1 min")
	h.told("open true, visitors read")
	h.tick(began.Add(openFor))
	h.until("the old policy", func() bool { return !h.sharing.snapshot.Policy.Open })
	h.told("open true, visitors read", "open false, visitors read")
	h.sees("Sharing")
}

func TestNobodyNew(t *testing.T) {
	h := sharingWindow(t)
	h.change(withPIN("012345"))
	h.sees("Code or my OK", "PIN 012 345")
	h.view.column.access.who.Choose(accessNobodyNew)
	h.until("the new policy", func() bool { return h.sharing.snapshot.Policy.NobodyNew })
	h.seesNot("PIN", "Scan with a phone, or type")
	h.sees("Those who are in stay in.")
	if link := h.view.column.link; link.reason.AccessibilityLabel() != "Nobody new" || link.code.Code.Object().(*canvas.Raster).Translucency == 0 {
		t.Errorf("The code looks as if it led anywhere, and says %q.", link.reason.AccessibilityLabel())
	}
	h.letEveryoneIn("Until I stop")
	h.until("the open policy", func() bool { return h.sharing.snapshot.Policy.Open && !h.sharing.snapshot.Policy.NobodyNew })
	h.sees("Scan with a phone, or type")
	h.view.column.access.who.Choose(accessNobodyNew)
	h.tap("Stop sharing")
	h.untilState(server.Stopped)
	h.until("the old policy", func() bool { return accessOf(h.sharing.snapshot.Policy) == accessAsked })
	h.told("nobody new, visitors read", "open true, visitors read", "nobody new, visitors read", "open false, visitors read")
}

func TestStopEndsThatEveryoneIsLetIn(t *testing.T) {
	h := sharingWindow(t)
	h.letEveryoneIn("Until I stop")
	h.until("the new policy", func() bool { return h.sharing.snapshot.Policy.Open })
	h.tap("Stop sharing")
	h.until("the old policy", func() bool { return !h.sharing.snapshot.Policy.Open })
	h.untilState(server.Stopped)
	h.told("open true, visitors read", "open false, visitors read")
}

func TestPhonesMaySendFiles(t *testing.T) {
	h := sharingWindow(t)
	h.sees("Phones may send files", "No")
	h.view.column.access.sending.Choose(1)
	h.until("the new policy", func() bool { return h.sharing.snapshot.Policy.Allow == server.Add })
	h.told("open false, visitors add")
	h.sees("Add")
	if got := h.store.Policy(server.Policy{Open: true}, false); got != (server.Policy{Open: true, Allow: server.Add}) {
		t.Errorf("The next time the policy is %+v.", got)
	}
	asked := server.Policy{Allow: server.Change}
	if got := h.store.Policy(asked, true); got != asked {
		t.Errorf("The policy is %+v although %+v was asked for.", got, asked)
	}
	h.view.column.access.sending.Choose(2)
	h.until("the new policy", func() bool { return h.sharing.snapshot.Policy.Allow == server.Change })
	h.letEveryoneIn("Until I stop")
	h.told("open false, visitors add", "open false, visitors change", "open true, visitors change")
}

func TestOpenToEveryoneIsNotRemembered(t *testing.T) {
	h := sharingWindow(t)
	h.letEveryoneIn("Until I stop")
	h.until("the new policy", func() bool { return h.sharing.snapshot.Policy.Open })
	h.end()
	again := &harness{t: t, app: h.app, engine: &fakeEngine{look: h.engine.look}, queue: h.queue}
	again.Window = New(h.app, &h.store, again.engine, func(f func()) { h.queue <- f })
	again.open(server.Share{Port: -1})
	defer again.end()
	again.until("the focus", func() bool { return again.win.Canvas().Focused() != nil })
	again.told()
}

func TestNewCode(t *testing.T) {
	for answer, want := range map[string][]string{
		"Keep it":                          nil,
		"New code":                         {"new code, send out false"},
		"New code, and send everybody out": {"new code, send out true"},
	} {
		t.Run(answer, func(t *testing.T) {
			h := sharingWindow(t)
			h.change(withPIN("012345"))
			h.tap("Other addresses")
			h.choose("New code…")
			h.sees("Make a new code?")
			if h.button("Keep it") != h.win.Canvas().Focused() {
				t.Error("The Return key does something.")
			}
			h.answer(answer)
			h.seesNot("Make a new code?")
			h.told(want...)
		})
	}
}

func TestNewCodeKeepsTheChosenAddress(t *testing.T) {
	h := opened(t)
	h.draw(sharingSnapshot(shortLink, "http://10.0.0.7:8000/?key=old"))
	h.view.column.link.address.choose(1)
	h.draw(sharingSnapshot(shortLink, "http://10.0.0.7:8000/?key=new"))
	h.sees("10.0.0.7:8000")
	h.seesNot("key")
	if got := h.view.column.link.code.Code.Text(); got != "http://10.0.0.7:8000/?key=new" {
		t.Errorf("The code is that of %q.", got)
	}
	h.tap("Copy link")
	if got := h.app.Clipboard().Content(); got != "http://10.0.0.7:8000/?key=new" {
		t.Errorf("Copied %q.", got)
	}
}

func TestWrongPINsAreReportedOnce(t *testing.T) {
	h := sharingWindow(t)
	flooded := func(at time.Time) {
		h.change(func(n *server.Snapshot) { n.PIN.Flooded = at; n.Totals.Requests++ })
	}
	flooded(fakeStart)
	h.sees("Too many wrong PINs were tried, so there is a new PIN.")
	h.tap("Close this message")
	h.seesNot("Too many wrong PINs")
	flooded(fakeStart)
	h.seesNot("Too many wrong PINs")
	flooded(fakeStart.Add(time.Hour))
	h.sees("Too many wrong PINs")
}

// choose picks an item of the menu that is open.
func (h *harness) choose(item string) {
	h.t.Helper()
	var menu *widget.PopUpMenu
	for _, o := range h.objects() {
		if m, ok := o.(*widget.PopUpMenu); ok {
			menu = m
		}
	}
	if menu == nil {
		h.t.Fatal("There is no menu.")
	}
	for _, i := range menu.Items {
		for _, o := range test.LaidOutObjects(i) {
			if text, ok := o.(*canvas.Text); ok && text.Text == item {
				i.(fyne.Tappable).Tapped(nil)
				return
			}
		}
	}
	h.t.Fatalf("The menu has no %q.", item)
}

// openMenuOf opens the menu of a device.
func (h *harness) openMenuOf(i int) {
	h.t.Helper()
	test.Tap(h.view.activity.devices.cards[deviceKey{id: uint64(i + 1)}].content)
}

func TestDeviceMenu(t *testing.T) {
	h := sharingWindow(t)
	h.change(func(n *server.Snapshot) { n.Devices = fakeDevices(2) })
	h.openMenuOf(1)
	h.choose("Send away")
	h.openMenuOf(0)
	h.choose("Block")
	h.told("send away 2", "block 1")

	h.openMenuOf(1)
	h.choose("Rename…")
	h.sees("What is this device called?")
	test.Type(h.win.Canvas().Focused(), "Grandma")
	h.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	h.told("send away 2", "block 1", "rename 2 Grandma")

	h.openMenuOf(1)
	h.choose("Rename…")
	h.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	h.seesNot("What is this device called?")
	h.told("send away 2", "block 1", "rename 2 Grandma")
}

func TestLetInAgain(t *testing.T) {
	h := sharingWindow(t)
	h.change(func(n *server.Snapshot) {
		n.Devices = []server.Device{
			fakeDevice(0, func(d *server.Device) { d.Status = server.Away }),
			fakeDevice(1, func(d *server.Device) { d.Status = server.Blocked }),
			fakeDevice(2, func(d *server.Device) { d.Status, d.Requests = server.Refused, 0 }),
			fakeDevice(3),
		}
	})
	h.sees("sent away at 20:48", "blocked at 20:48", "refused at 20:48")
	if p := h.view.activity.devices; p.order[0].id != 4 {
		t.Errorf("The device that is in comes after those that are out: %v.", p.order)
	}
	h.tap("Let in Phone 1")
	h.told("let in 2")
}

func TestWaitingUntilADeviceIsIn(t *testing.T) {
	h := sharingWindow(t)
	set := func(change func(*server.Device)) {
		h.change(func(n *server.Snapshot) {
			n.Totals.Requests++
			n.Devices = []server.Device{fakeDevice(0, func(d *server.Device) { d.Requests = 0 }, change)}
		})
	}
	set(func(d *server.Device) { d.Status = server.Waiting })
	h.sees("Nobody is in yet", "Answer the question above.")
	h.tick(h.sharing.snapshot.Since.Add(helpAfter))
	h.seesNot("Waiting for the first device…", "Phone can’t connect?") // it can
	set(func(d *server.Device) { d.Status = server.Refused })
	h.sees("Nobody is in yet", "refused at")
	h.seesNot("Waiting for the first device…")
	set(func(d *server.Device) {})
	h.seesNot("Waiting for the first device…", "Nobody is in yet")
	h.sees("Has not opened anything yet")
	set(func(d *server.Device) { d.Status, d.Requests = server.Away, 5 })
	h.seesNot("Waiting for the first device…")
}

func TestDeviceWithoutNumberHasNoActions(t *testing.T) {
	h := sharingWindow(t)
	h.change(func(n *server.Snapshot) {
		n.Policy.Open = true
		n.Devices = []server.Device{
			fakeDevice(0, func(d *server.Device) { d.ID = 0 }),
			fakeDevice(1, func(d *server.Device) { d.ID = 0 }),
		}
		n.Transfers = fakeTransfers(2, 15_000_000)
		for i := range n.Transfers {
			n.Transfers[i].Device = 0
		}
	})
	h.sees("Phone 0", "Phone 1", "Summer film 0.mp4", "Summer film 1.mp4")
	for _, o := range h.objects() {
		if b, ok := o.(*kit.Button); ok && b.Name == "Let in Phone 0" {
			t.Errorf("There is a button %q.", b.Name)
		}
	}
	if key := keyOf(0, netip.MustParseAddr("192.168.1.21")); h.view.activity.devices.cards[key] == nil {
		t.Error("Two such devices share a card.")
	}
}

func TestStatusText(t *testing.T) {
	for want, d := range map[string]server.Device{
		"by code at 20:48": fakeDevice(0),
		"by PIN at 20:48":  fakeDevice(0, func(d *server.Device) { d.Way = server.ByPIN }),
		"let in at 20:48":  fakeDevice(0, func(d *server.Device) { d.Way = server.ByAsking }),
	} {
		if got := statusText(d); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
