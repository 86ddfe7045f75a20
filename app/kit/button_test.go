package kit

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

func TestButtonShowsItsIcon(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme(""))
	b := NewIconButton("Settings", theme.SettingsIcon(), nil)
	test.NewTempWindow(t, b)
	for _, o := range test.LaidOutObjects(b) {
		if i, ok := o.(*canvas.Image); ok && i.Visible() && i.Resource != nil {
			return
		}
	}
	t.Error("There is no picture on it.")
}

func TestButtonBackgroundShowsItsState(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme(""))
	b := NewButton("Stop", nil, widget.DangerImportance, nil)
	look := &buttonRenderer{Button: b}
	background, foreground := look.colours()
	if background != theme.Color(colorStop) || foreground != colorPaper {
		t.Errorf("It is %s on %v, want the red of stopping.", foreground, background)
	}
	b.FocusGained()
	if look.ringColor() == color.Transparent {
		t.Error("The focus cannot be seen.")
	}
	b.FocusLost()
	seen := map[any]string{background: "idle"}
	for _, s := range []struct {
		what    string
		on, off func()
	}{
		{"under the pointer", func() { b.MouseIn(nil) }, b.MouseOut},
		{"pressed", func() { b.MouseDown(nil) }, func() { b.MouseUp(nil) }},
		{"disabled", b.Disable, b.Enable},
	} {
		s.on()
		now, _ := look.colours()
		if other, ok := seen[now]; ok {
			t.Errorf("It looks the same %s and %s.", s.what, other)
		}
		seen[now] = s.what
		s.off()
		if after, _ := look.colours(); after != background {
			t.Errorf("It still looks %s after that.", s.what)
		}
	}
}
