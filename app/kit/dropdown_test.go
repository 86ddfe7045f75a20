package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit/kittest"
)

func TestDropdownByClickAndByKeys(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme(""))
	chosen := -1
	c := NewDropdown("Speed", []string{"slow", "medium", "fast"}, 0, func(i int) { chosen = i })
	w := test.NewTempWindow(t, c)
	test.Tap(c)
	kittest.TapMenu(t, w, "fast")
	if chosen != 2 || c.Text != "fast" || c.AccessibilityLabel() != "Speed: fast" {
		t.Errorf("A click on fast chooses %d; the button says %q and %q.", chosen, c.Text, c.AccessibilityLabel())
	}
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	if chosen != 1 {
		t.Errorf("The left arrow chooses %d, want 1.", chosen)
	}
	for range 3 {
		c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	}
	if chosen != 2 {
		t.Errorf("The right arrow goes to %d, want no further than 2.", chosen)
	}
}

func TestSelectDoesNotCallOnChosen(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme(""))
	c := NewDropdown("", []string{"one", "two"}, 0, func(i int) { t.Errorf("onChosen(%d) was called.", i) })
	c.Select(1)
	c.SetOptions([]string{"one", "two", "three"}, 2)
	if c.Text != "three" {
		t.Errorf("It says %q, want three.", c.Text)
	}
}

// What is chosen can be told from other answers under the pointer too.
func TestChosenKeepsItsLookUnderThePointer(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme(""))
	d := NewDropdown("Who", []string{"some", "everyone"}, 1, func(int) {})
	d.Importance = widget.WarningImportance
	look := &buttonRenderer{Button: &d.Button}
	idle, foreground := look.colours()
	d.MouseIn(nil)
	under, still := look.colours()
	if still != foreground || under == idle {
		t.Errorf("Under the pointer it is %s on %v, before %s on %v.", still, under, foreground, idle)
	}
	d.Importance = widget.MediumImportance
	if other, _ := look.colours(); other == under {
		t.Error("Under the pointer it looks like any other answer.")
	}
}
