//go:build unix

package e2e

import (
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// screen is an X server without a monitor. What it shows lies in a file.
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
	// It says the number of its display on a file descriptor once it is ready.
	// With -noreset it does not start anew whenever the last window closes,
	// and turn away who comes in that moment.
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
	return s.run(t, append([]string{built}, args...)...)
}

// run runs a command line on this screen that has the program in it somewhere,
// drawn by the processor alone and in light colours.
func (s *screen) run(t *testing.T, command ...string) *program {
	t.Helper()
	env := []string{"DISPLAY=" + s.display, "LIBGL_ALWAYS_SOFTWARE=1", "FYNE_THEME=light", "FYNE_SCALE=1"}
	p := start(t, env, command...)
	t.Cleanup(func() {
		if t.Failed() {
			s.keep(t)
		}
	})
	return p
}

// keep saves what the screen shows where go test -artifacts lets it stay.
func (s *screen) keep(t *testing.T) {
	path := filepath.Join(t.ArtifactDir(), "screen.png")
	f, err := os.Create(path)
	if err != nil {
		t.Log(err)
		return
	}
	defer f.Close()
	if err := png.Encode(f, s.shot(t)); err != nil {
		t.Log(err)
	}
	t.Logf("The screen at the end (go test -artifacts keeps it): %s", path)
}

// shot returns what the screen shows now.
func (s *screen) shot(t *testing.T) *image.NRGBA {
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

// readXWD reads the one kind of X window dump that Xvfb writes with 24 bits of
// colour: a header of 32-bit numbers, a name, a table of colours, and pixels
// of four bytes, blue first.
func readXWD(r io.Reader) (*image.NRGBA, error) {
	var h struct {
		HeaderSize, FileVersion, PixmapFormat, PixmapDepth, Width, Height, XOffset,
		ByteOrder, BitmapUnit, BitmapBitOrder, BitmapPad, BitsPerPixel, BytesPerLine,
		VisualClass, RedMask, GreenMask, BlueMask, BitsPerRGB, ColormapEntries, NColors uint32
	}
	if err := binary.Read(r, binary.BigEndian, &h); err != nil {
		return nil, err
	}
	if h.FileVersion != 7 || h.BitsPerPixel != 32 || h.ByteOrder != 0 || h.RedMask != 0xff0000 {
		return nil, fmt.Errorf("a window dump of another kind: %+v", h)
	}
	const sizeOfColor = 12
	if _, err := io.CopyN(io.Discard, r, int64(h.HeaderSize)-int64(binary.Size(h))+int64(h.NColors)*sizeOfColor); err != nil {
		return nil, err
	}
	img := image.NewNRGBA(image.Rect(0, 0, int(h.Width), int(h.Height)))
	line := make([]byte, h.BytesPerLine)
	for y := range int(h.Height) {
		if _, err := io.ReadFull(r, line); err != nil {
			return nil, err
		}
		for x := range int(h.Width) {
			img.SetNRGBA(x, y, color.NRGBA{line[4*x+2], line[4*x+1], line[4*x], 255})
		}
	}
	return img, nil
}

// keys presses keys, each as "a" or "ctrl+Return".
func (s *screen) keys(t *testing.T, keys ...string) {
	t.Helper()
	s.do(t, append([]string{"key", "--clearmodifiers"}, keys...)...)
}

// write types a text.
func (s *screen) write(t *testing.T, text string) {
	t.Helper()
	s.do(t, "type", "--delay", "5", text)
}

// click presses the mouse's left button in the middle of an area, as fast as a
// quick person: a button that has just changed its meaning takes a click that
// comes sooner for the second half of a double click, and ignores it.
func (s *screen) click(t *testing.T, area image.Rectangle) {
	t.Helper()
	middle := area.Min.Add(area.Max).Div(2)
	s.clickAt(t, middle.X, middle.Y)
}

// clickAt presses the mouse's left button at a place.
func (s *screen) clickAt(t *testing.T, x, y int) {
	t.Helper()
	s.do(t, "mousemove", strconv.Itoa(x), strconv.Itoa(y), "sleep", "0.6", "click", "1")
}

func (s *screen) do(t *testing.T, args ...string) {
	t.Helper()
	c := exec.Command(need(t, "xdotool"), args...)
	c.Env = append(os.Environ(), "DISPLAY="+s.display)
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("xdotool %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// tone says whether a colour is of the kind that is looked for.
type tone func(color.NRGBA) bool

// near returns the tone of colours that can hardly be told from 0xRRGGBB.
func near(rgb uint32) tone {
	const tolerance = 12
	alike := func(a uint8, b uint32) bool { return max(uint32(a), b&0xff)-min(uint32(a), b&0xff) <= tolerance }
	return func(c color.NRGBA) bool { return alike(c.R, rgb>>16) && alike(c.G, rgb>>8) && alike(c.B, rgb) }
}

// exactly returns the tone of the colour 0xRRGGBB alone.
func exactly(rgb uint32) tone {
	return func(c color.NRGBA) bool { return uint32(c.R)<<16|uint32(c.G)<<8|uint32(c.B) == rgb }
}

// areas returns the bounds of all connected areas of a tone.
func areas(img *image.NRGBA, wanted tone) []image.Rectangle {
	left := make([]bool, len(img.Pix)/4) // by pixel: of that tone, and in no area yet
	index := func(p image.Point) int { return img.PixOffset(p.X, p.Y) / 4 }
	var found []image.Rectangle
	each(img.Rect, func(p image.Point) { left[index(p)] = wanted(img.NRGBAAt(p.X, p.Y)) })
	each(img.Rect, func(p image.Point) {
		var area image.Rectangle
		for todo := []image.Point{p}; len(todo) > 0; {
			p, todo = todo[len(todo)-1], todo[:len(todo)-1]
			if !p.In(img.Rect) || !left[index(p)] {
				continue
			}
			left[index(p)] = false
			area = area.Union(image.Rectangle{p, p.Add(image.Pt(1, 1))})
			todo = append(todo, p.Add(image.Pt(1, 0)), p.Sub(image.Pt(1, 0)), p.Add(image.Pt(0, 1)), p.Sub(image.Pt(0, 1)))
		}
		if !area.Empty() {
			found = append(found, area)
		}
	})
	return found
}

// each calls do for every point of an area, line by line.
func each(area image.Rectangle, do func(image.Point)) {
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			do(image.Pt(x, y))
		}
	}
}

// readCode returns what a QR code somewhere in the picture says, or "". The
// reader is worse than those of phones: of some codes it misses a corner, and finds it when they are held a little aslant.
func readCode(img image.Image) string {
	hints := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true}
	for _, tilt := range []float64{0, 0.05, -0.05, 0.1, 0.3} {
		light := gozxing.NewLuminanceSourceFromImage(tilted{img, tilt})
		for _, eye := range []gozxing.Binarizer{gozxing.NewHybridBinarizer(light), gozxing.NewGlobalHistgramBinarizer(light)} {
			bitmap, err := gozxing.NewBinaryBitmap(eye)
			if err != nil {
				return ""
			}
			if result, err := qrcode.NewQRCodeReader().Decode(bitmap, hints); err == nil {
				return result.GetText()
			}
		}
	}
	return ""
}

// tilted is a picture that is turned by so many radians around its middle.
type tilted struct {
	image.Image
	by float64
}

func (t tilted) At(x, y int) color.Color {
	b, sin, cos := t.Bounds(), math.Sin(t.by), math.Cos(t.by)
	dx, dy := float64(x)-float64(b.Dx())/2, float64(y)-float64(b.Dy())/2
	x, y = int(float64(b.Dx())/2+dx*cos-dy*sin), int(float64(b.Dy())/2+dx*sin+dy*cos)
	return t.Image.At(x, y)
}
