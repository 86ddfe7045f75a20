package desktop

import (
	"testing"

	"github.com/godbus/dbus/v5"

	"windowsill/app/desktop/desktoptest"
)

// fakeDesktop stands for a desktop that shows notifications.
type fakeDesktop struct {
	conn  *dbus.Conn
	shown chan []string // title, text, then the actions
}

// Notify is called over the bus.
func (d *fakeDesktop) Notify(_ string, _ uint32, _, title, text string, actions []string, _ map[string]dbus.Variant, _ int32) (uint32, *dbus.Error) {
	d.shown <- append([]string{title, text}, actions...)
	return 7, nil
}

func (d *fakeDesktop) emit(t *testing.T, signal string, args ...any) {
	t.Helper()
	if err := d.conn.Emit(notificationsPath, notifications+"."+signal, args...); err != nil {
		t.Fatal(err)
	}
}

func newFakeDesktop(t *testing.T) *fakeDesktop {
	desktoptest.StartBus(t)
	conn, err := dbus.ConnectSessionBus()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	d := &fakeDesktop{conn, make(chan []string, 4)}
	if err := conn.Export(d, notificationsPath, notifications); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.RequestName(notifications, dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestNotify(t *testing.T) {
	d := newFakeDesktop(t)
	opened := make(chan bool, 4)
	withdraw, err := Notify("3 photos from iPhone", "They are in the shared folder.", "Open folder", func() { opened <- true })
	if err != nil {
		t.Fatal(err)
	}
	defer withdraw()
	if got := <-d.shown; len(got) != 6 || got[0] != "3 photos from iPhone" || got[3] != "Open folder" || got[4] != "open" {
		t.Errorf("%q", got)
	}
	d.emit(t, "ActionInvoked", uint32(6), "open") // that of another program
	d.emit(t, "NotificationClosed", uint32(6), uint32(2))
	d.emit(t, "ActionInvoked", uint32(7), "open")
	<-opened
	if len(opened) > 0 {
		t.Error("it was opened twice")
	}
}

func TestNotifyWithoutDesktop(t *testing.T) {
	desktoptest.StartBus(t)
	if _, err := Notify("a", "b", "c", func() {}); err == nil {
		t.Error("nobody is there, and yet it was shown")
	}
}
