//go:build linux

package e2e

import (
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"
)

const (
	trayWatcher = "org.kde.StatusNotifierWatcher"
	trayMenu    = "com.canonical.dbusmenu"
)

// fakeTray is a desktop that shows icons in a tray.
type fakeTray struct {
	conn  *dbus.Conn
	items chan string // the names of the programs that came with an icon
}

// Get is called over the bus: somebody shows the icons.
func (f *fakeTray) Get(_, _ string) (dbus.Variant, *dbus.Error) { return dbus.MakeVariant(true), nil }

// RegisterStatusNotifierItem is called over the bus.
func (f *fakeTray) RegisterStatusNotifierItem(from dbus.Sender, _ string) *dbus.Error {
	f.items <- string(from)
	return nil
}

// newFakeTray puts a tray on the bus at an address.
func newFakeTray(t *testing.T, address string) *fakeTray {
	t.Helper()
	conn, err := dbus.Connect(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	f := &fakeTray{conn, make(chan string, 8)}
	for _, name := range []string{trayWatcher, "org.freedesktop.DBus.Properties"} {
		if err := conn.Export(f, "/StatusNotifierWatcher", name); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := conn.RequestName(trayWatcher, dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	return f
}

// menuEntry is one of a menu, as com.canonical.dbusmenu sends it.
type menuEntry struct {
	ID       int32
	Of       map[string]dbus.Variant
	Children []dbus.Variant
}

// menu returns what the menu of an icon offers: the entries' numbers by their
// words, and the words in order.
func (f *fakeTray) menu(t *testing.T, item string) (ids map[string]int32, words []string) {
	t.Helper()
	var revision uint32
	var root menuEntry
	get := f.conn.Object(item, "/StatusNotifierItem/menu").Call(trayMenu+".GetLayout", 0, int32(0), int32(-1), []string{})
	if err := get.Store(&revision, &root); err != nil {
		t.Fatal(err)
	}
	ids = map[string]int32{}
	for _, child := range root.Children {
		var e menuEntry
		if err := dbus.Store([]any{child.Value()}, &e); err != nil {
			t.Fatal(err)
		}
		label, _ := e.Of["label"].Value().(string)
		if on, said := e.Of["enabled"].Value().(bool); label != "" && (on || !said) {
			ids[label], words = e.ID, append(words, label)
		}
	}
	return ids, words
}

// choose clicks an entry.
func (f *fakeTray) choose(t *testing.T, item, entry string) {
	t.Helper()
	eventually(t, "the tray offers "+entry, func() bool {
		ids, _ := f.menu(t, item)
		_, there := ids[entry]
		return there
	})
	ids, _ := f.menu(t, item)
	call := f.conn.Object(item, "/StatusNotifierItem/menu").Call(trayMenu+".Event", 0, ids[entry], "clicked", dbus.MakeVariant(""), uint32(0))
	if call.Err != nil {
		t.Fatal(call.Err)
	}
}

// Sharing goes on without the window, which comes back whenever it is wanted,
// and when nothing else could bring it.
func TestSharingGoesOnInTheTray(t *testing.T) {
	s, bus := newScreen(t), session(t)
	f := newFakeTray(t, strings.TrimPrefix(bus[0], "DBUS_SESSION_BUS_ADDRESS="))
	port := freePort(t)
	folder := folderWith(t, map[string]string{"one.txt": "1"})
	launch := func() *program { return s.run(t, "env", bus[0], built, "-port", port, folder) }
	p := launch()
	link := s.scan(t)
	item := <-f.items
	eventually(t, "the menu is that of a share", func() bool {
		_, words := f.menu(t, item)
		return strings.Join(words, ", ") == "Stop sharing, Copy link, Show QR code, Show window, Quit"
	})

	goIntoTray := func() {
		t.Helper()
		s.keys(t, "ctrl+q")
		s.find(t, "the answer that goes on in the tray", accent, isAnswer)
		s.keys(t, "Tab", "space") // after the one that changes nothing
		eventually(t, "the window is hidden", func() bool { return readCode(s.shot(t)) == "" && len(areas(s.shot(t), danger)) == 0 })
		if status, body, err := get(t, fileAt(t, link, "one.txt")); status != 200 || body != "1" || err != nil {
			t.Errorf("hidden, GET gives %d %q %v", status, body, err)
		}
	}
	goIntoTray()
	f.choose(t, item, "Copy link")
	s.clipboard(t, link)
	f.choose(t, item, "Show window")
	s.scan(t)

	goIntoTray()
	if code := launch().exit(t); code != 0 {
		t.Errorf("A second start ends with %d, want 0", code)
	}
	s.scan(t)

	goIntoTray()
	f.conn.ReleaseName(trayWatcher)
	s.scan(t)
	if _, err := f.conn.RequestName(trayWatcher, dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	item = <-f.items // it comes again by itself

	f.choose(t, item, "Stop sharing")
	eventually(t, "the port is closed", func() bool { return refused(port) })
	f.choose(t, item, "Quit")
	if code := p.exit(t); code != 0 {
		t.Errorf("exit code %d, want 0", code)
	}
}
