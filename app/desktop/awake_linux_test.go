package desktop

import (
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"windowsill/app/desktop/desktoptest"
)

// fakeSaver stands for a desktop that can be kept awake.
type fakeSaver struct{ heard chan string }

// Inhibit is called over the bus.
func (s *fakeSaver) Inhibit(app, reason string) (uint32, *dbus.Error) {
	s.heard <- "inhibit " + app
	return 7, nil
}

// UnInhibit is called over the bus.
func (s *fakeSaver) UnInhibit(cookie uint32) *dbus.Error {
	if cookie == 7 {
		s.heard <- "uninhibit"
	}
	return nil
}

// heardOf waits for what a service on the bus heard.
func heardOf(t *testing.T, heard <-chan string, want string) {
	t.Helper()
	select {
	case got := <-heard:
		if got != want {
			t.Errorf("heard %q, want %q", got, want)
		}
	case <-time.After(10 * time.Second):
		t.Fatalf("%q was not heard", want)
	}
}

func TestStayAwake(t *testing.T) {
	desktoptest.StartBus(t)
	conn, err := dbus.ConnectSessionBus()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	s := &fakeSaver{make(chan string, 4)}
	if err := conn.Export(s, screenSaverPath, screenSaver); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.RequestName(screenSaver, dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	release, err := StayAwake("a test")
	if err != nil {
		t.Fatal(err)
	}
	heardOf(t, s.heard, "inhibit Windowsill")
	release()
	heardOf(t, s.heard, "uninhibit")
}

func TestStayAwakeWithoutDesktop(t *testing.T) {
	desktoptest.StartBus(t)
	if _, err := StayAwake("a test"); err == nil {
		t.Error("nobody heard it, and there is no error")
	}
}
