package requests

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"windowsill/app/kit/kittest"
)

func TestPauseAndResume(t *testing.T) {
	p, _ := newTestPanel(t, 700, 400)
	p.update(fakeLog{"a", 100})
	before := visibleCells(p, cellPath)
	if p.pause.button.Visible() {
		t.Error("there is a button before anything stands still")
	}
	p.togglePause()
	for _, c := range []struct {
		total int
		want  string
	}{{100, "0 new"}, {101, "1 new"}, {112, "12 new"}, {30_000, "29,900 new"}} {
		p.update(fakeLog{"a", c.total})
		if got := p.pause.button.Text; got != c.want {
			t.Errorf("after %d requests it says %q, want %q", c.total, got, c.want)
		}
		if got := visibleCells(p, cellPath); !slices.Equal(got, before) {
			t.Errorf("after %d requests there is %q, want %q", c.total, got, before)
		}
	}
	test.Tap(p.pause.button)
	wantLast(t, p, "/a/IMG_29999.jpg")
	if p.pause.button.Visible() {
		t.Errorf("after going on it says %q", p.pause.button.Text)
	}
	p.update(fakeLog{"a", 30_001})
	wantLast(t, p, "/a/IMG_30000.jpg")
}

func TestFilterAndClearWhilePaused(t *testing.T) {
	p, _ := newTestPanel(t, 700, 400)
	p.update(fakeLog{"a", 10})
	p.togglePause()
	p.update(fakeLog{"a", 15})
	p.bar.filter.SetText("4xx")
	wantLast(t, p, "/a/IMG_9.jpg")
	p.clearLines()
	if got := p.lines.len(); got != 0 {
		t.Errorf("after clearing there are %d lines", got)
	}
	test.Tap(p.pause.button)
	if got, want := visibleCells(p, cellPath), []string{"/a/IMG_14.jpg"}; !slices.Equal(got, want) {
		t.Errorf("then there is %q, want %q", got, want)
	}
}

func TestNewShareEndsThePause(t *testing.T) {
	p, _ := newTestPanel(t, 700, 400)
	p.update(fakeLog{"old", 100})
	p.togglePause()
	p.update(fakeLog{"new", 3})
	wantLast(t, p, "/new/IMG_2.jpg")
	if p.pause.held != nil {
		t.Error("it still stands still")
	}
}

func TestCopyAllLines(t *testing.T) {
	p, w := newTestPanel(t, 700, 400)
	p.update(fakeLog{"a", 10_000})
	p.bar.filter.SetText("4xx 1.21")
	p.openLineMenu(p.lines.at(0), fyne.NewPos(10, 10))
	kittest.TapMenu(t, w, "Copy what is shown")
	lines := strings.Split(strings.TrimSuffix(fyne.CurrentApp().Clipboard().Content(), "\n"), "\n")
	if len(lines) != p.lines.len() || len(lines) < 600 {
		t.Fatalf("%d lines were copied of %d", len(lines), p.lines.len())
	}
	for i, l := range lines {
		if want := fmt.Sprintf("/a/IMG_%d.jpg\t404 Not Found", 4+15*i); !strings.Contains(l, want) {
			t.Errorf("line %d is %q, want %q in it", i, l, want)
		}
	}
}

func TestNarrowToolbar(t *testing.T) {
	for _, width := range []float32{256, 480} {
		p, w := newTestPanel(t, width, 400)
		p.update(fakeLog{"a", 30})
		p.togglePause()
		p.update(fakeLog{"a", 90_000})
		p.Filter()
		w.Resize(fyne.NewSize(width, 401))
		if got := p.bar.filter.Size().Width; got < 60 {
			t.Errorf("in %v the filter is only %v wide", width, got)
		}
	}
	p, w := newTestPanel(t, 256, 400)
	p.update(fakeLog{"a", 30})
	openMenu(t, w)
	kittest.TapMenu(t, w, "Clear")
	if p.lines.len() != 0 {
		t.Error("Clear in the menu clears nothing")
	}
}

func TestFilterComesAndGoes(t *testing.T) {
	p, w := newTestPanel(t, 480, 400)
	p.update(fakeLog{"a", 30})
	openMenu(t, w)
	kittest.TapMenu(t, w, "Filter…")
	if w.Canvas().Focused() != p.bar.filter {
		t.Fatal("one cannot type what to look for")
	}
	test.Type(p.bar.filter, "404")
	if p.lines.len() != 6 {
		t.Errorf("%d lines", p.lines.len())
	}
	p.bar.filter.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if p.bar.filter.Visible() || p.lines.len() != 30 {
		t.Errorf("after Escape there are %d lines, and the filter is there: %v", p.lines.len(), p.bar.filter.Visible())
	}
}

// What a pane folds to.
func TestLowPanelHasNoList(t *testing.T) {
	p, w := newTestPanel(t, 480, 400)
	p.update(fakeLog{"a", 30})
	low := p.Content.MinSize().Height
	if low > 40 {
		t.Errorf("it needs %v", low)
	}
	w.Resize(fyne.NewSize(480, low))
	if p.list.scroll.Visible() && p.list.scroll.Size().Height > 0 && p.Content.(*fyne.Container).Objects[1].Visible() {
		t.Error("half a line is shown")
	}
	w.Resize(fyne.NewSize(480, 400))
	wantLast(t, p, "/a/IMG_29.jpg")
}
