package desktop

import (
	"context"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
	"go.uber.org/goleak"

	"windowsill/app/desktop/desktoptest"
)

// fakeTray stands for a desktop with a tray, or with the service for one that
// nobody shows.
type fakeTray struct {
	conn *dbus.Conn
	host chan bool // holds one value: somebody shows the icons
}

// Get is called over the bus.
func (f *fakeTray) Get(_, _ string) (dbus.Variant, *dbus.Error) {
	host := <-f.host
	f.host <- host
	return dbus.MakeVariant(host), nil
}

// set changes whether somebody shows the icons, and says so.
func (f *fakeTray) set(host bool) {
	<-f.host
	f.host <- host
	name := map[bool]string{true: "StatusNotifierHostRegistered", false: "StatusNotifierHostUnregistered"}[host]
	f.conn.Emit(trayWatcherPath, trayWatcher+"."+name)
}

// newFakeTray puts a tray on the bus of this process.
func newFakeTray(t *testing.T, host bool) *fakeTray {
	t.Helper()
	conn, err := dbus.ConnectSessionBus()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	f := &fakeTray{conn, make(chan bool, 1)}
	f.host <- host
	if err := conn.Export(f, trayWatcherPath, "org.freedesktop.DBus.Properties"); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.RequestName(trayWatcher, dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestWatchTray(t *testing.T) {
	desktoptest.StartBus(t)
	f := newFakeTray(t, true)
	leaks := goleak.IgnoreCurrent()
	ctx, cancel := context.WithCancel(t.Context())
	told := make(chan bool, 8)
	if !WatchTray(ctx, func(there bool) { told <- there }) {
		t.Fatal("The tray was not found.")
	}
	hear := func(what string, want bool) {
		t.Helper()
		select {
		case got := <-told:
			if got != want {
				t.Errorf("%s: told %v", what, got)
			}
		case <-time.After(10 * time.Second):
			t.Fatalf("%s: nothing was told", what)
		}
	}
	f.set(false)
	hear("who shows the icons has gone", false)
	f.set(true)
	hear("who shows the icons is back", true)
	f.conn.ReleaseName(trayWatcher)
	hear("the service has gone", false)
	f.conn.RequestName(trayWatcher, dbus.NameFlagDoNotQueue)
	hear("the service is back", true)
	f.conn.Close() // a desktop that crashed
	hear("the desktop has gone", false)
	cancel()
	goleak.VerifyNone(t, leaks)
}

func TestWatchTrayWithoutTray(t *testing.T) {
	unwanted := func(bool) { t.Error("told of a tray that is not there") }
	t.Run("no bus", func(t *testing.T) {
		t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus")
		if WatchTray(t.Context(), unwanted) {
			t.Error("found")
		}
	})
	t.Run("no service", func(t *testing.T) {
		desktoptest.StartBus(t)
		if WatchTray(t.Context(), unwanted) {
			t.Error("found")
		}
	})
	t.Run("nobody shows the icons", func(t *testing.T) {
		desktoptest.StartBus(t)
		newFakeTray(t, false)
		if WatchTray(t.Context(), unwanted) {
			t.Error("found")
		}
	})
}

func TestWatchTrayThatHangs(t *testing.T) {
	desktoptest.StartBus(t)
	f := newFakeTray(t, true)
	<-f.host
	t.Cleanup(func() { f.host <- false })
	begun := time.Now()
	if WatchTray(t.Context(), func(bool) {}) {
		t.Error("found")
	}
	if took := time.Since(begun); took > 10*trayTimeout {
		t.Errorf("it took %v", took)
	}
}
