package app

import (
	"errors"
	"image"
	"image/color"
	"image/draw"
	"net/url"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"windowsill/app/kit/kittest"
	"windowsill/server"
)

const (
	fakeKey   = "?key=Zm9vYmFyYmF6cXV4cXV1eA"
	shortLink = "http://192.168.1.20:8000/" + fakeKey
	longLink  = "http://[2001:db8:85a3:1234:5678:8a2e:370:7334]:65535/" + fakeKey
)

func TestQRCodeIsReadableInEveryWindow(t *testing.T) {
	h := sharingWindow(t)
	for _, links := range [][]string{{shortLink}, {longLink, shortLink}} {
		for _, size := range []fyne.Size{{}, {Width: 900, Height: 640}, {Width: 1400, Height: 900}} {
			h.win.Resize(size.Max(h.win.Content().MinSize()))
			s := sharingSnapshot(links...)
			s.PIN.Digits = "012345"
			h.draw(s)
			shot := h.win.Canvas().Capture()
			// On black, as in the dark theme: the white paper has to be enough.
			dark := image.NewRGBA(shot.Bounds().Inset(-40))
			draw.Draw(dark, dark.Bounds(), image.NewUniform(color.Black), image.Point{}, draw.Src)
			p := fyne.CurrentApp().Driver().AbsolutePositionForObject(h.view.column.link.code.Code.Object())
			side := h.view.column.link.code.Code.Object().Size()
			at := image.Rect(int(p.X), int(p.Y), int(p.X+side.Width), int(p.Y+side.Height))
			draw.Draw(dark, at, shot, at.Min, draw.Src)
			if got := kittest.ReadQR(t, dark); got != links[0] {
				t.Errorf("%v, %d links: read %q", size, len(links), got)
			}
		}
	}
}

func sharingSnapshot(links ...string) server.Snapshot {
	s := server.Snapshot{State: server.Sharing, Share: server.Share{Folder: "/srv/photos", Port: 8000}, Name: "photos"}
	for i, l := range links {
		label := []string{"Wi-Fi · wlan0", "Ethernet · eth0", "Ethernet · eth0"}[i]
		plain, _, _ := strings.Cut(l, "?")
		s.Links = append(s.Links, server.Link{URL: l, Plain: plain, Address: server.Address{Label: label}})
	}
	return s
}

func TestChooseAddress(t *testing.T) {
	h := opened(t)
	h.draw(sharingSnapshot(shortLink, "http://10.0.0.7:8000/", longLink))
	h.sees("192.168.1.20:8000")
	want := []string{
		"192.168.1.20:8000 · Wi-Fi · wlan0", "10.0.0.7:8000 · Ethernet · eth0", "[2001:db8:85a3:1234:5678:8a2e:370:7334]:65535 · Ethernet · eth0",
		"", "Open here", "Show the code large", "Open as a drive…", "Copy the PIN", "New code…",
	}
	var got []string
	for _, item := range h.view.column.link.address.menuItems() {
		got = append(got, item.Label)
	}
	if !slices.Equal(got, want) {
		t.Errorf("The menu says %q, want %q.", got, want)
	}
	h.tap("Other addresses")
	h.choose("10.0.0.7:8000 · Ethernet · eth0")
	h.sees("10.0.0.7:8000")
	if h.view.column.link.code.Code.Text() != "http://10.0.0.7:8000/" {
		t.Errorf("The code is that of %q.", h.view.column.link.code.Code.Text())
	}
	// The computer leaves the Wi-Fi: what was chosen stays.
	h.draw(sharingSnapshot("http://10.0.0.7:8000/", longLink))
	h.sees("10.0.0.7:8000")
	// It leaves that network too.
	h.draw(sharingSnapshot(shortLink))
	h.sees("192.168.1.20:8000", "Scan with a phone, or type")
}

func TestNameOfTheShare(t *testing.T) {
	h := sharingWindow(t)
	h.change(func(n *server.Snapshot) { n.Network.Name = "http://summer-2026.local:8000/"; n.Totals.Requests++ })
	h.sees("192.168.1.20:8000")
	h.tap("Other addresses")
	h.choose("summer-2026.local:8000")
	h.sees("summer-2026.local:8000")
	if got, want := h.view.column.link.code.Code.Text(), "http://summer-2026.local:8000/"+fakeKey; got != want {
		t.Errorf("The code is that of %q, want %q.", got, want)
	}
	h.told() // no address is preferred
	h.change(func(n *server.Snapshot) { n.Network.Name = ""; n.Totals.Requests++ })
	h.seesNot("summer-2026.local")
	h.sees("192.168.1.20:8000")
}

func TestNoNetwork(t *testing.T) {
	h := opened(t)
	s := sharingSnapshot("http://127.0.0.1:8000/")
	s.Links[0] = fakeLink("127.0.0.1", 8000, "This computer only")
	h.draw(s)
	h.sees("This computer only")
}

func TestCopyLink(t *testing.T) {
	h := sharingWindow(t)
	h.tap("Copy link")
	h.sees("Copied")
	if got := h.app.Clipboard().Content(); got != shortLink {
		t.Errorf("Copied %q.", got)
	}
	h.app.Clipboard().SetContent("")
	h.press(fyne.KeyC)
	if got := h.app.Clipboard().Content(); got != shortLink {
		t.Errorf("Copied %q by keyboard.", got)
	}
	h.until("the button to say what it does again", func() bool { return h.view.column.link.copy.Button.Text == "Copy link" })
}

// browserApp notes which page was opened.
type browserApp struct {
	fyne.App
	opened []string
	err    error
}

func (a *browserApp) OpenURL(u *url.URL) error {
	a.opened = append(a.opened, u.String())
	return a.err
}

func TestOpenInBrowser(t *testing.T) {
	h := opened(t)
	h.draw(sharingSnapshot(longLink))
	browser := &browserApp{App: h.app}
	h.view.column.link.openURL = browser.OpenURL
	h.view.column.link.open()
	browser.err = errors.New("no browser")
	h.view.column.link.open()
	if want := []string{"http://localhost:65535/", "http://localhost:65535/"}; !slices.Equal(browser.opened, want) {
		t.Errorf("Opened %q, want %q.", browser.opened, want)
	}
	h.sees("No browser could be opened.")
}

func TestAddressIsSelectedAsAWhole(t *testing.T) {
	h := sharingWindow(t)
	test.Tap(h.view.column.link.address.line)
	if h.win.Canvas().Focused() != h.view.column.link.address.line || !h.view.column.link.address.line.IsSelected() {
		t.Error("A click does not select the address.")
	}
	h.press(fyne.KeyC)
	if got := h.app.Clipboard().Content(); got != shortLink {
		t.Errorf("Copied %q.", got)
	}
	h.win.Canvas().Unfocus()
	if h.view.column.link.address.line.IsSelected() {
		t.Error("It stays selected.")
	}
}

func TestLongAddressFits(t *testing.T) {
	h := opened(t)
	h.win.Resize(h.win.Content().MinSize())
	h.draw(sharingSnapshot(longLink))
	line := h.view.column.link.address.line
	if w := kittest.Find[*canvas.Text](t, line).MinSize().Width; w > line.Size().Width {
		t.Errorf("It is %v wide in a place of %v.", w, line.Size().Width)
	}
}

// The code has to be large enough to be scanned from a step away, without the white
// around it.
func TestSizeOfTheCode(t *testing.T) {
	for size, want := range map[fyne.Size]int{
		{Width: leastWidth, Height: leastHeight}: 160, {Width: 900, Height: 640}: 200, {Width: 1280, Height: 800}: 200, {Width: 1920, Height: 1080}: 300,
	} {
		h := sharingWindow(t)
		h.win.Resize(size)
		h.change(withPIN("012345"))
		got := kittest.CodeSize(h.win.Canvas().Capture())
		if got.Dx() < want {
			t.Errorf("%v: the code is %d wide, want %d", size, got.Dx(), want)
		}
		line := h.view.column.link.address.line
		if at := fyne.CurrentApp().Driver().AbsolutePositionForObject(line).Y; int(at)-got.Max.Y > 100 {
			t.Errorf("%v: the code ends at %d, and its address is at %v", size, got.Max.Y, at)
		}
	}
}

func TestCodeThatLeadsNowhereIsFaint(t *testing.T) {
	h := sharingWindow(t)
	for name, c := range map[string]struct {
		change func(*server.Snapshot)
		says   string
	}{
		"paused": {func(n *server.Snapshot) { n.Network.Paused = true }, "Paused"},
		"no network": {func(n *server.Snapshot) {
			n.Network.Paused = false
			n.Links = []server.Link{fakeLink("127.0.0.1", 8000, "This computer only")}
		}, "No network"},
		"all well": {func(n *server.Snapshot) { n.Links = []server.Link{fakeLink("192.168.1.20", 8000, "Wi-Fi")} }, ""},
	} {
		h.change(func(n *server.Snapshot) { n.Network.Paused = false; c.change(n); n.Totals.Requests++ })
		if got := h.view.column.link.reason.AccessibilityLabel(); got != c.says {
			t.Errorf("%s: the code says %q, want %q", name, got, c.says)
		}
		raster := kittest.Find[*canvas.Raster](t, h.view.column.link.code.Content)
		if faint := raster.Translucency > 0.8; faint != (c.says != "") {
			t.Errorf("%s: the code is faint: %v", name, faint)
		}
	}
}
