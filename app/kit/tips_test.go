package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

func TestTips(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme(""))
	sign, worded := NewIconButton("Settings", theme.SettingsIcon(), nil), NewButton("Share", nil, 0, nil)
	root := WithTips(container.NewBorder(container.NewHBox(sign), container.NewHBox(worded), nil, nil))
	w := test.NewTempWindow(t, root)
	w.Resize(fyne.NewSize(200, 200))
	layer := tipsOf(sign)
	rest := func(b *Button) {
		b.state.hovered = true
		b.tip.start(b)
		if b.tip.timer != nil {
			b.tip.timer.Stop() // the test does not wait for it
			b.tip.show(b)
		}
	}
	rest(sign)
	if !layer.text.Visible() || layer.text.Text != "Settings" || layer.back.Position().Y < sign.Size().Height {
		t.Errorf("%q is said at %v", layer.text.Text, layer.back.Position())
	}
	if end := layer.back.Position().X + layer.back.Size().Width; layer.back.Position().X < 0 || end > 200 {
		t.Errorf("it is cut off: it ends at %v", end)
	}
	sign.MouseOut()
	if layer.text.Visible() {
		t.Error("it stays")
	}
	rest(worded)
	if layer.text.Visible() {
		t.Error("a button says its words twice")
	}
	menu := widget.NewPopUpMenu(fyne.NewMenu("", fyne.NewMenuItem("Block", nil)), w.Canvas())
	menu.Show()
	rest(sign)
	if layer.text.Visible() {
		t.Error("it is behind a menu")
	}
	menu.Hide()
	sign.Disable() // as the buttons of a card that has been answered and goes
	rest(sign)
	if layer.text.Visible() {
		t.Error("it explains what cannot be pressed")
	}
	sign.Enable()
	sign.Move(fyne.NewPos(0, 170))
	rest(sign)
	if layer.back.Position().Y >= 170 {
		t.Errorf("it is below the window, at %v", layer.back.Position())
	}
	sign.MouseOut()
}
