package kit

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestEditableFitsItsText(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme(""))
	const path = "/tmp/windowsill-pasted-3212135933/Picture 2026-11-30 10.38.39.png"
	e := NewEditable("or type its path", func(path string) string { return path })
	e.Entry.SetText(path)
	e.Draw()
	w := test.NewTempWindow(t, e.Content)
	w.SetPadded(false)
	for _, width := range []float32{2000, 300, 200, 300, 2000} {
		w.Resize(fyne.NewSize(width, 40))
		head, tail, cut := strings.Cut(e.text.Text, "…")
		if !strings.HasPrefix(path, head) || !strings.HasSuffix(path, tail) || cut != (width < 2000) {
			t.Errorf("In %v it says %q.", width, e.text.Text)
		}
		if got := e.text.MinSize().Width; got > width {
			t.Errorf("%q is %v wide, and has %v.", e.text.Text, got, width)
		}
		if e.text.AccessibilityLabel() != path {
			t.Errorf("A screen reader says %q.", e.text.AccessibilityLabel())
		}
	}
}
