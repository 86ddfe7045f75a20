// Package kittest helps tests of windows: it finds widgets, chooses from menus
// and reads QR codes as a camera does.
package kittest

import (
	"image"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// Find returns the first object of type T in an object.
func Find[T fyne.CanvasObject](t *testing.T, in fyne.CanvasObject) (found T) {
	t.Helper()
	for _, o := range test.LaidOutObjects(in) {
		if o, ok := o.(T); ok {
			return o
		}
	}
	t.Fatalf("There is no %T.", found)
	return found
}

// TapMenu chooses an item of the menu that is open in a window.
func TapMenu(t *testing.T, w fyne.Window, item string) {
	t.Helper()
	for _, o := range test.LaidOutObjects(w.Canvas().Overlays().Top()) {
		menu, ok := o.(*widget.PopUpMenu)
		if !ok {
			continue
		}
		for _, entry := range menu.Items {
			for _, o := range test.LaidOutObjects(entry) {
				if label, ok := o.(*canvas.Text); ok && label.Text == item {
					entry.(fyne.Tappable).Tapped(nil)
					return
				}
			}
		}
	}
	t.Fatalf("There is no %q in the menu.", item)
}

// ReadQR returns what the QR code in an image says.
func ReadQR(t *testing.T, img image.Image) string {
	t.Helper()
	bitmap, err := gozxing.NewBinaryBitmapFromImage(img)
	if err != nil {
		t.Fatal(err)
	}
	got, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
	if err != nil {
		t.Fatalf("The code cannot be read: %v.", err)
	}
	return got.GetText()
}

// CodeSize returns the place of the QR code in an image: that of its three finder
// patterns, which have a ratio of 1:1:3:1:1 (ISO/IEC 18004, 6.3.3).
func CodeSize(img image.Image) (place image.Rectangle) {
	b := img.Bounds()
	dark := func(x, y int) bool {
		r, g, b, _ := img.At(x, y).RGBA()
		return r+g+b < 3*0x4000
	}
	for y := b.Min.Y; y < b.Max.Y; y++ {
		var runs []int // lengths, dark and light in turn; the latest ends at x
		for x := b.Min.X; x < b.Max.X; x++ {
			if x > b.Min.X && dark(x, y) == dark(x-1, y) {
				runs[len(runs)-1]++
			} else {
				runs = append(runs, 1)
			}
			if n := len(runs); n >= 6 && runs[n-1] == 1 && !dark(x, y) && isFinder(runs[n-6:n-1]) {
				place = place.Union(image.Rect(x-7*runs[n-6], y, x, y+1))
			}
		}
	}
	return place
}

// isFinder reports whether runs of pixels are a row through a finder pattern of modules
// that are at least three pixels wide.
func isFinder(runs []int) bool {
	px := runs[0]
	return px >= 3 && runs[1] == px && runs[2] == 3*px && runs[3] == px && runs[4] == px
}
