package app

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"windowsill/app/kit"
	"windowsill/server"
)

func TestButtonKeepsTheFocusWhenPressedByKeyboard(t *testing.T) {
	h := opened(t)
	h.view.showSettings(true)
	advanced := h.view.settings.advanced
	for _, key := range []fyne.KeyName{fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter} {
		h.win.Canvas().Focus(advanced)
		advanced.TypedKey(&fyne.KeyEvent{Name: key})
		h.win.Canvas().FocusPrevious()
		h.win.Canvas().FocusNext()
		if h.win.Canvas().Focused() != advanced {
			t.Errorf("%s: the next one is %v", key, h.win.Canvas().Focused())
		}
	}
}

// What has the keyboard has to be in sight.
func TestSettingsFollowTheFocus(t *testing.T) {
	h := opened(t)
	h.win.Resize(smallest)
	h.view.showSettings(true)
	h.view.settings.showAdvanced(true)
	c, scroll := h.win.Canvas(), h.view.settings.scroll
	position := fyne.CurrentApp().Driver().AbsolutePositionForObject
	c.Focus(h.view.settings.back)
	seen := 0
	for c.FocusNext(); c.Focused() != nil && c.Focused() != h.view.settings.back && seen < 60; c.FocusNext() {
		o := c.Focused().(fyne.CanvasObject)
		top := position(o).Y - position(scroll).Y
		if o != h.view.header.gear && (top < -1 || top+o.Size().Height > scroll.Size().Height+1) {
			t.Errorf("%T has the focus at %v, of %v", o, top, scroll.Size().Height)
		}
		seen++
	}
	if seen < 15 {
		t.Errorf("Only %d things can be reached.", seen)
	}
}

// The Tab key goes through the window as it is read: the header, then each column from top
// to bottom.
func TestTabOrderIsThatOfSight(t *testing.T) {
	h := sharingWindow(t)
	h.win.Resize(defaultSize)
	h.change(func(n *server.Snapshot) {
		busySnapshot(n)
		n.Devices = append(n.Devices, fakeDevice(3, asks("Oma Ilse")))
		n.Deleted = []server.Deleted{{ID: "a", Name: "Cake.jpg", Device: 1}}
	})
	position := fyne.CurrentApp().Driver().AbsolutePositionForObject
	column := func(o fyne.CanvasObject) int {
		switch {
		case o == h.view.header.gear:
			return 0
		case position(o).X < position(h.view.alerts.content).X:
			return 1
		}
		return 2
	}
	c := h.win.Canvas()
	c.Unfocus()
	var names []string
	for before := fyne.CanvasObject(nil); ; {
		c.FocusNext()
		o := c.Focused().(fyne.CanvasObject)
		if o == h.view.header.gear && len(names) > 0 {
			break
		}
		name := fmt.Sprintf("%T", o)
		if o, ok := o.(interface{ AccessibilityLabel() string }); ok {
			name = o.AccessibilityLabel()
		}
		names = append(names, name)
		if before != nil && (column(o) < column(before) || column(o) == column(before) && position(o).Y < position(before).Y-10) {
			t.Errorf("%q comes after %q.", names[len(names)-1], names[len(names)-2])
		}
		if b, ok := o.(*kit.Button); ok && !b.IsDrawn() {
			t.Errorf("%q has the focus, and is not drawn.", b.Name)
		}
		before = o
	}
	for _, want := range []string{"More options for Oma Ilse", "Add or send"} {
		if !slices.Contains(names, want) {
			t.Errorf("%q cannot be reached: %q", want, names)
		}
	}
	t.Logf("%q", names)
}

// A screen reader has to say what has the keyboard.
func TestWhatTakesTheKeyboardHasAName(t *testing.T) {
	h := sharingWindow(t)
	named := func(where string) {
		for _, o := range h.objects() {
			if _, ok := o.(fyne.Focusable); !ok {
				continue
			}
			if a, ok := o.(fyne.Accessible); !ok || a.AccessibilityLabel() == "" {
				t.Errorf("%s: %T has no name.", where, o)
			}
		}
	}
	h.change(busySnapshot)
	h.view.activity.filterLog()
	named("sharing")
	h.asker.Ask(renameQuestion(fakeDevice(1)))
	named("renaming")
	h.asker.Ask(sendQuestion())
	named("sending")
	h.asker.Decline()
	h.view.showSettings(true)
	h.view.settings.showAdvanced(true)
	named("settings")
	h.view.showSettings(false)
	h.change(func(n *server.Snapshot) { n.State = server.Stopped })
	named("stopped")
}

// The Escape key leaves the settings from anywhere but the port, where it takes back what
// is typed.
func TestEscapeLeavesTheSettings(t *testing.T) {
	h := opened(t)
	h.view.showSettings(true)
	h.view.settings.showAdvanced(true)
	left := 0
	for _, o := range h.objects() {
		f, ok := o.(fyne.Focusable)
		if !ok || o == h.view.header.gear || o == h.view.settings.panels.port.entry {
			continue
		}
		h.view.showSettings(true)
		h.win.Canvas().Focus(f)
		f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		if h.view.settings.content.Visible() {
			t.Errorf("From %q it does not.", o.(fyne.Accessible).AccessibilityLabel())
		}
		left++
	}
	if left < 15 {
		t.Errorf("Only %d things were found.", left)
	}
}
