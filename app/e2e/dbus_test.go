//go:build unix

package e2e

import (
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// sessionBus starts a session bus and returns the environment variable with its
// address.
func sessionBus(t *testing.T) string {
	t.Helper()
	bus := start(t, nil, need(t, "dbus-daemon"), "--session", "--nofork", "--print-address=1")
	eventually(t, "the bus prints its address", func() bool { return strings.Contains(bus.stdout.String(), "\n") })
	return busVariable + strings.TrimSpace(bus.stdout.String())
}

const (
	busVariable = "DBUS_SESSION_BUS_ADDRESS="
	trayWatcher = "org.kde.StatusNotifierWatcher"
	trayMenu    = "com.canonical.dbusmenu"
)

// fakeTray is the tray of a desktop, by
// https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/.
type fakeTray struct {
	conn  *dbus.Conn
	items chan string // the bus names of the programs that registered an icon
}

// Get answers org.freedesktop.DBus.Properties.Get: yes, icons are shown.
func (f *fakeTray) Get(_, _ string) (dbus.Variant, *dbus.Error) { return dbus.MakeVariant(true), nil }

// RegisterStatusNotifierItem is called by a program with an icon.
func (f *fakeTray) RegisterStatusNotifierItem(from dbus.Sender, _ string) *dbus.Error {
	f.items <- string(from)
	return nil
}

// newFakeTray connects a tray to the bus that sessionBus has started.
func newFakeTray(t *testing.T, bus string) *fakeTray {
	t.Helper()
	conn, err := dbus.Connect(strings.TrimPrefix(bus, busVariable))
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
	f.appear(t)
	return f
}

// appear takes the name by which programs find the tray.
func (f *fakeTray) appear(t *testing.T) {
	t.Helper()
	if _, err := f.conn.RequestName(trayWatcher, dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
}

// disappear gives the name back, as when the desktop's panel crashes.
func (f *fakeTray) disappear(t *testing.T) {
	t.Helper()
	if _, err := f.conn.ReleaseName(trayWatcher); err != nil {
		t.Fatal(err)
	}
}

// item waits until a program registers an icon and returns its bus name.
func (f *fakeTray) item(t *testing.T) string {
	t.Helper()
	select {
	case name := <-f.items:
		return name
	case <-time.After(timeout):
		t.Fatalf("No icon came into the tray in %v.", timeout)
		return ""
	}
}

// menuEntry is an entry of a menu as com.canonical.dbusmenu sends it.
type menuEntry struct {
	ID         int32
	Properties map[string]dbus.Variant
	Children   []dbus.Variant
}

// menu returns the enabled entries in the menu of an icon: their labels, and
// their ids by label.
func (f *fakeTray) menu(t *testing.T, item string) (labels string, ids map[string]int32) {
	t.Helper()
	var revision uint32
	var root menuEntry
	get := f.conn.Object(item, "/StatusNotifierItem/menu").Call(trayMenu+".GetLayout", 0, int32(0), int32(-1), []string{})
	if err := get.Store(&revision, &root); err != nil {
		t.Fatal(err)
	}
	ids = map[string]int32{}
	var all []string
	for _, child := range root.Children {
		var e menuEntry
		if err := dbus.Store([]any{child.Value()}, &e); err != nil {
			t.Fatal(err)
		}
		label, _ := e.Properties["label"].Value().(string)
		if enabled, ok := e.Properties["enabled"].Value().(bool); label != "" && (enabled || !ok) {
			ids[label], all = e.ID, append(all, label)
		}
	}
	return strings.Join(all, ", "), ids
}

// choose clicks an entry once the menu has exactly these labels. A menu that
// follows a new state gets new ids, and a click on an old one does nothing: the
// id has to be of the menu that stays.
func (f *fakeTray) choose(t *testing.T, item, menu, entry string) {
	t.Helper()
	var ids map[string]int32
	eventually(t, "the menu in the tray is "+menu, func() bool {
		var labels string
		labels, ids = f.menu(t, item)
		return labels == menu
	})
	click := f.conn.Object(item, "/StatusNotifierItem/menu").Call(trayMenu+".Event", 0, ids[entry], "clicked", dbus.MakeVariant(""), uint32(0))
	if click.Err != nil {
		t.Fatal(click.Err)
	}
}
