package requests

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"windowsill/app/kit"
	"windowsill/server"
)

func TestNarrowListHidesColumns(t *testing.T) {
	for _, c := range []struct {
		width  float32
		hidden []int
	}{
		{1200, nil},
		{800, nil},
		{600, []int{cellDuration}},
		{500, []int{cellDuration, cellMethod}},
		{410, []int{cellDuration, cellMethod}},
		{270, []int{cellDuration, cellMethod, cellTime, cellBytes}},
	} {
		t.Run(fmt.Sprint(c.width), func(t *testing.T) {
			p, _ := newTestPanel(t, c.width, 400)
			p.update(fakeLog{"a", 5})
			for cell := range cellCount {
				if hidden := len(visibleCells(p, cell)) == 0; hidden != slices.Contains(c.hidden, cell) {
					t.Errorf("column %d: hidden is %v", cell, hidden)
				}
			}
		})
	}
}

func TestShortStatus(t *testing.T) {
	for _, c := range []struct {
		r    server.Request
		want string
	}{
		{server.Request{Status: 404}, "404"},
		{server.Request{Status: 206, Cut: true}, "cut"},
		{server.Request{Cut: true}, "cut"},
	} {
		if got := shortStatusText(line{&c.r, 1}); got != c.want {
			t.Errorf("%+v is %q, want %q", c.r, got, c.want)
		}
	}
}

func TestColumnsNeverOverlap(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme(""))
	for width := float32(240); width <= 1300; width += 7 {
		c := newColumns(width, float32(int(width*3)%400))
		var end float32
		for cell, w := range c.width {
			if w == 0 {
				continue
			}
			if c.x[cell] < end {
				t.Errorf("width %v: column %d begins at %v, before %v", width, cell, c.x[cell], end)
			}
			end = c.x[cell] + w
		}
		if end > width {
			t.Errorf("width %v: columns end at %v", width, end)
		}
		if c.width[cellPath] < 70 {
			t.Errorf("width %v: the path has only %v", width, c.width[cellPath])
		}
	}
}

// TestColumnsOfTheLeastWindow looks at what is left where the window is as small as it may
// be: who it was, and a photo's whole name.
func TestColumnsOfTheLeastWindow(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme(""))
	c := newColumns(262, 0)
	if got := c.measurer.fit("iPhone", c.width[cellDevice]); got != "iPhone" {
		t.Errorf("the device is %q", got)
	}
	r := newRow()
	r.cols = c
	for _, want := range []server.Request{
		{Method: "GET", Target: "/IMG_2041.jpg"}, {Method: "DELETE", Target: "/Cake.jpg"}, {Method: "POST", Target: "/…/enter"},
	} {
		text := want.Target
		if want.Method != "GET" {
			text = want.Method + " " + text
		}
		if want.Target == "/…/enter" {
			want.Target, text = "/.windowsill/enter", "POST …/enter"
		}
		r.line.Request = &want
		if got := r.pathText(c.width[cellPath]); got != text {
			t.Errorf("%s %s is %q, want %q", want.Method, want.Target, got, text)
		}
	}
}

// A long note names the device itself, and so takes its column where the window is narrow.
func TestLongNoteTakesTheColumnOfTheDevice(t *testing.T) {
	for note, device := range map[string]string{"Oma Ilse is in": "Oma Ilse", "Oma Ilse hat um Einlass gebeten": "Oma Ilse hat um Einlass gebeten"} {
		p, _ := newTestPanel(t, 270, 400)
		noted := noteOf(note)
		p.nameDevices([]server.Device{fakeDevice(noted.Addr, "Oma Ilse · Phone")})
		p.update(notedLog{fakeLog{"a", 3}, noted})
		if got := visibleCells(p, cellDevice); got[2] != device {
			t.Errorf("%q: the column of the device says %q, want it to end with %q", note, got, device)
		}
	}
}

func fakeDevice(addr netip.Addr, name string) (d server.Device) {
	d.Addr, d.Name = addr, name
	return d
}

// The room that an address took is given back once it has a name.
func TestColumnsFollowNames(t *testing.T) {
	p, _ := newTestPanel(t, 270, 400)
	log := oneRequest{request: server.Request{Method: "GET", Target: "/", Addr: noteOf("").Addr}}
	p.update(log)
	before := p.list.cols.width[cellDevice]
	p.nameDevices([]server.Device{fakeDevice(log.request.Addr, "Ben")})
	p.redraw(0)
	if after := p.list.cols.width[cellDevice]; after >= before {
		t.Errorf("the column of the device has %v, and had %v", after, before)
	}
}

func TestNamesHaveTheRoomThatThereIs(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme(""))
	const name = "Besprechungsraum 3. Stock links"
	m := newTextMeasurer(13)
	if c := newColumns(890, m.width(name)); c.measurer.fit(name, c.width[cellDevice]) != name {
		t.Errorf("at 890 a name has %v", c.width[cellDevice])
	}
	if c := newColumns(500, m.width(name)); c.width[cellPath] < 115 {
		t.Errorf("at 500 the name leaves the path %v", c.width[cellPath])
	}
}

func TestFoldersGiveWayFirst(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme(""))
	m := newTextMeasurer(13)
	for _, c := range []struct{ path, like, want string }{
		{"/a/b", "/a/b", "/a/b"},
		{"/Summer/2026/beach/IMG_1.jpg", "/Summer/…/IMG_1.jpg", "/Summer/…/IMG_1.jpg"},
		{"/Summer/2026/beach/IMG_1.jpg", "/Summer/IMG_1.jpg", "…/IMG_1.jpg"},
		{"/Summer/2026/beach/", "…/beach/", "…/beach/"},
		{"/Summer/IMG_2041.jpg", "/IM…41.jpg", "/IM…41.jpg"},
		{"/Summer", "/Su…er", "/S…er"},
	} {
		got := m.fitPath(c.path, m.width(c.like)+0.5)
		if got != c.want {
			t.Errorf("%q in the room of %q is %q, want %q", c.path, c.like, got, c.want)
		}
	}
}

func TestPathFitsIntoItsColumn(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme(""))
	r := newTextMeasurer(13)
	path := "/" + strings.Repeat("Größe 🌻 夏 long folder/", 40) + "IMG_2041.jpg"
	for _, width := range []float32{20, 70, 150, 400, 1000} {
		s := r.fit(path, width)
		if got := fyne.MeasureText(s, 13, fyne.TextStyle{}).Width; got > width+1 {
			t.Errorf("%q is %v wide, want at most %v", s, got, width)
		}
		if width >= 150 && (!strings.HasPrefix(s, "/Größe") || !strings.HasSuffix(s, "2041.jpg")) {
			t.Errorf("%q lost its beginning or its end", s)
		}
	}
	if s := r.fit("/short", 200); s != "/short" {
		t.Errorf("a short path became %q", s)
	}
}

func TestLogMakesNamesVisible(t *testing.T) {
	p, _ := newTestPanel(t, 1000, 400)
	p.update(hostileLog{fakeLog{"a", 1}})
	if got := visibleCells(p, cellPath)[0]; got != `/a\u202egnp.exe\n` {
		t.Errorf("path is %q", got)
	}
	if got := visibleCells(p, cellMethod)[0]; strings.ContainsRune(got, '\u202e') {
		t.Errorf("method is %q", got)
	}
}

func TestStatusText(t *testing.T) {
	for _, c := range []struct {
		r    server.Request
		want string
	}{
		{server.Request{Status: 200}, "200 OK"},
		{server.Request{Status: 404}, "404 Not Found"},
		{server.Request{Status: 206, Cut: true}, "206 cut"},
		{server.Request{Cut: true}, "no answer"},
		{server.Request{Status: 418}, "418"},
	} {
		if got, _ := statusText(&c.r); got != c.want {
			t.Errorf("%+v is %q, want %q", c.r, got, c.want)
		}
	}
}

// hostileLog holds one request with a path made to deceive.
type hostileLog struct{ fakeLog }

func (hostileLog) At(int) *server.Request {
	return &server.Request{Method: "G\u202eT", Target: "/a%E2%80%AEgnp.exe%0A", Status: 200}
}

func TestRowNamesTheDevice(t *testing.T) {
	p, _ := newTestPanel(t, 1000, 400)
	device := server.Device{}
	device.Addr, device.Name = netip.AddrFrom4([4]byte{192, 168, 1, 20}), "iPhone · Safari"
	p.lines.setNames(namesOfDevices([]server.Device{device}))
	p.update(fakeLog{"a", 3})
	if got, want := visibleCells(p, cellDevice), []string{"iPhone", "192.168.1.21", "192.168.1.22"}; !slices.Equal(got, want) {
		t.Errorf("it names %q, want %q", got, want)
	}
	p.bar.filter.SetText("safari")
	if p.lines.len() != 1 {
		t.Errorf("%d lines are of a browser that one device has", p.lines.len())
	}
}

func TestSizeOfWhatCameIn(t *testing.T) {
	for want, r := range map[int64]server.Request{5: {Bytes: 5}, 4_000_000: {Bytes: 5, Received: 4_000_000}, 0: {}} {
		if got := sizeOf(&r); got != want {
			t.Errorf("%+v: %d, want %d", r, got, want)
		}
	}
}

// A drive asks a thousand things, which are one row.
func TestRowOfADrive(t *testing.T) {
	looked := line{&server.Request{Method: "PROPFIND", Target: "/Caf%C3%A9/", Status: 207, More: 1213}, 1}
	if got := looked.text(", "); !strings.Contains(got, "PROPFIND, /Café/ and 1,213 more, 207") {
		t.Errorf("It says %q.", got)
	}
	one := line{&server.Request{Method: "PROPFIND", Target: "/a/", Status: 207}, 1}
	if got := one.text(", "); !strings.Contains(got, "PROPFIND, /a/, 207") {
		t.Errorf("It says %q.", got)
	}
}

// A row must tell who deleted the cake, however narrow the window is.
func TestRowOfADeletion(t *testing.T) {
	for width, want := range map[float32]string{800: "/Cake.jpg", 500: "DELETE /Cake.jpg"} {
		p, _ := newTestPanel(t, width, 400)
		p.update(oneRequest{request: server.Request{Method: "DELETE", Target: "/Cake.jpg", Status: 204}})
		if got := visibleCells(p, cellPath); !slices.Equal(got, []string{want}) {
			t.Errorf("%v wide: it says %q, want %q", width, got, want)
		}
	}
}

// oneRequest is a log of one.
type oneRequest struct {
	fakeLog
	request server.Request
}

func (oneRequest) Len() int                 { return 1 }
func (oneRequest) First() uint64            { return 0 }
func (l oneRequest) At(int) *server.Request { return &l.request }

// What a device asks before it has a number is its own, unless others share its address.
func TestNamesByAddress(t *testing.T) {
	device := func(id uint64, addr byte, name string) (d server.Device) {
		d.ID, d.Addr, d.Name = id, netip.AddrFrom4([4]byte{192, 168, 1, addr}), name
		return d
	}
	names := namesOfDevices([]server.Device{device(1, 31, "iPhone"), device(2, 32, "Ben"), device(3, 32, "Anna")})
	for addr, want := range map[byte]string{31: "iPhone", 32: "192.168.1.32"} {
		r := &server.Request{Addr: netip.AddrFrom4([4]byte{192, 168, 1, addr})}
		if got := names.text(r); got != want {
			t.Errorf(".%d is %q, want %q", addr, got, want)
		}
	}
}
