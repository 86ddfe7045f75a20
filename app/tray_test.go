package app

import (
	"context"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"windowsill/app/settings"
	"windowsill/server"
)

// trayApp is an app on a desktop with a tray.
type trayApp struct {
	fyne.App
	icon  fyne.Resource
	menus []*fyne.Menu
}

// trayWindow notes whether it can be seen, and can be closed by its frame.
type trayWindow struct {
	fyne.Window
	visible bool
	close   func()
}

func (w *trayWindow) Show()                      { w.visible = true; w.Window.Show() }
func (w *trayWindow) Hide()                      { w.visible = false; w.Window.Hide() }
func (w *trayWindow) SetCloseIntercept(f func()) { w.close = f }

func (a *trayApp) NewWindow(title string) fyne.Window {
	return &trayWindow{Window: a.App.NewWindow(title)}
}

func (a *trayApp) SetSystemTrayMenu(m *fyne.Menu)       { a.menus = append(a.menus, m) }
func (a *trayApp) SetSystemTrayIcon(icon fyne.Resource) { a.icon = icon }
func (a *trayApp) SetSystemTrayWindow(w fyne.Window)    { w.SetCloseIntercept(w.Hide) } // as Fyne's own

// can returns the items of the menu that are enabled.
func (a *trayApp) can() (entries []string) {
	for _, i := range a.menus[len(a.menus)-1].Items {
		if !i.IsSeparator && !i.Disabled {
			entries = append(entries, i.Label)
		}
	}
	return entries
}

// choose picks an item of the menu.
func (a *trayApp) choose(t *testing.T, label string) {
	t.Helper()
	for _, i := range a.menus[len(a.menus)-1].Items {
		if i.Label == label && !i.Disabled {
			i.Action()
			return
		}
	}
	t.Fatalf("The menu of the tray offers %q, not %q.", a.can(), label)
}

// trayed returns a window on a desktop with a tray. tell says whether the tray is shown.
func trayed(t *testing.T, change ...func(*harness)) (h *harness, a *trayApp, tell func(there bool)) {
	t.Helper()
	a = &trayApp{}
	h = opened(t, append(change, func(h *harness) { a.App, h.app = h.app, a })...)
	h.desktop.tray.watch = func(_ context.Context, f func(bool)) bool { tell = f; return true }
	h.win.Show()
	h.desktop.tray.start(h.control.life)
	return h, a, tell
}

// shows reports whether the window can be seen.
func (h *harness) shows() bool { return h.win.(*trayWindow).visible }

// closeByFrame is a click on the cross of the window.
func (h *harness) closeByFrame() { h.win.(*trayWindow).close() }

func (h *harness) share() {
	h.t.Helper()
	h.sharing.folder.set("/srv/Summer 2026")
	h.tap("Share")
	h.untilState(server.Sharing)
}

func TestTrayMenu(t *testing.T) {
	h, a, _ := trayed(t)
	if got := a.can(); !slices.Equal(got, []string{"Show window", "Quit"}) {
		t.Errorf("without a folder it offers %q", got)
	}
	h.share()
	all := []string{"Stop sharing", "Copy link", "Show QR code", "Show window", "Quit"}
	if got := a.can(); !slices.Equal(got, all) {
		t.Errorf("while sharing it offers %q, want %q", got, all)
	}
	drawn := len(a.menus)
	h.change(func(s *server.Snapshot) { s.Totals.Requests = 7 })
	if len(a.menus) != drawn {
		t.Error("The menu is drawn again although nothing in it has changed: one that is open would close.")
	}
	a.choose(t, "Copy link")
	if got, want := h.app.Clipboard().Content(), h.view.column.link.link.URL; got != want || want == "" {
		t.Errorf("copied %q, want %q", got, want)
	}
	a.choose(t, "Stop sharing")
	h.untilState(server.Stopped)
	if got := a.can(); !slices.Equal(got, []string{"Share", "Show window", "Quit"}) {
		t.Errorf("stopped it offers %q", got)
	}
	a.choose(t, "Share")
	h.untilState(server.Sharing)
}

func TestTrayWhileReceiving(t *testing.T) {
	h, a, _ := trayed(t)
	settings.ReceivedFolder.Set(&h.store, t.TempDir())
	h.tap("Receive files")
	h.untilState(server.Sharing)
	if got := a.can(); !slices.Contains(got, "Stop receiving") {
		t.Errorf("It offers %q.", got)
	}
	h.closeByFrame()
	h.sees("Stop receiving and quit?", "Keep receiving in the tray", "files are still received")
	h.tap("Keep the window")
}

func TestShowCodeFromTheTray(t *testing.T) {
	h, a, _ := trayed(t)
	h.share()
	h.view.toggleSettings()
	a.choose(t, "Show QR code")
	if h.view.code.win == nil {
		t.Fatal("There is no code.")
	}
	h.view.code.close()
}

func TestClosingOffersTheTray(t *testing.T) {
	h, a, _ := trayed(t)
	h.share()
	h.closeByFrame()
	h.sees("Stop and quit", "Keep the window", "the icon there to bring it back")
	h.tap("Keep the window")
	if !h.shows() {
		t.Error("The window was not kept.")
	}
	h.closeByFrame()
	h.tap("Keep sharing in the tray")
	if h.shows() || h.engine.stops > 0 || h.feed.closed {
		t.Error("It does not go on in the tray.")
	}
	a.choose(t, "Show window")
	if !h.shows() {
		t.Error("The window does not come back.")
	}
	h.closeByFrame()
	h.tap("Stop and quit")
	h.until("the end", func() bool { return h.feed.closed })
}

func TestCloseToTheTray(t *testing.T) {
	h, _, _ := trayed(t)
	h.openSettings()
	h.check("Keep running in the tray when the window is closed").SetChecked(true)
	h.view.toggleSettings()
	h.closeByFrame()
	if h.shows() || h.feed.closed || !settings.Tray.Get(&h.store) {
		t.Error("The window is not in the tray.")
	}
	h.Open(nil)
	h.drain()
	if !h.shows() {
		t.Error("A second start does not bring the window back.")
	}
}

func TestWindowIsNeverLost(t *testing.T) {
	h, _, tell := trayed(t)
	settings.Tray.Set(&h.store, true)
	h.share()
	h.closeByFrame()
	tell(false)
	h.drain()
	if !h.shows() {
		t.Fatal("The tray has gone, and the window with it.")
	}
	h.closeByFrame()
	h.sees("Stop sharing and quit?", "Keep sharing")
	h.seesNot("in the tray")
	h.tap("Keep sharing")
	tell(true)
	h.drain()
	h.closeByFrame()
	if h.shows() {
		t.Error("The tray has come back, and the window does not go there.")
	}
}

func TestNoTray(t *testing.T) {
	a := &trayApp{}
	h := opened(t, func(h *harness) { a.App, h.app = h.app, a })
	h.desktop.tray.watch = func(context.Context, func(bool)) bool { return false }
	h.desktop.tray.start(h.control.life)
	settings.Tray.Set(&h.store, true) // from a time with another desktop
	h.openSettings()
	h.seesNot("in the tray")
	h.view.toggleSettings()
	h.share()
	h.closeByFrame()
	h.sees("Stop sharing and quit?", "Keep sharing")
	h.seesNot("in the tray")
	if len(a.menus) > 0 {
		t.Error("There is a menu for a tray that nobody shows.")
	}
}

func TestQuitFromTheTray(t *testing.T) {
	h, a, _ := trayed(t)
	h.share()
	h.change(func(s *server.Snapshot) { s.Transfers, s.Totals.Requests = fakeTransfers(1, 1), 1 })
	h.desktop.tray.hide()
	a.choose(t, "Quit")
	h.sees("1 transfer is still running")
	if !h.shows() {
		t.Error("The question cannot be seen.")
	}
	h.tap("Keep the window")
	h.change(func(s *server.Snapshot) { s.Transfers, s.Totals.Requests = nil, 2 })
	h.desktop.tray.hide()
	a.choose(t, "Quit")
	h.until("the end", func() bool { return h.feed.closed })
}
