package app

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"go.uber.org/goleak"

	"windowsill/app/kit"
	"windowsill/app/settings"
	"windowsill/app/words"
	"windowsill/assets"
	"windowsill/server"
)

// The tests read English, whatever the system is set to.
func init() { setLanguage("en") }

func setLanguage(tag string) {
	if err := words.SetLanguage(assets.Languages(), tag); err != nil {
		panic(err)
	}
}

// useLanguage sets the language for one test.
func useLanguage(t *testing.T, tag string) {
	t.Helper()
	setLanguage(tag)
	t.Cleanup(func() { setLanguage("en") })
}

// harness is a window for a test. The test's goroutine is Fyne's: it runs what others
// queue while it waits for something.
type harness struct {
	*Window
	t      *testing.T
	app    fyne.App
	store  settings.Store
	engine *fakeEngine
	queue  chan func()

	stayAwake func(string) (func(), error) // nil does nothing
}

// newHarness makes a window that is not open yet.
func newHarness(t *testing.T, change ...func(*harness)) *harness {
	t.Helper()
	h := &harness{t: t, app: test.NewTempApp(t), queue: make(chan func(), 1000)}
	h.engine = &fakeEngine{look: func(context.Context, string) (server.Look, error) {
		return server.Look{Files: 1243, Bytes: 3_400_000_000, Complete: true}, nil
	}}
	for _, c := range change {
		c(h)
	}
	leaks := goleak.IgnoreCurrent()
	h.Window = New(h.app, &h.store, h.engine, func(f func()) { h.queue <- f })
	h.desktop.inhibitor.stayAwake = func(reason string) (func(), error) {
		if h.stayAwake == nil {
			return nil, errors.ErrUnsupported
		}
		return h.stayAwake(reason)
	}
	h.view.column.button.Debounce, h.view.alerts.attention.debounce, h.view.alerts.attention.hold = 0, 0, 0 // tests click fast
	t.Cleanup(func() {
		h.end()
		h.control.jobs.Wait()
		goleak.VerifyNone(t, leaks)
	})
	return h
}

// opened returns a window as a person finds it.
func opened(t *testing.T, change ...func(*harness)) *harness {
	t.Helper()
	h := newHarness(t, change...)
	h.open(server.Share{Port: -1})
	h.until("the focus", func() bool { return h.win.Canvas().Focused() != nil })
	return h
}

// smallest is the least size of the window.
var smallest = fyne.NewSize(leastWidth, leastHeight)

// sharingWindow returns a window that shares a folder.
func sharingWindow(t *testing.T, change ...func(*harness)) *harness {
	t.Helper()
	h := opened(t, change...)
	h.sharing.folder.set("/srv/Summer 2026")
	h.tap("Share")
	h.untilState(server.Sharing)
	return h
}

// until runs what is queued until a condition holds.
func (h *harness) until(what string, so func() bool) {
	h.t.Helper()
	const patience = 30 * time.Second
	deadline := time.After(patience)
	for !so() {
		select {
		case f := <-h.queue:
			f()
		case <-deadline:
			h.t.Fatalf("%s: not within %v; the window says %q", what, patience, h.texts())
		}
	}
}

func (h *harness) untilState(s server.State) {
	h.t.Helper()
	h.until("state "+s.String(), func() bool { return h.sharing.snapshot.State == s && !h.control.busy })
}

// drain runs what is queued already.
func (h *harness) drain() {
	done := false
	h.queue <- func() { done = true }
	h.until("the queue", func() bool { return done })
}

// change changes the snapshot of the server, and waits until it is drawn.
func (h *harness) change(f func(*server.Snapshot)) {
	h.t.Helper()
	var want server.Snapshot
	h.engine.set(func(n *server.Snapshot) { f(n); want = *n })
	h.until("the new snapshot", func() bool {
		return h.sharing.snapshot.State == want.State && h.sharing.snapshot.Totals == want.Totals && len(h.sharing.snapshot.Links) == len(want.Links) && len(h.sharing.snapshot.Devices) == len(want.Devices)
	})
}

// objects returns all that can be seen, including a question in front.
func (h *harness) objects() (seen []fyne.CanvasObject) {
	var walk func(fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if !o.Visible() {
			return
		}
		seen = append(seen, o)
		switch o := o.(type) {
		case *fyne.Container:
			for _, c := range o.Objects {
				walk(c)
			}
		case fyne.Widget:
			for _, c := range test.WidgetRenderer(o).Objects() {
				walk(c)
			}
		}
	}
	walk(h.win.Content())
	for _, o := range h.win.Canvas().Overlays().List() {
		walk(o)
	}
	return seen
}

// texts returns all text that can be seen.
func (h *harness) texts() (texts []string) {
	for _, o := range h.objects() {
		switch o := o.(type) {
		case *widget.Label:
			texts = append(texts, o.Text)
		case *kit.Button:
			texts = append(texts, o.Text)
		case *kit.Badge:
			texts = append(texts, o.AccessibilityLabel())
		case *kit.AddressLine:
			texts = append(texts, o.AccessibilityLabel())
		case *kit.Dropdown:
			texts = append(texts, o.Text)
		}
	}
	return texts
}

// sees checks that these texts can be seen, each somewhere.
func (h *harness) sees(texts ...string) {
	h.t.Helper()
	all := strings.Join(h.texts(), "\n")
	for _, w := range texts {
		if !strings.Contains(all, w) {
			h.t.Errorf("The window does not say %q, but %q.", w, h.texts())
		}
	}
}

func (h *harness) seesNot(texts ...string) {
	h.t.Helper()
	all := strings.Join(h.texts(), "\n")
	for _, w := range texts {
		if strings.Contains(all, w) {
			h.t.Errorf("The window says %q.", w)
		}
	}
}

// button finds a button by its text or its name.
func (h *harness) button(text string) *kit.Button {
	h.t.Helper()
	for _, o := range h.objects() {
		if b, ok := o.(*kit.Button); ok && (b.Text == text || b.Name == text) {
			return b
		}
	}
	h.t.Fatalf("There is no button %q; the window says %q.", text, h.texts())
	return nil
}

// answer presses a button of the question that is in front of the window.
func (h *harness) answer(text string) {
	h.t.Helper()
	for _, o := range test.LaidOutObjects(h.win.Canvas().Overlays().Top()) {
		if b, ok := o.(*kit.Button); ok && b.Text == text {
			test.Tap(b)
			return
		}
	}
	h.t.Fatalf("No question has the answer %q; the window says %q.", text, h.texts())
}

func (h *harness) tap(text string) {
	h.t.Helper()
	b := h.button(text)
	if b.Disabled() {
		h.t.Fatalf("The button %q cannot be pressed; the window says %q.", text, h.texts())
	}
	test.Tap(b)
}

// tapRecent chooses one of the folders that were shared before.
func (h *harness) tapRecent(name string) {
	h.t.Helper()
	for _, o := range h.objects() {
		r, ok := o.(interface {
			fyne.Tappable
			AccessibilityLabel() string
		})
		if ok && strings.HasPrefix(r.AccessibilityLabel(), "Shared before: ") && filepath.Base(r.AccessibilityLabel()) == name {
			test.Tap(r)
			return
		}
	}
	h.t.Fatalf("There is no recent folder %q; the window says %q.", name, h.texts())
}

// press types a shortcut with Ctrl or Cmd where the focus is, as Fyne's desktop driver
// does.
func (h *harness) press(key fyne.KeyName) {
	var s fyne.Shortcut = &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}
	if key == fyne.KeyC {
		s = &fyne.ShortcutCopy{Clipboard: h.app.Clipboard()}
	}
	// Fyne's driver for tests has no shortcuts.
	if e, ok := h.win.Canvas().Focused().(*kit.Entry); ok && e.EditsText(s) {
		e.TypedShortcut(s)
		return
	}
	h.typedShortcut(s)
}

// useHome gives the test a home of its own.
func useHome(t *testing.T) {
	t.Helper()
	home := t.TempDir()
	for _, name := range []string{"XDG_CONFIG_HOME", "HOME", "AppData"} {
		t.Setenv(name, home)
	}
}
