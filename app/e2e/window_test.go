//go:build unix

package e2e

import (
	"image"
	"image/color"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// The colours by which these tests find things in the window, all of the light
// theme: the button that goes on, the one that stops, a request that went
// well, and the ground of what went wrong. Thin lines have them only half.
var (
	accent  = near(0x4353d9)
	danger  = near(0xc92a2a)
	success = near(0x0b7547)
	alarm   = near(0xfdeaea)
	inset   = exactly(0xf6f7fb) // of what lies in a card

	bluish tone = func(c color.NRGBA) bool { return int(c.B) > int(c.R)+60 }
)

// scan waits until a QR code can be read from the screen and returns what it
// says.
func (s *screen) scan(t *testing.T) (link string) {
	t.Helper()
	eventually(t, "a QR code can be read from the screen", func() bool {
		link = readCode(s.shot(t))
		return link != ""
	})
	return link
}

// find waits until there is an area of that colour which fits, and returns the
// largest one.
func (s *screen) find(t *testing.T, what string, c tone, fits func(image.Rectangle) bool) (found image.Rectangle) {
	t.Helper()
	eventually(t, what+" is on the screen", func() bool {
		for _, area := range areas(s.shot(t), c) {
			if fits(area) && area.Dx()*area.Dy() > found.Dx()*found.Dy() {
				found = area
			}
		}
		return !found.Empty()
	})
	return found
}

// isButton says whether an area has the size of the one big button.
func isButton(area image.Rectangle) bool { return area.Dx() > 150 && area.Dy() > 30 && area.Dy() < 90 }

// isField says whether an area could be the ring around a field.
func isField(area image.Rectangle) bool { return area.Dx() > 200 && area.Dy() > 20 && area.Dy() < 45 }

func portOf(t *testing.T, link string) string {
	t.Helper()
	u, err := url.Parse(link)
	if err != nil {
		t.Fatal(err)
	}
	return u.Port()
}

// fileAt returns the address of a file below what a code says, with its key.
func fileAt(t *testing.T, link, name string) string {
	t.Helper()
	u, err := url.Parse(link)
	if err != nil {
		t.Fatal(err)
	}
	return u.JoinPath(name).String()
}

// This is what the product is for, from the first click to the last.
func TestFolderIsSharedSeenFetchedAndStopped(t *testing.T) {
	s := newScreen(t)
	port, content := freePort(t), noise(300_000)
	p := s.start(t, "-port", port, folderWith(t, map[string]string{"holiday.jpg": content}))

	link := s.scan(t)
	if portOf(t, link) != port {
		t.Errorf("The code says %s, want port %s", link, port)
	}
	stop := s.find(t, "the button that stops", danger, isButton)
	s.keys(t, "ctrl+l") // the requests, not the activity
	before := dots(s.shot(t))

	status, body, err := get(t, fileAt(t, link, "holiday.jpg"))
	if status != 200 || body != content || err != nil {
		t.Errorf("GET of what the code says gives %d, %d bytes, %v", status, len(body), err)
	}

	var row []image.Rectangle
	eventually(t, "one more request is shown as gone well", func() bool {
		row = slices.DeleteFunc(dots(s.shot(t)), func(d image.Rectangle) bool { return slices.Contains(before, d) })
		return len(row) > 0
	})
	s.click(t, row[len(row)-1])
	s.keys(t, "ctrl+c")
	line := s.clipboard(t, "holiday.jpg")
	for _, want := range []string{"127.0.0.1", "GET", "/holiday.jpg", "200 OK", "300 kB"} {
		if !slices.Contains(strings.Split(line, "\t"), want) {
			t.Errorf("The line of the log is %q, want %q in it", line, want)
		}
	}

	s.click(t, stop)
	eventually(t, "the port is closed", func() bool { return refused(port) })
	s.find(t, "the button that shares", accent, isButton)
	s.keys(t, "ctrl+q")
	if code := p.exit(t); code != 0 {
		t.Errorf("exit code %d, want 0", code)
	}
}

// dots returns the places of the small discs that say "this went well", from
// top to bottom.
func dots(img *image.NRGBA) []image.Rectangle {
	return slices.DeleteFunc(areas(img, success), func(a image.Rectangle) bool {
		return a.Dx() != a.Dy() || a.Dx() < 5 || a.Dx() > 9
	})
}

// clipboard waits until text with that in it was copied, and returns it.
func (s *screen) clipboard(t *testing.T, with string) (text string) {
	t.Helper()
	xclip := need(t, "xclip")
	eventually(t, "a text with "+with+" is on the clipboard", func() bool {
		paste := exec.CommandContext(t.Context(), xclip, "-out", "-selection", "clipboard")
		paste.Env = append(os.Environ(), "DISPLAY="+s.display)
		out, _ := paste.Output() // fails while nothing was copied
		text = string(out)
		return strings.Contains(text, with)
	})
	return text
}

func TestPathIsTypedAndSharedByKeyboard(t *testing.T) {
	s := newScreen(t)
	port := freePort(t)
	folder := folderWith(t, map[string]string{"x.txt": "typed"})
	p := s.start(t, "-port", port)

	s.find(t, "the ring around the field where a path is typed", bluish, isField)
	s.write(t, folder)
	s.find(t, "the button that shares", accent, isButton)
	s.keys(t, "ctrl+Return")
	link := s.scan(t)
	if _, body, err := get(t, fileAt(t, link, "x.txt")); portOf(t, link) != port || body != "typed" || err != nil {
		t.Errorf("GET of %s gives %q %v, want it on port %s", link, body, err, port)
	}

	s.keys(t, "ctrl+Return")
	eventually(t, "the port is closed", func() bool { return refused(port) })
	s.find(t, "the button that shares", accent, isButton)
	s.keys(t, "ctrl+q")
	if code := p.exit(t); code != 0 {
		t.Errorf("exit code %d, want 0", code)
	}
}

func TestBusyPortIsSaidAndAnotherOneIsOneClickAway(t *testing.T) {
	s := newScreen(t)
	_, taken := listen(t)
	s.start(t, "-port", taken, folderWith(t, map[string]string{"x.txt": "here"}))

	notice := s.find(t, "the notice that it failed", alarm, func(a image.Rectangle) bool { return a.Dx() > 200 })
	remedy := s.find(t, "a button in the notice", accent, func(a image.Rectangle) bool {
		return a.In(notice) && a.Dx() > 40 && a.Dy() > 20
	})
	s.click(t, remedy)
	link := s.scan(t)
	if port := portOf(t, link); port == taken {
		t.Errorf("The code says %s, but that port is taken.", link)
	}
	if _, body, err := get(t, fileAt(t, link, "x.txt")); body != "here" || err != nil {
		t.Errorf("GET of what the code says gives %q %v", body, err)
	}
}
