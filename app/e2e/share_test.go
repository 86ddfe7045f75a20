//go:build unix

package e2e

import (
	"image"
	"slices"
	"strings"
	"testing"
)

// What the product is for, from the first look to the last click.
func TestFolderIsSharedFetchedAndStopped(t *testing.T) {
	s := newScreen(t)
	port, content := freePort(t), noise(300_000)
	p := s.start(t, "-port", port, folderWith(t, map[string]string{"holiday.jpg": content}))

	link := s.scan(t)
	if portOf(t, link) != port {
		t.Errorf("The code says %s, want port %s", link, port)
	}
	stop := s.find(t, "the button that stops", danger, isButton)
	s.keys(t, "ctrl+l", "ctrl+l") // folds the requests, and unfolds them
	before := successDots(s.screenshot(t))

	status, body, err := get(t, fileAt(t, link, "holiday.jpg"))
	if status != 200 || body != content || err != nil {
		t.Errorf("GET of the scanned link gives %d, %d bytes, %v", status, len(body), err)
	}

	var row []image.Rectangle
	eventually(t, "one more request is shown as successful", func() bool {
		row = slices.DeleteFunc(successDots(s.screenshot(t)), func(d image.Rectangle) bool { return slices.Contains(before, d) })
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

// successDots returns the places of the dots that mark successful requests, from
// top to bottom.
func successDots(img *image.NRGBA) []image.Rectangle {
	return slices.DeleteFunc(areas(img, success), func(a image.Rectangle) bool {
		return a.Dx() != a.Dy() || a.Dx() < 5 || a.Dx() > 9
	})
}

func TestPathIsTypedAndSharedByKeyboard(t *testing.T) {
	s := newScreen(t)
	port := freePort(t)
	folder := folderWith(t, map[string]string{"x.txt": "typed"})
	p := s.start(t, "-port", port)

	s.find(t, "the ring around the button that chooses a folder", bluish, func(a image.Rectangle) bool { return a.Dx() > 100 && a.Dy() > 20 && a.Dy() < 45 })
	s.keys(t, "Tab", "Tab", "Return") // past the button for files, to: or type its path
	s.find(t, "the ring around the field where a path is typed", bluish, isField)
	s.typeText(t, folder)
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

func TestBusyPortOffersAnotherOne(t *testing.T) {
	s := newScreen(t)
	_, taken := listen(t)
	s.start(t, "-port", taken, folderWith(t, map[string]string{"x.txt": "here"}))

	s.click(t, s.findOn(t, "the button to use another port", alarm, isNotice, accent, isSmallButton))
	link := s.scan(t)
	if port := portOf(t, link); port == taken {
		t.Errorf("The code says %s, but that port is taken.", link)
	}
	if _, body, err := get(t, fileAt(t, link, "x.txt")); body != "here" || err != nil {
		t.Errorf("GET of the scanned link gives %q %v", body, err)
	}
}
