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
