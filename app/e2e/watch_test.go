//go:build unix

package e2e

import (
	"cmp"
	"image"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// cancelButtons returns the places of the buttons that cancel a transfer, from
// top to bottom: each is a cross to the right of a progress bar.
func cancelButtons(img *image.NRGBA) []image.Rectangle {
	crosses := slices.DeleteFunc(areas(img, ink), func(a image.Rectangle) bool {
		return max(a.Dx(), a.Dy())-min(a.Dx(), a.Dy()) > 1 || a.Dx() < 8 || a.Dx() > 16
	})
	var found []image.Rectangle
	for _, bar := range areas(img, accent) {
		if bar.Dy() < 3 || bar.Dy() > 8 || bar.Dx() < 2*bar.Dy() {
			continue
		}
		i := slices.IndexFunc(crosses, func(a image.Rectangle) bool {
			return a.Min.Y < bar.Max.Y && a.Max.Y > bar.Min.Y && a.Min.X > bar.Max.X
		})
		if i >= 0 {
			found = append(found, crosses[i])
		}
	}
	slices.SortFunc(found, func(a, b image.Rectangle) int { return cmp.Compare(a.Min.Y, b.Min.Y) })
	return found
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
	var cancel []image.Rectangle
	waitForRows := func(n int) {
		t.Helper()
		eventually(t, "each transfer has a row", func() bool {
			cancel = cancelButtons(s.screenshot(t))
			return len(cancel) == n
		})
	}
	first, _ := fetchSlowly(t, "127.0.0.1", port, dir, "first.bin")
	waitForRows(1)
	second, received := fetchSlowly(t, "[::1]", port, dir, "second.bin") // another device
	waitForRows(2)
	s.click(t, cancel[0]) // the oldest transfer is on top

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
