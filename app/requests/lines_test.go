package requests

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"

	"windowsill/server"
)

func TestFilter(t *testing.T) {
	for _, c := range []struct {
		name, words string
		want        []string
	}{
		{"path", "img_7.", []string{"/a/IMG_7.jpg"}},
		{"path, any case", "Img_7.", []string{"/a/IMG_7.jpg"}},
		{"status by number", "404", []string{"/a/IMG_4.jpg", "/a/IMG_9.jpg"}},
		{"status by words", "not found", []string{"/a/IMG_4.jpg", "/a/IMG_9.jpg"}},
		{"class of status", "4xx", []string{"/a/IMG_4.jpg", "/a/IMG_9.jpg"}},
		{"class of status, any case", "3XX", []string{"/a/IMG_3.jpg", "/a/IMG_8.jpg"}},
		{"class of status and address", "2xx 1.22", []string{"/a/IMG_2.jpg", "/a/IMG_5.jpg"}},
		{"two classes at once", "2xx 4xx", nil},
		{"address", "1.22", []string{"/a/IMG_2.jpg", "/a/IMG_5.jpg", "/a/IMG_8.jpg"}},
		{"several words in any order", "206 1.21", []string{"/a/IMG_7.jpg"}},
		{"method", "get IMG_0", []string{"/a/IMG_0.jpg"}},
		{"time", "20:48:00 IMG_1.", []string{"/a/IMG_1.jpg"}},
		{"nothing", "nowhere", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, _ := newTestPanel(t, 700, 400)
			p.update(fakeLog{"a", 6})
			p.bar.filter.SetText(c.words)
			p.update(fakeLog{"a", 10})
			if got := visibleCells(p, cellPath); !slices.Equal(got, c.want) {
				t.Errorf("%q finds %q, want %q", c.words, got, c.want)
			}
			if none := p.empty.Text == "No request matches."; none != (c.want == nil) {
				t.Errorf("it says %q", p.empty.Text)
			}
			p.bar.filter.SetText("  ")
			if got := visibleCells(p, cellPath); len(got) != 10 {
				t.Errorf("without words %d lines are shown, want 10", len(got))
			}
		})
	}
}

func TestFilterSearchesDecodedPaths(t *testing.T) {
	v := &lines{log: server.Log{}}
	v.setFilter("köln bilder")
	for target, want := range map[string]bool{
		"/Bilder%20aus%20K%C3%B6ln/": true,
		"/Bilder%2520K%25C3%25B6ln/": false,
	} {
		if got := v.matches(&server.Request{Method: "GET", Target: target}); got != want {
			t.Errorf("%s: found is %v, want %v", target, got, want)
		}
	}
}

func TestFilterFindsDevicesByName(t *testing.T) {
	var phone, told server.Device
	phone.Addr, phone.Name = netip.MustParseAddr("192.168.1.21"), "Mia’s Phone"
	told.Addr, told.Name, told.ID = netip.MustParseAddr("192.168.1.22"), "Laptop", 7
	v := &lines{log: server.Log{}}
	v.setFilter("PHONE 200")
	v.setNames(namesOfDevices([]server.Device{phone, told}))
	for _, c := range []struct {
		name    string
		request server.Request
		want    bool
	}{
		{"known by its address", server.Request{Addr: phone.Addr, Status: 200}, true},
		{"of another status", server.Request{Addr: phone.Addr, Status: 404}, false},
		{"another device at this address", server.Request{Addr: phone.Addr, Device: 7, Status: 200}, false},
		{"unknown", server.Request{Addr: told.Addr, Status: 200}, false},
	} {
		if got := v.matches(&c.request); got != c.want {
			t.Errorf("%s: found is %v, want %v", c.name, got, c.want)
		}
	}
}

func TestFilterFollowsANewName(t *testing.T) {
	p, _ := newTestPanel(t, 700, 400)
	p.update(fakeLog{"a", 3})
	p.bar.filter.SetText("mia")
	var d server.Device
	d.Addr = netip.MustParseAddr("192.168.1.21")
	for name, want := range map[string]int{"iPhone": 0, "Mia’s Phone": 1} {
		d.Name = name
		p.lines.setNames(namesOfDevices([]server.Device{d}))
		if got := p.lines.len(); got != want {
			t.Errorf("a device %q: %d lines match, want %d", name, got, want)
		}
	}
}

func TestFilterLooksOnlyAtNewLines(t *testing.T) {
	v, looks := &lines{log: server.Log{}}, 0
	v.setFilter("not found")
	v.update(countedLog{fakeLog{"a", 10_000}, &looks})
	looks = 0
	v.update(countedLog{fakeLog{"a", 10_100}, &looks})
	if looks > 110 {
		t.Errorf("looked at %d requests for 100 new ones", looks)
	}
	if v.len() != 2000 {
		t.Errorf("%d lines match, want 2000", v.len())
	}
}

func TestClear(t *testing.T) {
	p, _ := newTestPanel(t, 700, 400)
	p.update(fakeLog{"a", 50})
	p.clearLines()
	if got := visibleCells(p, cellPath); got != nil {
		t.Errorf("after clearing there is still %q", got)
	}
	p.update(fakeLog{"a", 52})
	if got, want := visibleCells(p, cellPath), []string{"/a/IMG_50.jpg", "/a/IMG_51.jpg"}; !slices.Equal(got, want) {
		t.Errorf("after clearing there is %q, want %q", got, want)
	}
}

func TestClearWithFilter(t *testing.T) {
	p, _ := newTestPanel(t, 700, 400)
	p.bar.filter.SetText("404")
	p.update(fakeLog{"a", 50})
	p.clearLines()
	p.bar.filter.SetText("")
	p.update(fakeLog{"a", 51})
	if got, want := visibleCells(p, cellPath), []string{"/a/IMG_50.jpg"}; !slices.Equal(got, want) {
		t.Errorf("after clearing there is %q, want %q", got, want)
	}
}

func TestLogOfANewShare(t *testing.T) {
	for _, c := range []struct {
		name  string
		total int
	}{{"shorter", 2}, {"as long", 50}, {"longer", 70}} {
		t.Run(c.name, func(t *testing.T) {
			p, w := newTestPanel(t, 700, 400)
			p.update(fakeLog{"old", 50})
			p.clearLines()
			p.update(fakeLog{"old", 100})
			scroll(w, -20)
			p.update(fakeLog{"old", 50})
			p.update(fakeLog{"new", c.total})
			wantLast(t, p, fmt.Sprintf("/new/IMG_%d.jpg", c.total-1))
			if p.lines.len() != c.total {
				t.Errorf("%d lines are shown, want %d", p.lines.len(), c.total)
			}
		})
	}
}

// countedLog counts the requests that are looked at.
type countedLog struct {
	fakeLog
	looks *int
}

func (l countedLog) At(i int) *server.Request { *l.looks++; return l.fakeLog.At(i) }
