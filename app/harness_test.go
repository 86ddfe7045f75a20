package app

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"path/filepath"
	"slices"
	"strings"
	"sync"
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
func init() { speakIn("en") }

func speakIn(language string) {
	if err := words.SetLanguage(assets.Languages(), language); err != nil {
		panic(err)
	}
}

// fakeEngine is a server without a network: it goes through the same states.
type fakeEngine struct {
	look func(ctx context.Context, folder string) (server.Look, error)

	mu       sync.Mutex
	refuse   func(server.Share) error // why Start fails; nil lets it be
	now      server.Snapshot
	watcher  func(server.Snapshot)
	starts   []server.Share
	stops    int
	orders   []string // what else it was told, in order
	locked   error    // why the firewall cannot be opened; nil lets it be
	logError error    // why no log file can be written; nil lets it be
}

func (e *fakeEngine) set(change func(*server.Snapshot)) {
	e.mu.Lock()
	defer e.mu.Unlock()
	change(&e.now)
	if e.watcher != nil {
		e.watcher(e.now)
	}
}

func (e *fakeEngine) Start(s server.Share) error {
	e.mu.Lock()
	e.starts = append(e.starts, s)
	refuse := e.refuse
	e.mu.Unlock()
	e.set(func(n *server.Snapshot) {
		*n = server.Snapshot{State: server.Starting, Share: s, Name: s.Folder[strings.LastIndex(s.Folder, "/")+1:]}
	})
	if refuse != nil {
		if err := refuse(s); err != nil {
			e.set(func(n *server.Snapshot) { n.State, n.Err = server.Failed, err })
			return err
		}
	}
	e.set(func(n *server.Snapshot) {
		n.State, n.Since = server.Sharing, time.Now()
		n.Links = []server.Link{fakeLink("192.168.1.20", s.Port, "Wi-Fi · wlan0")}
	})
	return nil
}

func (e *fakeEngine) Stop(context.Context) error {
	e.mu.Lock()
	e.stops++
	e.mu.Unlock()
	e.set(func(n *server.Snapshot) { n.State, n.Err, n.Links, n.Since = server.Stopped, nil, nil, time.Time{} })
	return nil
}

func (e *fakeEngine) Watch(f func(server.Snapshot)) func() {
	e.set(func(*server.Snapshot) { e.watcher = f })
	return func() { e.set(func(*server.Snapshot) { e.watcher = nil }) }
}

// told notes an order.
func (e *fakeEngine) told(format string, args ...any) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.orders = append(e.orders, fmt.Sprintf(format, args...))
}

func (e *fakeEngine) SetPolicy(p server.Policy) error {
	e.told("open %v, visitors %v", p.Open, p.Visitors)
	e.set(func(n *server.Snapshot) { n.Policy = p })
	return nil
}

func (e *fakeEngine) SendText(text string) error {
	e.told("send text %s", text)
	e.set(func(n *server.Snapshot) { n.Texts = append(n.Texts, server.Text{ByOwner: true, Text: text}) })
	return nil
}

func (e *fakeEngine) Decide(id uint64, a server.Answer) {
	e.told("%s %d", map[server.Answer]string{
		server.LetIn: "let in", server.NotNow: "not now", server.SendAway: "send away", server.Block: "block",
	}[a], id)
}

func (e *fakeEngine) Cancel(id uint64) { e.told("cancel %d", id) }

func (e *fakeEngine) Rename(id uint64, name string) { e.told("rename %d %s", id, name) }

func (e *fakeEngine) NewCode(sendOut bool) { e.told("new code, send out %v", sendOut) }

func (e *fakeEngine) SetWhere(w server.Where) error {
	e.told("share at %q, alone %v", w.Prefer, w.Alone)
	e.set(func(n *server.Snapshot) { n.Share.Where = w })
	return nil
}

func (e *fakeEngine) Restore(id string) error {
	e.told("restore %s", id)
	e.set(func(n *server.Snapshot) { n.Deleted = nil })
	return nil
}

func (e *fakeEngine) ShareHere() {
	e.told("share here too")
	e.set(func(n *server.Snapshot) { n.Network.Paused = false })
}

func (e *fakeEngine) OpenFirewall() error {
	e.told("open the firewall")
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.locked
}

func (e *fakeEngine) WiFiName(context.Context) string { return "Home" }

func (e *fakeEngine) NetworkID() string { return "aa:bb" }

func (e *fakeEngine) SetBounds(b server.Bounds) {
	switch {
	case b.File > 0 || b.Added > 0:
		e.told("files of %d, %d in all", b.File, b.Added)
	case b != (server.Bounds{}):
		e.told("at most %d, %d each, %d connections", b.Most.All, b.Most.PerDevice, b.Connections)
	}
}

func (e *fakeEngine) wasTold(order string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Contains(e.orders, order)
}

func (e *fakeEngine) SetLogFile(path string) error {
	e.told("log to %q", path)
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.logError
}

func (e *fakeEngine) Look(ctx context.Context, folder string) (server.Look, error) {
	return e.look(ctx, folder)
}

// started returns what the engine was asked to share, in order.
func (e *fakeEngine) started() []server.Share {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.starts)
}

func fakeLink(ip string, port int, label string) server.Link {
	a := netip.MustParseAddr(ip)
	plain := "http://" + netip.AddrPortFrom(a, uint16(port)).String() + "/"
	return server.Link{URL: plain + fakeKey, Plain: plain, Address: server.Address{Addr: a, Label: label}}
}

// harness is a window that a test sits in front of. The test's goroutine is
// Fyne's: it runs what the others queue while it waits for something.
type harness struct {
	*Window
	t      *testing.T
	app    fyne.App
	store  settings.Store
	engine *fakeEngine
	queue  chan func()

	stayAwake func(string) (func(), error) // nil does nothing
}

// newHarness opens a window that waits for a folder.
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
	h.control.awake.stayAwake = func(reason string) (func(), error) {
		if h.stayAwake == nil {
			return nil, errors.ErrUnsupported
		}
		return h.stayAwake(reason)
	}
	h.view.button.Debounce, h.view.urgent.asking.debounce = 0, 0 // tests click fast
	t.Cleanup(func() {
		h.end()
		h.control.jobs.Wait()
		goleak.VerifyNone(t, leaks)
	})
	return h
}

// opened is a window as a person finds it.
func opened(t *testing.T, change ...func(*harness)) *harness {
	t.Helper()
	h := newHarness(t, change...)
	h.open(server.Share{Port: -1})
	h.until("the first sight", func() bool { return h.win.Canvas().Focused() != nil })
	return h
}

// sharingWindow shares a folder.
func sharingWindow(t *testing.T, change ...func(*harness)) *harness {
	t.Helper()
	h := opened(t, change...)
	h.view.folder.set("/srv/Summer 2026")
	h.tap("Share")
	h.untilState(server.Sharing)
	return h
}

// until lets the window work until something is so.
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
	h.until("state "+s.String(), func() bool { return h.sharing.now.State == s && !h.control.busy })
}

// rest lets the window do what is queued already.
func (h *harness) rest() {
	done := false
	h.queue <- func() { done = true }
	h.until("rest", func() bool { return done })
}

// change lets something happen on the server, and waits until it is drawn.
func (h *harness) change(f func(*server.Snapshot)) {
	h.t.Helper()
	var want server.Snapshot
	h.engine.set(func(n *server.Snapshot) { f(n); want = *n })
	h.until("the new snapshot", func() bool {
		return h.sharing.now.State == want.State && h.sharing.now.Totals == want.Totals && len(h.sharing.now.Links) == len(want.Links) && len(h.sharing.now.Devices) == len(want.Devices)
	})
}

// objects are all that can be seen, those of a question in front included.
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

// texts is all text that can be seen.
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

// sees fails the test unless these texts can be seen, each somewhere.
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

// button finds one by its text or its name.
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
		if ok && strings.HasPrefix(r.AccessibilityLabel(), "Recent folder ") && filepath.Base(r.AccessibilityLabel()) == name {
			test.Tap(r)
			return
		}
	}
	h.t.Fatalf("There is no recent folder %q; the window says %q.", name, h.texts())
}

// press types a shortcut with Ctrl or Cmd where the focus is, as Fyne's
// desktop driver does.
func (h *harness) press(key fyne.KeyName) {
	var s fyne.Shortcut = &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}
	if key == fyne.KeyC {
		s = &fyne.ShortcutCopy{Clipboard: h.app.Clipboard()}
	}
	// Fyne's driver for tests knows no shortcuts, so the last step is ours.
	if e, ok := h.win.Canvas().Focused().(*kit.Entry); ok && e.EditsText(s) {
		e.TypedShortcut(s)
		return
	}
	h.shortcut(s)
}

// useHome gives the test a home of its own.
func useHome(t *testing.T) {
	t.Helper()
	home := t.TempDir()
	for _, name := range []string{"XDG_CONFIG_HOME", "HOME", "AppData"} {
		t.Setenv(name, home)
	}
}
