package app

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"windowsill/app/kit"
	"windowsill/app/kit/kittest"
	"windowsill/server"
)

// asks makes a device wait for an answer.
func asks(name string) func(*server.Device) {
	return func(d *server.Device) {
		d.Name, d.Status, d.Requests, d.Bytes = name, server.Waiting, 0, 0
	}
}

// told checks which calls the engine got, in order.
func (h *harness) told(want ...string) {
	h.t.Helper()
	h.control.jobs.Wait()
	h.engine.mu.Lock()
	defer h.engine.mu.Unlock()
	if !slices.Equal(h.engine.orders, want) {
		h.t.Errorf("The server was told %q, want %q.", h.engine.orders, want)
	}
}

func TestAskingDeviceIsShownAboveAllElse(t *testing.T) {
	h := sharingWindow(t)
	h.change(func(n *server.Snapshot) { n.Devices = []server.Device{fakeDevice(0, asks("iPhone\u202e"))} })
	h.sees(`iPhone\u202e wants to come in`, "Phone · 192.168.1.20", "Let in", "Not now", "Nobody is in yet")
	y := fyne.CurrentApp().Driver().AbsolutePositionForObject
	if y(h.view.alerts.attention.content).Y >= y(h.view.activity.content).Y {
		t.Error("The card is not above all else.")
	}
	h.change(func(n *server.Snapshot) { n.Devices = nil })
	h.seesNot("wants to come in", "Let in")
}

func TestAnswersToAskingDevices(t *testing.T) {
	h := sharingWindow(t)
	h.change(func(n *server.Snapshot) {
		for i, name := range []string{"one", "two", "three"} {
			n.Devices = append(n.Devices, fakeDevice(i, asks(name)))
		}
	})
	h.tap("Let in: one")
	h.tap("Not now: two")
	if !h.button("Not now: one").Disabled() {
		t.Error("A device can be answered twice.")
	}
	h.sees("and 1 more")
	h.change(func(n *server.Snapshot) { n.Devices = n.Devices[2:] })
	h.tap("More options for three")
	h.choose("Block")
	h.told("let in 1", "not now 2", "block 3")
}

func TestDeviceAsksAgain(t *testing.T) {
	h := sharingWindow(t)
	h.change(func(n *server.Snapshot) { n.Devices = []server.Device{fakeDevice(0, asks("one"))} })
	h.tap("Not now: one")
	h.change(func(n *server.Snapshot) {
		n.Totals.Requests++
		n.Devices = []server.Device{fakeDevice(0, asks("one"), func(d *server.Device) { d.Since = d.Since.Add(time.Minute) })}
	})
	h.tap("Let in: one")
	h.told("not now 1", "let in 1")
}

func TestAnswersByKeyboard(t *testing.T) {
	h := sharingWindow(t)
	h.change(func(n *server.Snapshot) { n.Devices = []server.Device{fakeDevice(0, asks("one"))} })
	letIn := h.button("Let in: one")
	for range 50 {
		if h.win.Canvas().FocusNext(); h.win.Canvas().Focused() == letIn {
			break
		}
	}
	if h.win.Canvas().Focused() != letIn {
		t.Fatal("The Tab key does not get to the card.")
	}
	letIn.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	h.told("let in 1")
	if h.win.Canvas().Focused() == letIn {
		t.Error("The button that is about to go keeps the focus.")
	}
}

func TestClickJustAfterACardAppearsIsIgnored(t *testing.T) {
	h := sharingWindow(t, func(h *harness) {})
	h.view.alerts.attention.debounce = time.Hour
	h.change(func(n *server.Snapshot) { n.Devices = []server.Device{fakeDevice(0, asks("one"))} })
	h.tap("Let in: one")
	h.told()
}

func TestAnswersByShortcut(t *testing.T) {
	h := sharingWindow(t)
	h.press(fyne.KeyI)
	h.change(func(n *server.Snapshot) {
		n.Devices = []server.Device{fakeDevice(0, asks("one")), fakeDevice(1, asks("two"))}
	})
	h.press(fyne.KeyN)
	h.change(func(n *server.Snapshot) { n.Devices = n.Devices[1:] })
	h.press(fyne.KeyI)
	h.told("not now 1", "let in 2")
}

func TestManyWhoAskLeaveRoomForTheRest(t *testing.T) {
	for _, size := range []fyne.Size{smallest, {Width: 900, Height: 640}, {Width: 1600, Height: 1000}} {
		h := sharingWindow(t)
		h.win.Resize(size)
		before := h.win.Content().MinSize()
		h.change(func(n *server.Snapshot) {
			n.Totals.Requests = 3
			for i := range 20 {
				n.Devices = append(n.Devices, fakeDevice(i, asks(fmt.Sprintf("a phone with quite a long name %d", i))))
			}
		})
		cards, rest := h.view.alerts.attention.content, h.view.activity.content
		if height, need := cards.Size().Height, cards.MinSize().Height; height < need || height > size.Height/2 {
			t.Errorf("%v: the cards are %v high, and need %v", size, height, need)
		}
		if width := cards.MinSize().Width; width > cards.Size().Width {
			t.Errorf("%v: the cards are cut, they need a width of %v and have %v", size, width, cards.Size().Width)
		}
		bottom := fyne.CurrentApp().Driver().AbsolutePositionForObject(rest).Y + rest.Size().Height
		if bottom > size.Height {
			t.Errorf("%v: what is below ends at %v", size, bottom)
		}
		if got := h.win.Content().MinSize(); got != before {
			t.Errorf("%v: the window grows from %v to %v", size, before, got)
		}
		if h.sees("and 1"); size != smallest {
			h.sees("and 18 more")
		}
		if log := h.view.activity.panes.Content.Objects[2]; log.Size().Height < log.MinSize().Height {
			t.Errorf("%v: the first line of the log is cut, it has %v", size, log.Size())
		}
	}
}

func TestNobodyAsksWhenNothingIsShared(t *testing.T) {
	h := opened(t)
	h.draw(server.Snapshot{State: server.Stopped, Totals: server.Totals{Requests: 1}, Devices: []server.Device{fakeDevice(0, asks("one"))}})
	h.seesNot("wants to come in")
}

// foreground says whether the window is in front, as the desktop does.
func (h *harness) foreground(front bool) {
	hooks := h.app.Lifecycle().(interface {
		OnEnteredForeground() func()
		OnExitedForeground() func()
	})
	if front {
		hooks.OnEnteredForeground()()
	} else {
		hooks.OnExitedForeground()()
	}
}

func TestNotifyOncePerAskingDevice(t *testing.T) {
	h := sharingWindow(t)
	asking := []server.Device{fakeDevice(0, asks("iPhone"))}
	draw := func() {
		s := h.sharing.snapshot
		s.Devices = asking
		h.Window.draw(s)
		h.control.jobs.Wait()
	}
	h.foreground(true)
	test.AssertNotificationSent(t, nil, draw)
	h.foreground(false)
	test.AssertNotificationSent(t, nil, draw)
	asking = append(asking, fakeDevice(1, asks("Pixel 8")))
	first := fyne.NewNotification("Pixel 8 wants to come in", "Its address is 192.168.1.21. Open Windowsill to answer.")
	test.AssertNotificationSent(t, first, draw)
	test.AssertNotificationSent(t, nil, draw)
	asking = asking[:1]
	draw()
	asking = append(asking, fakeDevice(1, asks("Pixel 8"), func(d *server.Device) { d.Since = d.Since.Add(time.Hour) }))
	test.AssertNotificationSent(t, first, draw)
	h.foreground(true)
	h.view.showSettings(true)
	asking = append(asking, fakeDevice(2, asks("")))
	test.AssertNotificationSent(t, fyne.NewNotification("A device wants to come in", "Its address is 192.168.1.22. Open Windowsill to answer."), draw)
}

func TestNotificationsHaveNoMarkupOrCommands(t *testing.T) {
	for name, want := range map[string]string{
		"iPhone": "iPhone", "Galaxy S-24.1": "Galaxy S-24.1", "": "A device", "$(calc)": "A device", "`calc`": "A device",
		"<b>x</b>": "A device", "x\"; calc": "A device", "“x”": "A device", "Köln": "A device", "a\nb": "A device", "100%": "A device",
	} {
		if got := plainName(name); got != want {
			t.Errorf("%q is told as %q, want %q", name, got, want)
		}
	}
}

// A finger does not hover: it taps the card, and sees what else there is to answer.
func TestTapShowsMoreAnswers(t *testing.T) {
	h := sharingWindow(t)
	h.change(func(n *server.Snapshot) { n.Devices = []server.Device{fakeDevice(0, asks("one"))} })
	more := h.button("More options for one")
	if more.IsDrawn() {
		t.Error("It is drawn before anybody wants it.")
	}
	test.Tap(kittest.Find[*kit.HoverArea](t, h.view.alerts.attention.content))
	if !more.IsDrawn() {
		t.Error("It is not drawn after a tap on the card.")
	}
	h.tap("More options for one")
	h.choose("Block")
	h.told("block 1")
}
