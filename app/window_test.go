package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"windowsill/server"
)

func TestWelcome(t *testing.T) {
	h := opened(t)
	h.sees("Drop files or folders", "Folder…", "Files…", "Ready when you are", "Scan the code", "Not shared", "Share")
	if !h.button("Share").Disabled() {
		t.Error("Share can be pressed without a folder.")
	}
	if h.win.Canvas().Focused() != h.sharing.folder.choose {
		t.Error("The keyboard is not where a folder is chosen.")
	}
}

func TestShareTypedPath(t *testing.T) {
	h := opened(t)
	test.Type(h.sharing.folder.path.Entry, "/srv/photos")
	h.sees("photos", "Folder…")
	h.press(fyne.KeyReturn)
	h.untilState(server.Sharing)
	if got := h.engine.started(); len(got) != 1 || !reflect.DeepEqual(got[0], server.Share{Folder: "/srv/photos", Port: 8000}) {
		t.Errorf("Shared %+v.", got)
	}
	h.sees("192.168.1.20:8000", "Stop sharing", "Waiting for the first device…", "1,243 files · 3.4 GB", "Sharing")
}

func TestReturnShares(t *testing.T) {
	h := opened(t)
	test.Type(h.sharing.folder.path.Entry, "/srv/photos")
	h.sharing.folder.path.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	h.untilState(server.Sharing)
}

func TestFolderAsArgument(t *testing.T) {
	h := newHarness(t)
	h.open(server.Share{Folder: "/srv/photos", Port: 8123, ExactPort: true, Hidden: true})
	h.untilState(server.Sharing)
	if got := h.engine.started()[0]; !reflect.DeepEqual(got, server.Share{Folder: "/srv/photos", Port: 8123, ExactPort: true, Hidden: true}) {
		t.Errorf("Shared %+v.", got)
	}
}

func TestShareWaitsForTheScan(t *testing.T) {
	release := make(chan struct{})
	h := opened(t, func(h *harness) {
		h.engine.look = func(context.Context, string) (server.Look, error) {
			<-release
			return server.Look{Files: 3, Complete: true}, nil
		}
	})
	h.sharing.folder.set("/srv/photos")
	h.sees("Counting files…")
	h.tap("Share")
	if len(h.engine.started()) > 0 {
		t.Error("It did not wait.")
	}
	if !h.button("Share").Disabled() {
		t.Error("Share can be pressed twice.")
	}
	close(release)
	h.untilState(server.Sharing)
	h.sees("3 files · 0 bytes")
}

func TestAnotherFolderCancelsTheWait(t *testing.T) {
	release := make(chan struct{})
	h := opened(t, func(h *harness) {
		h.engine.look = func(_ context.Context, folder string) (server.Look, error) {
			if filepath.Base(folder) == "slow" {
				<-release
			}
			return server.Look{}, nil
		}
	})
	h.sharing.folder.set("/srv/slow")
	h.tap("Share")
	h.sharing.folder.set("/srv/other")
	close(release)
	h.until("the look", func() bool { return h.sharing.folder.scanner.done })
	h.drain()
	if len(h.engine.started()) > 0 {
		t.Errorf("Shared %v.", h.engine.started())
	}
	h.tap("Share")
	h.untilState(server.Sharing)
}

func TestLogStaysAfterStop(t *testing.T) {
	h := sharingWindow(t)
	h.change(func(n *server.Snapshot) { n.Totals = server.Totals{Requests: 45, Bytes: 3_200_000} })
	h.sees("3.2 MB sent", "Nobody is in yet") // this computer took it
	h.tap("Stop sharing")
	h.untilState(server.Stopped)
	h.sees("Not shared", "Share", "3.2 MB sent", "Requests")
	h.seesNot("Waiting for the first device…", "Ready when you are", "192.168.1.20")
}

func TestWelcomeAfterStopWithoutRequests(t *testing.T) {
	h := sharingWindow(t)
	h.press(fyne.KeyReturn)
	h.untilState(server.Stopped)
	h.sees("Ready when you are", "Summer 2026")
}

func TestStates(t *testing.T) {
	h := opened(t)
	h.sharing.folder.set("/srv/photos")
	for state, words := range map[server.State]string{
		server.Stopped: "Not shared", server.Starting: "Starting…", server.Sharing: "Sharing",
		server.Stopping: "Stopping…", server.Failed: "Failed",
	} {
		h.draw(server.Snapshot{State: state})
		h.sees(words)
		wantActs := state != server.Starting && state != server.Stopping
		if acts := !h.view.column.button.Disabled(); acts != wantActs {
			t.Errorf("%v: the button works: %v, want %v", state, acts, wantActs)
		}
	}
}

func TestFirstDevice(t *testing.T) {
	h := sharingWindow(t)
	h.change(func(n *server.Snapshot) {
		n.Devices = fakeDevices(1)
		n.Totals.Requests = 1
	})
	h.seesNot("Waiting for the first device…")
	h.sees("Phone 0")
}

func TestDoubleClickOnShare(t *testing.T) {
	h := opened(t)
	h.sharing.folder.set("/srv/photos")
	test.Tap(h.view.column.button)
	h.untilState(server.Sharing)
	h.view.column.button.Debounce = time.Hour
	test.Tap(h.view.column.button)
	h.drain()
	if h.sharing.snapshot.State != server.Sharing || h.engine.stops > 0 {
		t.Error("The second click stopped what the first had started.")
	}
}

func TestCloseWhileSharing(t *testing.T) {
	h := sharingWindow(t)
	h.close()
	h.sees("Stop sharing and quit?", "Summer 2026")
	h.tap("Keep sharing")
	h.seesNot("Stop sharing and quit?")
	h.drain()
	if h.engine.stops > 0 {
		t.Error("It stopped all the same.")
	}

	h.close()
	h.tap("Stop and quit")
	h.until("the end", func() bool { return h.feed.closed })
	if h.engine.stops != 1 {
		t.Errorf("Stopped %d times.", h.engine.stops)
	}
}

func TestCloseDuringTransfers(t *testing.T) {
	h := sharingWindow(t)
	h.draw(func() server.Snapshot { s := h.sharing.snapshot; s.Transfers = make([]server.Transfer, 2); return s }())
	h.close()
	h.sees("2 transfers are still running")
}

func TestCloseWhileStopped(t *testing.T) {
	h := opened(t)
	h.press(fyne.KeyQ)
	h.until("the end", func() bool { return h.feed.closed })
	h.seesNot("Stop sharing and quit?")
}

func TestNextStart(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"one", "two", "gone"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	h := opened(t)
	for _, name := range []string{"gone", "one", "two"} {
		h.sharing.folder.set(filepath.Join(dir, name))
		h.sharing.port.set(9000, true)
		h.tap("Share")
		h.untilState(server.Sharing)
		h.tap("Stop sharing")
		h.untilState(server.Stopped)
	}
	h.win.Resize(fyne.NewSize(1000, 700))
	h.end()
	if err := os.Remove(filepath.Join(dir, "gone")); err != nil {
		t.Fatal(err)
	}

	again := &harness{t: t, app: h.app, engine: h.engine, queue: h.queue}
	again.Window = New(h.app, &h.store, h.engine, func(f func()) { h.queue <- f })
	again.open(server.Share{Port: -1})
	defer again.end()
	again.until("the last folder", func() bool { return again.sharing.folder.only() != "" && again.win.Canvas().Focused() != nil })
	again.sees("two", "one")
	again.seesNot("gone")
	if port, _ := again.sharing.port.value(); port != 9000 {
		t.Errorf("The port is %d.", port)
	}
	if got := again.win.Canvas().Size(); got != fyne.NewSize(1000, 700) {
		t.Errorf("The size is %v.", got)
	}
	if again.win.Canvas().Focused() != again.view.column.button {
		t.Error("Share is not the next thing to press.")
	}
	again.tapRecent("one")
	if filepath.Base(again.sharing.folder.only()) != "one" {
		t.Errorf("A recent folder is more than a click away: %q.", again.sharing.folder.only())
	}
}

func TestHiddenFiles(t *testing.T) {
	h := opened(t)
	h.tap("Settings")
	h.seesNot("Drop files or folders")
	test.Tap(h.view.settings.panels.folder.hidden)
	h.tap("Back")
	h.sharing.folder.set("/srv/photos")
	h.tap("Share")
	h.untilState(server.Sharing)
	if !h.engine.started()[0].Hidden {
		t.Error("The switch does nothing.")
	}
	h.press(fyne.KeyComma)
	h.seesNot("the next time you share")
	test.Tap(h.view.settings.panels.folder.hidden)
	h.sees("the next time you share")
	h.typedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	h.sees("Stop sharing")
}

func TestNoShortcutsDuringAQuestion(t *testing.T) {
	h := sharingWindow(t)
	h.close()
	h.press(fyne.KeyReturn)
	h.drain()
	if h.engine.stops > 0 {
		t.Error("Ctrl+Return went past the question.")
	}
	h.typedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	h.seesNot("Stop sharing and quit?")
}

func TestWindowNeverGrows(t *testing.T) {
	h := opened(t)
	want := h.win.Content().MinSize()
	check := func(what string) {
		t.Helper()
		if got := h.win.Content().MinSize(); got != want {
			t.Errorf("%s: at least %v, before %v", what, got, want)
		}
	}
	var sets [][]server.Item
	for _, path := range []string{"/a", "/b", "/c", "/d", "/e"} {
		sets = append(sets, itemsOf([]string{path}))
	}
	h.sharing.folder.setRecent(sets)
	h.sharing.folder.set("/srv/a folder with a name that is a good deal longer than any window is wide, to see what it does")
	check("recent folders, a long name")
	long := errors.New("A sentence that goes on and on, over several lines, because what happened takes a few words to say and so does the remedy.")
	h.draw(server.Snapshot{State: server.Failed, Err: long, Share: server.Share{Folder: "/x"}})
	check("failed")
	s := server.Snapshot{State: server.Sharing, Share: server.Share{Folder: "/x", Port: 8000}, Name: "x"}
	s.PIN.Digits = "012345"
	s.Network = server.Network{Name: "http://summer-2026.local:8000/", Paused: true}
	s.Links = []server.Link{fakeLink("192.168.1.20", 8000, "Wi-Fi · wlan0"), fakeLink("2001:db8:85a3:1234:5678:8a2e:370:7334", 8000, "Wi-Fi · wlan0")}
	h.draw(s)
	check("sharing")
	h.view.column.link.address.choose(1)
	check("an IPv6 address")
	s.Devices, s.Totals.Requests = fakeDevices(9), 1
	s.Transfers = fakeTransfers(30, 100)
	h.draw(s)
	check("a crowd")
	h.view.showSettings(true)
	check("settings")
}

func TestEntryKeepsItsShortcuts(t *testing.T) {
	h := opened(t)
	p := h.sharing.folder.path.Entry
	h.sharing.folder.path.Edit()
	test.Type(p, "/srv/photos")
	p.TypedShortcut(&fyne.ShortcutSelectAll{})
	h.press(fyne.KeyC)
	if got := h.app.Clipboard().Content(); got != "/srv/photos" {
		t.Errorf("Copied %q.", got)
	}
	p.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyLeft, Modifier: fyne.KeyModifierShortcutDefault})
	if p.CursorColumn != len("/srv/") {
		t.Errorf("The cursor went to %d.", p.CursorColumn)
	}
}

// On a large screen the code, its address and the button stay together.
func TestColumnsOnALargeScreen(t *testing.T) {
	a, b := &canvas.Rectangle{}, &canvas.Rectangle{}
	for _, c := range []struct{ screen, column, rest fyne.Size }{
		{fyne.NewSize(1920, 1080), fyne.NewSize(columnMax, 1080), fyne.NewSize(restMax, 1080)},
		{fyne.NewSize(3840, 2160), fyne.NewSize(columnMax, columnsMax), fyne.NewSize(restMax, columnsMax)},
	} {
		columnsLayout{}.Layout([]fyne.CanvasObject{a, b}, c.screen)
		if a.Size() != c.column || b.Size() != c.rest {
			t.Errorf("on %v: %v and %v", c.screen, a.Size(), b.Size())
		}
		if left, right := a.Position().X, c.screen.Width-b.Position().X-b.Size().Width; left != right {
			t.Errorf("on %v they have %v on the left and %v on the right", c.screen, left, right)
		}
	}
}
