//go:build unix

package e2e

import (
	"cmp"
	"image"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
)

// progressBars returns what is drawn of the bars of transfers, from top to bottom.
func progressBars(img *image.NRGBA) []image.Rectangle {
	bars := slices.DeleteFunc(areas(img, accent), func(a image.Rectangle) bool {
		return a.Dy() < 3 || a.Dy() > 8 || a.Dx() < 2*a.Dy()
	})
	slices.SortFunc(bars, func(a, b image.Rectangle) int { return cmp.Compare(a.Min.Y, b.Min.Y) })
	return bars
}

// cancel cancels the transfer that a bar belongs to, by the cross that shows under the
// pointer.
func (s *screen) cancel(t *testing.T, bar image.Rectangle) {
	t.Helper()
	s.xdotool(t, "mousemove", strconv.Itoa(bar.Min.X), strconv.Itoa(bar.Min.Y))
	var cross image.Rectangle
	eventually(t, "the pointer brings the button", func() bool {
		crosses := slices.DeleteFunc(areas(s.screenshot(t), ink), func(a image.Rectangle) bool {
			const near = 12 // pixels from the middle of the bar, closer than the texts
			off := (a.Min.Y + a.Max.Y - bar.Min.Y - bar.Max.Y) / 2
			return max(a.Dx(), a.Dy())-min(a.Dx(), a.Dy()) > 1 || a.Dx() < 8 || a.Dx() > 16 ||
				max(off, -off) > near || a.Min.X <= bar.Max.X
		})
		if len(crosses) == 1 {
			cross = crosses[0]
		}
		return len(crosses) == 1
	})
	s.click(t, cross)
}

// fetchSlowly starts to download a new file of a hundred megabytes from an address of
// this computer, and returns how many bytes have come.
func fetchSlowly(t *testing.T, host, port, dir, name string) (curl *program, received func() int64) {
	t.Helper()
	out := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(filepath.Join(dir, name), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(filepath.Join(dir, name), 100_000_000); err != nil {
		t.Fatal(err)
	}
	curl = start(t, nil, need(t, "curl"), "--silent", "--limit-rate", "1M", "--output", out, "http://"+host+":"+port+"/"+name)
	return curl, func() int64 {
		info, err := os.Stat(out)
		if err != nil {
			return 0
		}
		return info.Size()
	}
}

func TestCancelEndsThatTransferOnly(t *testing.T) {
	s := newScreen(t)
	port, dir := freePort(t), t.TempDir()
	s.start(t, "-port", port, dir)
	s.scan(t)
	var bars []image.Rectangle
	waitForRows := func(n int) {
		t.Helper()
		eventually(t, "each transfer has a row", func() bool {
			bars = progressBars(s.screenshot(t))
			return len(bars) == n
		})
	}
	first, _ := fetchSlowly(t, "127.0.0.1", port, dir, "first.bin")
	waitForRows(1)
	second, received := fetchSlowly(t, "[::1]", port, dir, "second.bin") // another device
	waitForRows(2)
	s.cancel(t, bars[0]) // the oldest transfer is on top

	if code := first.exit(t); code == 0 {
		t.Error("curl believes that it has all of the first file.")
	}
	before := received()
	eventually(t, "the second goes on", func() bool { return received() > before+1_000_000 })
	select {
	case <-second.ended:
		t.Error("The second has ended too.")
	default:
	}
}
