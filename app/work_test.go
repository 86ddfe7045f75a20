package app

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"windowsill/app/requests"
	"windowsill/server"
)

func TestWorkText(t *testing.T) {
	film := server.Transfer{ID: 1, Name: "film.mp4", Done: 34_000_000, Total: 60_000_000, Moved: 34_000_000}
	clip := server.Transfer{ID: 2, Name: "clip.mov", Done: 1_000_000, Total: 6_000_000}
	photo := server.Transfer{ID: 3, Name: "a.jpg", Kind: server.Arrival, Done: 500_000, Total: 2_000_000}
	stream := server.Transfer{ID: 4, Name: "all.tar", Done: 500_000, Total: -1}
	slow := &pace{moved: 3_000_000, samples: []paceSample{{fakeStart.Add(-10 * time.Second), 0}}, latest: fakeStart}
	still := &pace{latest: fakeStart.Add(-stalledAfter)}
	for name, c := range map[string]struct {
		running  []server.Transfer
		pace     *pace
		want     string
		progress float32
	}{
		"a film that has begun": {[]server.Transfer{film}, &pace{}, "film.mp4 · 34 of 60 MB", 34. / 60},
		"a film":                {[]server.Transfer{film}, slow, "film.mp4 · 34 of 60 MB · 1 min", 34. / 60},
		"nothing moves":         {[]server.Transfer{film}, still, "film.mp4 · 34 of 60 MB · waiting", 34. / 60},
		"two":                   {[]server.Transfer{film, clip}, &pace{}, "2 files · 35 of 66 MB", 35. / 66},
		"three":                 {[]server.Transfer{film, clip, clip}, &pace{}, "3 files · 50%", 36. / 72},
		"one that comes":        {[]server.Transfer{photo}, &pace{}, "a.jpg · 0.5 of 2 MB received", 0.25},
		"of unknown length":     {[]server.Transfer{stream}, slow, "all.tar · 500 kB", -1},
		"one of two unknown":    {[]server.Transfer{film, stream}, slow, "2 files · 34 MB", -1},
	} {
		w := workOf(c.running, c.pace, fakeStart)
		text, progress := w.text, w.progress
		if text != c.want || progress != c.progress {
			t.Errorf("%s: %q, %v, want %q, %v", name, text, progress, c.want, c.progress)
		}
	}
}

func TestCancelWhatADeviceIsDoing(t *testing.T) {
	h := sharingWindow(t)
	h.change(func(n *server.Snapshot) {
		n.Devices, n.Transfers = fakeDevices(1), fakeTransfers(2, 15_000_000)
		n.Transfers[1].Device = 1
	})
	h.sees("2 files · 30 of 120 MB")
	if bar := h.view.activity.devices.first().work.bar; bar.Value != 0.25 || !bar.Visible() {
		t.Errorf("its bar is at %v", bar.Value)
	}
	h.view.activity.devices.first().actions.cancel.Debounce = 0
	h.tap("Cancel what Phone 0 is doing") // with a finger, where nothing is drawn yet
	h.told()
	h.tap("Cancel what Phone 0 is doing")
	h.told("cancel 1", "cancel 2")
	h.openMenuOf(0)
	h.choose("Cancel")
	h.told("cancel 1", "cancel 2", "cancel 1", "cancel 2")
}

// The button that cancels is drawn where a person is, with the pointer or the keyboard.
func TestCancelIsDrawnWhereThePersonIs(t *testing.T) {
	h := sharingWindow(t)
	h.change(func(n *server.Snapshot) { n.Devices, n.Transfers = fakeDevices(1), fakeTransfers(1, 15_000_000) })
	card := h.view.activity.devices.first()
	for _, step := range []struct {
		do   func()
		want bool
	}{
		{func() {}, false},
		{func() { card.content.MouseIn(nil) }, true},
		{func() { card.content.MouseOut(); card.actions.cancel.MouseIn(nil) }, true},
		{card.actions.cancel.MouseOut, false},
		{func() { h.win.Canvas().Focus(card.content) }, true},
		{func() { h.win.Canvas().(interface{ FocusNext() }).FocusNext() }, true},
		{h.win.Canvas().Unfocus, false},
	} {
		if step.do(); card.actions.cancel.IsDrawn() != step.want {
			t.Errorf("drawn: %v, want %v", !step.want, step.want)
		}
	}
}

// The button that cancels comes where nothing, or another one, was.
func TestClickJustBeforeATransferCancelsNothing(t *testing.T) {
	h := sharingWindow(t)
	h.change(func(n *server.Snapshot) { n.Devices = fakeDevices(1) })
	h.change(func(n *server.Snapshot) { n.Transfers = fakeTransfers(1, 1); n.Totals.Requests++ })
	test.Tap(h.button("Cancel what Phone 0 is doing"))
	h.told()
}

// At the size at which the window opens first, requests can be read from the start, and
// whatever else there is to see.
func TestRequestsAreThereFromTheStart(t *testing.T) {
	h := sharingWindow(t)
	h.win.Resize(defaultSize)
	h.sees("Waiting for the first device…", "Requests appear here as they happen.")
	h.hasRequests(true)
	h.change(func(n *server.Snapshot) {
		n.Devices = fakeDevices(4)
		for i := range n.Devices {
			n.Devices[i].Status = server.Waiting
		}
	})
	h.sees("and 2 more")
	h.hasRequests(true)
}

// hasRequests checks whether there is room for three requests.
func (h *harness) hasRequests(want bool) {
	h.t.Helper()
	log := h.view.activity.log.Content
	if got := log.Visible() && log.Size().Height >= log.MinSize().Height+requests.HeightOf(3); got != want {
		h.t.Errorf("There is room for three requests in %v: %v, want %v", log.Size(), got, want)
	}
}

func TestRequestsFold(t *testing.T) {
	h := sharingWindow(t)
	h.win.Resize(defaultSize)
	h.press(fyne.KeyL)
	h.sees("Requests")
	h.hasRequests(false)
	h.end()
	again := &harness{t: t, app: h.app, engine: h.engine, queue: h.queue}
	again.Window = New(h.app, &h.store, h.engine, func(f func()) { h.queue <- f })
	again.open(server.Share{Port: -1})
	defer again.end()
	if !again.view.activity.panes.IsFolded() {
		t.Error("That it is folded is not remembered.")
	}
	again.press(fyne.KeyL)
	if got := again.view.activity.panes.Offset(); got != requestsEdge {
		t.Errorf("It unfolds to %v.", got)
	}
}

// In the lowest window a question and two devices that are busy leave no room for the requests. Whoever asks for them sees
// them all the same, and the devices again once they fold them.
func TestRequestsAreShownWhenAskedForInALowWindow(t *testing.T) {
	h := sharingWindow(t)
	h.win.Resize(fyne.NewSize(leastWidth, leastHeight))
	h.change(func(n *server.Snapshot) {
		busySnapshot(n)
		n.Devices = append(n.Devices, fakeDevice(3, func(d *server.Device) { d.Name, d.Status = "Oma Ilse · Phone", server.Waiting }))
	})
	h.drain()
	h.hasRequests(false)
	for _, key := range []fyne.KeyName{fyne.KeyL, fyne.KeyF} {
		h.press(key)
		h.hasRequests(true)
		h.sees("Oma Ilse wants to come in")
		h.seesNot("Summer 2026")
		h.press(fyne.KeyL)
		h.hasRequests(false)
		h.sees("Summer 2026")
		h.press(fyne.KeyL)
		h.hasRequests(true)
		h.press(fyne.KeyL)
	}
}

func TestShortcutsAreDifferent(t *testing.T) {
	var seen []string
	for _, s := range shortcuts {
		for _, k := range s.keys {
			if slices.Contains(seen, string(k)) {
				t.Errorf("%s is taken", k)
			}
			seen = append(seen, string(k))
		}
	}
}
