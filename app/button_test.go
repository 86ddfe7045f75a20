package app

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

func TestButtonShowsItsIconFromTheStart(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(newTheme())
	b := newIconButton("Settings", theme.SettingsIcon(), nil)
	test.NewTempWindow(t, b)
	for _, o := range test.LaidOutObjects(b) {
		if i, ok := o.(*canvas.Image); ok && i.Visible() && i.Resource != nil {
			return
		}
	}
	t.Error("There is no picture on it.")
}

func TestButtonSaysByItsGroundWhatIsDoneWithIt(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(newTheme())
	b := newButton("Stop", nil, widget.DangerImportance, nil)
	ground, ink := b.colours()
	if ground != theme.Color(colorStop) || ink != colorPaper {
		t.Errorf("It is %v with words in %s, want the red of stopping.", ground, ink)
	}
	b.FocusGained()
	if b.ring() == color.Transparent {
		t.Error("It does not show that it has the focus.")
	}
	b.FocusLost()
	seen := map[any]string{ground: "resting"}
	for _, s := range []struct {
		what    string
		on, off func()
	}{
		{"under the pointer", func() { b.MouseIn(nil) }, b.MouseOut},
		{"pressed", func() { b.MouseDown(nil) }, func() { b.MouseUp(nil) }},
		{"disabled", b.Disable, b.Enable},
	} {
		s.on()
		now, _ := b.colours()
		if other, ok := seen[now]; ok {
			t.Errorf("It looks the same %s and %s.", s.what, other)
		}
		seen[now] = s.what
		s.off()
		if after, _ := b.colours(); after != ground {
			t.Errorf("It still looks %s after that.", s.what)
		}
	}
}

func TestKeyboardGoesOnFromTheButtonThatItPressed(t *testing.T) {
	h := opened(t)
	h.openSettings(true)
	names := h.view.settings.names
	for _, key := range []fyne.KeyName{fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter} {
		h.win.Canvas().Focus(names[1])
		names[1].TypedKey(&fyne.KeyEvent{Name: key})
		h.win.Canvas().FocusNext()
		if h.win.Canvas().Focused() != names[2] {
			t.Errorf("%s: the next one is %v", key, h.win.Canvas().Focused())
		}
		h.view.settings.choose(0)
	}
}
