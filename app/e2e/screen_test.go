//go:build unix

package e2e

import (
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// screen is an X server without a monitor. What it shows is in a file.
type screen struct {
	display string // ":7"
	pixels  string // path of the file, in XWD format
}

// newScreen starts an X server that ends with the test.
func newScreen(t *testing.T) *screen {
	t.Helper()
	xvfb := need(t, "Xvfb")
	dir := t.TempDir()
	number := filepath.Join(dir, "number")
	// It writes the number of its display to a file descriptor once it is ready.
	// Without -noreset it would reset itself whenever the last window closes,
	// and refuse a program that connects at that moment.
	start(t, nil, "sh", "-c", `exec "$0" -displayfd 3 -noreset -screen 0 1024x768x24 -nolisten tcp -fbdir "$1" 3>"$2"`, xvfb, dir, number)
	s := &screen{pixels: filepath.Join(dir, "Xvfb_screen0")}
	eventually(t, "the X server is ready", func() bool {
		b, _ := os.ReadFile(number)
		s.display = ":" + strings.TrimSpace(string(b))
		return strings.HasSuffix(string(b), "\n")
	})
	return s
}

// start runs the program on this screen.
func (s *screen) start(t *testing.T, args ...string) *program {
	t.Helper()
	return s.run(t, append([]string{programPath}, args...)...)
}

// run runs a command line on this screen: the program itself, or one that runs
// it. The window is drawn in software, in the light theme.
func (s *screen) run(t *testing.T, command ...string) *program {
	t.Helper()
	env := []string{"DISPLAY=" + s.display, "LIBGL_ALWAYS_SOFTWARE=1", "FYNE_THEME=light", "FYNE_SCALE=1"}
	p := start(t, env, command...)
	t.Cleanup(func() {
		if t.Failed() {
			s.saveScreenshot(t)
		}
	})
	return p
}

// saveScreenshot saves what the screen shows as an artifact of the test.
func (s *screen) saveScreenshot(t *testing.T) {
	path := filepath.Join(t.ArtifactDir(), "screen.png")
	f, err := os.Create(path)
	if err != nil {
		t.Log(err)
		return
	}
	defer f.Close()
	if err := png.Encode(f, s.screenshot(t)); err != nil {
		t.Log(err)
	}
	t.Logf("What the screen shows (go test -artifacts keeps it): %s", path)
}

// screenshot returns what the screen shows now.
func (s *screen) screenshot(t *testing.T) *image.NRGBA {
	t.Helper()
	f, err := os.Open(s.pixels)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := readXWD(f)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// keys presses keys, each as "a" or "ctrl+Return".
func (s *screen) keys(t *testing.T, keys ...string) {
	t.Helper()
	s.xdotool(t, append([]string{"key", "--clearmodifiers"}, keys...)...)
}

// typeText types a text.
func (s *screen) typeText(t *testing.T, text string) {
	t.Helper()
	s.xdotool(t, "type", "--delay", "5", text)
}

// click clicks in the middle of an area.
func (s *screen) click(t *testing.T, area image.Rectangle) {
	t.Helper()
	middle := area.Min.Add(area.Max).Div(2)
	s.clickAt(t, middle.X, middle.Y)
}

// clickAt clicks at a place, no sooner than a quick person could: a button that
// has just changed its meaning ignores a click that comes sooner, because that
// may be the second half of a double click.
func (s *screen) clickAt(t *testing.T, x, y int) {
	t.Helper()
	s.xdotool(t, "mousemove", strconv.Itoa(x), strconv.Itoa(y), "sleep", "0.6", "click", "1")
}

func (s *screen) xdotool(t *testing.T, args ...string) {
	t.Helper()
	c := exec.Command(need(t, "xdotool"), args...)
	c.Env = append(os.Environ(), "DISPLAY="+s.display)
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("xdotool %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// clipboard waits until the clipboard holds a text that contains another, and
// returns it.
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

// scan waits until a QR code can be read from the screen and returns its text.
func (s *screen) scan(t *testing.T) (link string) {
	t.Helper()
	eventually(t, "a QR code can be read from the screen", func() bool {
		link = readCode(s.screenshot(t))
		return link != ""
	})
	return link
}

// find waits until the screen shows an area of a colour that fits, and returns
// the largest one. It must be at the same place twice: at first it may be in
// motion, or half drawn.
func (s *screen) find(t *testing.T, what string, c colorFilter, fits func(image.Rectangle) bool) (found image.Rectangle) {
	t.Helper()
	eventually(t, what+" is on the screen", func() bool {
		before := found
		found = largest(areas(s.screenshot(t), c), fits)
		return !found.Empty() && found == before
	})
	return found
}

// findOn waits, like find, for an area that lies on another one, such as a button
// on a notice. Both are looked for at once, since a notice may still grow.
func (s *screen) findOn(t *testing.T, what string, ground colorFilter, isGround func(image.Rectangle) bool, c colorFilter, fits func(image.Rectangle) bool) (found image.Rectangle) {
	t.Helper()
	eventually(t, what+" is on the screen", func() bool {
		before, img := found, s.screenshot(t)
		below := largest(areas(img, ground), isGround)
		found = largest(areas(img, c), func(a image.Rectangle) bool { return a.In(below) && fits(a) })
		return !found.Empty() && found == before
	})
	return found
}

// largest returns the largest of the areas that fit, empty if none does.
func largest(areas []image.Rectangle, fits func(image.Rectangle) bool) (found image.Rectangle) {
	for _, area := range areas {
		if fits(area) && area.Dx()*area.Dy() > found.Dx()*found.Dy() {
			found = area
		}
	}
	return found
}
