package requests

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"windowsill/app/kit/kittest"
)

func TestCopySelectedLine(t *testing.T) {
	p, _ := newTestPanel(t, 700, 400)
	p.update(fakeLog{"a", 50})
	p.list.TypedShortcut(&fyne.ShortcutCopy{})
	if got := fyne.CurrentApp().Clipboard().Content(); got != "" {
		t.Errorf("without a selection %q was copied", got)
	}
	p.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	p.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	p.list.TypedShortcut(&fyne.ShortcutCopy{})
	want := "2026-11-22 20:48:00\t192.168.1.20\tGET\t/a/IMG_48.jpg\t304 Unchanged\t48 kB\t48 ms"
	if got := fyne.CurrentApp().Clipboard().Content(); got != want {
		t.Errorf("copied %q, want %q", got, want)
	}
}

func TestSelectionByKeyboard(t *testing.T) {
	p, w := newTestPanel(t, 700, 400)
	p.update(fakeLog{"a", 100})
	w.Canvas().Focus(p.list)
	if !p.focusRing.Visible() {
		t.Error("the focus is not to be seen")
	}
	for _, c := range []struct {
		key  fyne.KeyName
		want string
	}{
		{fyne.KeyDown, "/a/IMG_99.jpg"}, {fyne.KeyHome, "/a/IMG_0.jpg"}, {fyne.KeyDown, "/a/IMG_1.jpg"},
		{fyne.KeyUp, "/a/IMG_0.jpg"}, {fyne.KeyUp, "/a/IMG_0.jpg"}, {fyne.KeyEnd, "/a/IMG_99.jpg"},
	} {
		p.list.TypedKey(&fyne.KeyEvent{Name: c.key})
		line, i := p.lines.find(p.list.selected)
		if i < 0 || line.Target != c.want {
			t.Errorf("%s selects %v, want %s", c.key, line.Request, c.want)
		}
		if !slices.Contains(visibleCells(p, cellPath), c.want) {
			t.Errorf("after %s the selected line is out of sight", c.key)
		}
		if p.list.follow != (c.want == "/a/IMG_99.jpg") {
			t.Errorf("after %s the log follows: %v", c.key, p.list.follow)
		}
	}
	p.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if _, i := p.lines.find(p.list.selected); i >= 0 {
		t.Error("Escape leaves the selection")
	}
}

func TestSelectionStaysWithItsLine(t *testing.T) {
	p, w := newTestPanel(t, 700, 400)
	p.update(fakeLog{"a", 10_000})
	scroll(w, -100)
	test.TapCanvas(w.Canvas(), fyne.NewPos(200, 200))
	before, i := p.lines.find(p.list.selected)
	if i < 0 {
		t.Fatal("a click selects nothing")
	}
	p.update(fakeLog{"a", 10_700})
	if after, _ := p.lines.find(p.list.selected); after.Request == nil || *after.Request != *before.Request {
		t.Errorf("the selection went from %v to %v", before.Request, after.Request)
	}
	p.update(fakeLog{"a", 90_000})
	if _, i := p.lines.find(p.list.selected); i >= 0 {
		t.Error("a line that fell out of the log is still selected")
	}
}

func TestMenuFiltersByDevice(t *testing.T) {
	p, w := newTestPanel(t, 700, 400)
	p.update(fakeLog{"a", 9})
	p.openLineMenu(p.lines.at(1), fyne.NewPos(50, 50))
	kittest.TapMenu(t, w, "Only 192.168.1.21")
	if n := len(visibleCells(p, cellPath)); n != 3 || !p.bar.filter.Visible() {
		t.Errorf("%d lines, want 3; the filter can be seen: %v", n, p.bar.filter.Visible())
	}
}
