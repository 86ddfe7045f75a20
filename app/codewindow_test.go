package app

import (
	"bytes"
	"errors"
	"image"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"windowsill/app/kit"
	"windowsill/app/kit/kittest"
	"windowsill/server"
)

// sheetTexts returns the texts on the sheet.
func sheetTexts(h *harness) string {
	var texts []string
	for _, o := range test.LaidOutObjects(h.view.code.sheet) {
		if t, ok := o.(*canvas.Text); ok {
			texts = append(texts, t.Text)
		}
	}
	return strings.Join(texts, "\n")
}

func TestShowCodeLarge(t *testing.T) {
	h := sharingWindow(t)
	h.change(func(n *server.Snapshot) { n.PIN.Digits = "012345"; n.Totals.Requests++ })
	big := h.view.code
	h.typedKey(&fyne.KeyEvent{Name: fyne.KeyF})
	if big.win == nil {
		t.Fatal("F does not show it.")
	}
	for _, want := range []string{"Summer 2026", "192.168.1.20:8000", "PIN 012 345"} {
		if !strings.Contains(sheetTexts(h), want) {
			t.Errorf("It does not say %q but %q.", want, sheetTexts(h))
		}
	}
	h.change(func(n *server.Snapshot) {
		n.Links = []server.Link{fakeLink("192.168.1.77", 8000, "Wi-Fi · wlan0")}
		n.Totals.Requests++
	})
	if !strings.Contains(sheetTexts(h), "192.168.1.77:8000") {
		t.Error("It does not follow the address.")
	}
	big.typed(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if big.win != nil {
		t.Error("Escape does not lead back.")
	}
	h.press(fyne.KeyB)
	if big.win == nil {
		t.Error("The shortcut does not show it.")
	}
	h.change(func(n *server.Snapshot) { n.State = server.Stopped })
	if big.win != nil {
		t.Error("It stays although nothing is shared.")
	}
	h.view.code.open()
	if big.win != nil {
		t.Error("It shows nothing large.")
	}
}

func TestWiFiForGuests(t *testing.T) {
	h := sharingWindow(t)
	b := h.view.code
	b.open()
	b.askWiFi() // finds the name
	c := b.win.Canvas()
	h.until("the form", func() bool { return c.Overlays().Top() != nil })
	if e, ok := c.Focused().(*kit.Entry); !ok || !e.Password { // the engine knows the name
		t.Errorf("One types into %T.", c.Focused())
	}
	if b.typed(&fyne.KeyEvent{Name: fyne.KeyF}); b.win == nil {
		t.Fatal("An F while the form is open closes it all.")
	}
	if c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape}); c.Overlays().Top() != nil || b.win == nil {
		t.Error("Escape does not lead back to the code.")
	}
	b.setWiFi(server.WiFi{Name: "Home;", Password: "secret:1"}, false)
	for _, want := range []string{"1 · Join the Wi-Fi", "Home;", "secret:1", "2 · Open the folder"} {
		if !strings.Contains(sheetTexts(h), want) {
			t.Errorf("It does not say %q but %q.", want, sheetTexts(h))
		}
	}
	if got := h.store.WiFi(); got != (server.WiFi{}) {
		t.Errorf("%+v is remembered, and nobody wanted that.", got)
	}
	b.setWiFi(server.WiFi{Name: "Home", Password: "x", Hidden: true}, true)
	if got := h.store.WiFi(); got != b.wifi {
		t.Errorf("%+v is remembered.", got)
	}
	b.close()
}

func TestPrintedCodesAreReadable(t *testing.T) {
	h := sharingWindow(t)
	b := h.view.code
	b.open()
	b.setWiFi(server.WiFi{Name: "Home", Password: "secret"}, false)
	dir := t.TempDir()
	var saved, failed error
	b.saveAs = func(_ fyne.Window, name string, save func(string) error) {
		if name != "windowsill.pdf" {
			t.Errorf("It is to be called %q.", name)
		}
		saved = errors.Join(save(filepath.Join(dir, "card.PDF")), save(filepath.Join(dir, "card.png")))
		failed = save(filepath.Join(dir, "no", "card.png"))
	}
	b.save()
	b.close()
	if saved != nil {
		t.Fatal(saved)
	}
	pdf, _ := os.ReadFile(filepath.Join(dir, "card.PDF"))
	if !bytes.HasPrefix(pdf, []byte("%PDF-1.4")) || !bytes.HasSuffix(pdf, []byte("%%EOF\n")) {
		t.Error("It is no PDF.")
	}
	f, err := os.Open(filepath.Join(dir, "card.png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheet, _, err := image.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	half := sheet.Bounds().Dx() / 2
	parts := sheet.(interface {
		SubImage(image.Rectangle) image.Image
	})
	for i, want := range []string{"WIFI:T:WPA;S:Home;P:secret;;", shortLink} {
		r := sheet.Bounds()
		r.Min.X, r.Max.X = i*half, (i+1)*half
		if got := kittest.ReadQR(t, parts.SubImage(r)); got != want {
			t.Errorf("Code %d says %q, want %q.", i+1, got, want)
		}
	}
	if !errors.Is(failed, fs.ErrNotExist) || failed.Error() != "The card could not be saved as card.png. Choose another place." {
		t.Errorf("%v", failed)
	}
}
