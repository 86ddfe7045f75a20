package app

import (
	"fmt"
	"io"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"windowsill/app/kit"
	"windowsill/server"
)

// fakeMatters returns matters of these names.
func fakeMatters(names ...string) (all []matter) {
	for _, n := range names {
		all = append(all, matter{n, func() *kit.Prompt {
			return kit.NewPrompt(kit.ColorAccent, n, nil, kit.NewButton("Do", nil, 0, nil))
		}})
	}
	return all
}

// keys returns what an attention shows, "-" after what is settled.
func (a *attention) keys() (keys []string) {
	for _, c := range a.cards {
		k := fmt.Sprint(c.key)
		if !c.settled.IsZero() {
			k += "-"
		}
		keys = append(keys, k)
	}
	return keys
}

func TestSettledMattersKeepTheirPlaceForAMoment(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme(""))
	w := test.NewTempWindow(t, &canvas.Rectangle{})
	var now []matter
	a := newAttention(func(func()) {}, func(server.Snapshot) []matter { return now })
	w.SetContent(a.content)
	a.hold = time.Hour
	var snapshot server.Snapshot
	for i, c := range []struct {
		matters []string
		over    bool // the moment has passed
		want    string
		more    string
	}{
		{[]string{"a", "b", "c", "d"}, false, "[a b]", "and 2 more"},
		{[]string{"b", "c", "d"}, false, "[a- b]", "and 2 more"},
		{[]string{"b", "c", "d"}, true, "[b c]", "and 1 more"},
		{[]string{"z", "b", "c"}, false, "[z b]", "and 1 more"}, // more urgent
		{[]string{"z", "c"}, false, "[z b-]", "and 1 more"},
		{[]string{"z", "b", "c"}, false, "[z b]", "and 1 more"}, // it was not
		{nil, false, "[z- b-]", "and 0 more"},
		{nil, true, "[]", "and 0 more"},
	} {
		now = fakeMatters(c.matters...)
		if c.over {
			a.hold = 0
		}
		a.show(snapshot)
		if got := fmt.Sprint(a.keys()); got != c.want || a.more.Text != c.more {
			t.Errorf("%d: %s, %q, want %s, %q", i, got, a.more.Text, c.want, c.more)
		}
		a.hold = time.Hour
	}
	if a.content.Visible() {
		t.Error("It holds room for nothing.")
	}
}

// fakeLog is a log of these requests.
type fakeLog []server.Request

func (l fakeLog) Len() int                        { return len(l) }
func (l fakeLog) First() uint64                   { return 0 }
func (l fakeLog) At(i int) *server.Request        { return &l[i] }
func (l fakeLog) WriteCombined(w io.Writer) error { return nil }
func (l fakeLog) WriteCSV(w io.Writer) error      { return nil }

func TestRefusals(t *testing.T) {
	x := newRefusals(nil, func() {})
	log := fakeLog{
		{Method: "PUT", Target: "/in/film%201.mp4?x", Status: 507, Device: 1},
		{Method: "GET", Target: "/", Status: 507, Device: 1},
		{Method: "PUT", Target: "/ok.mp4", Status: 201, Device: 1},
		{Method: "POST", Target: "/.windowsill/text", Status: 413, Device: 2},
		{Method: "POST", Target: "/.windowsill/upload/", Status: 413, Device: 3},
	}
	names := func() (names []string) {
		for _, r := range x.refused {
			names = append(names, fmt.Sprintf("%d %q %v", r.device.id, r.name, r.full))
		}
		return names
	}
	x.follow(log, fakeStart)
	if got, want := names(), []string{`3 "" false`, `1 "film 1.mp4" true`}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	x.forget(deviceKey{id: 3})
	x.follow(log, fakeStart)
	if got, want := names(), []string{`1 "film 1.mp4" true`}; !slices.Equal(got, want) {
		t.Errorf("what was hidden is back: %q, want %q", got, want)
	}
	x.follow(append(log, server.Request{Method: "PUT", Target: "/b.mp4", Status: 413, Device: 1}), fakeStart)
	if got, want := names(), []string{`1 "b.mp4" false`}; !slices.Equal(got, want) {
		t.Errorf("one more: %q, want %q", got, want)
	}
	x.follow(log[:0], fakeStart.Add(time.Hour))
	if got := names(); len(got) > 0 {
		t.Errorf("another share has %q", got)
	}
}

func TestRefusedUpload(t *testing.T) {
	h := sharingWindow(t)
	refused := newRefusals(h.showLimits, h.redraw)
	h.view.alerts.attention.sources = append(h.view.alerts.attention.sources, refused.matters)
	h.change(func(n *server.Snapshot) { n.Devices = fakeDevices(1); n.Totals.Requests++ })
	refused.add(refusal{device: deviceKey{id: 1}, name: "film.mp4", full: true})
	h.redraw()
	h.sees("Phone 0 could not send film.mp4", "There is no room for it", "Limits…")
	h.tap("Hide")
	h.seesNot("could not send")
}
