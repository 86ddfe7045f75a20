//go:build unix

package e2e

import (
	"cmp"
	"image"
	"image/color"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// ink is what words and signs are drawn with in the light theme. Their slanting
// lines have that colour only half.
var ink tone = func(c color.NRGBA) bool { return max(c.R, c.G, c.B) < 0x98 }

// crosses returns the signs by which transfers on their way are cancelled, from
// top to bottom: each stands at the end of a bar.
func crosses(img *image.NRGBA) []image.Rectangle {
	signs := slices.DeleteFunc(areas(img, ink), func(a image.Rectangle) bool {
		return max(a.Dx(), a.Dy())-min(a.Dx(), a.Dy()) > 1 || a.Dx() < 8 || a.Dx() > 16
	})
	var found []image.Rectangle
	for _, bar := range areas(img, accent) {
		if bar.Dy() < 3 || bar.Dy() > 8 || bar.Dx() < 2*bar.Dy() {
			continue
		}
		i := slices.IndexFunc(signs, func(a image.Rectangle) bool {
			return a.Min.Y < bar.Max.Y && a.Max.Y > bar.Min.Y && a.Min.X > bar.Max.X
		})
		if i >= 0 {
			found = append(found, signs[i])
		}
	}
	slices.SortFunc(found, func(a, b image.Rectangle) int { return cmp.Compare(a.Min.Y, b.Min.Y) })
	return found
}

// fetchSlowly starts curl on a file of a hundred megabytes, and returns what
// is there of it.
func fetchSlowly(t *testing.T, port, dir, name string) (curl *program, got func() int64) {
	t.Helper()
	out := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(filepath.Join(dir, name), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(filepath.Join(dir, name), 100_000_000); err != nil {
		t.Fatal(err)
	}
	curl = start(t, nil, need(t, "curl"), "--silent", "--limit-rate", "1M", "--output", out, "http://127.0.0.1:"+port+"/"+name)
	return curl, func() int64 {
		info, err := os.Stat(out)
		if err != nil {
			return 0
		}
		return info.Size()
	}
}

func TestCancelCutsTheTransferOfThatRowAndNoOther(t *testing.T) {
	s := newScreen(t)
	port, dir := freePort(t), t.TempDir()
	s.start(t, "-port", port, dir)
	s.scan(t)
	shown := func(n int) (signs []image.Rectangle) {
		eventually(t, "each transfer has a row", func() bool { signs = crosses(s.shot(t)); return len(signs) == n })
		return signs
	}
	first, _ := fetchSlowly(t, port, dir, "first.bin")
	shown(1)
	second, got := fetchSlowly(t, port, dir, "second.bin")
	s.click(t, shown(2)[0]) // what began first stands first

	if code := first.exit(t); code == 0 {
		t.Error("curl believes that it has all of the first file.")
	}
	sofar := got()
	eventually(t, "the second goes on", func() bool { return got() > sofar+1_000_000 })
	select {
	case <-second.ended:
		t.Error("The second has ended too.")
	default:
	}
}
