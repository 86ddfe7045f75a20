package app

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"github.com/godbus/dbus/v5"
)

const (
	notifications     = "org.freedesktop.Notifications"
	notificationsPath = "/org/freedesktop/Notifications"
	offerPatience     = 3 * time.Second
)

// offerOnDesktop shows a notification that offers to do something. It can be
// accepted until withdraw is called, which leaves what is shown where it is.
func offerOnDesktop(n *fyne.Notification, action string, accepted func()) (withdraw func(), err error) {
	conn, err := dbus.SessionBusPrivateNoAutoStartup()
	if err != nil {
		return nil, err
	}
	if err = conn.Auth(nil); err == nil {
		err = conn.Hello()
	}
	var id uint32
	signals := make(chan *dbus.Signal, 8)
	if err == nil {
		conn.Signal(signals) // before it is asked for: an answer may come at once
		id, err = notify(conn, n, action)
	}
	if err != nil {
		conn.Close()
		return nil, err
	}
	go awaitAnswer(conn, signals, id, accepted)
	return func() { conn.Close() }, nil
}

// notify returns by which number the desktop tells what becomes of it.
func notify(conn *dbus.Conn, n *fyne.Notification, action string) (id uint32, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), offerPatience)
	defer cancel()
	if err := conn.AddMatchSignalContext(ctx, dbus.WithMatchInterface(notifications)); err != nil {
		return 0, err
	}
	actions := []string{"default", action, "open", action} // the first is a click on the text
	hints := map[string]dbus.Variant{"desktop-entry": dbus.MakeVariant("windowsill")}
	err = conn.Object(notifications, notificationsPath).
		CallWithContext(ctx, notifications+".Notify", 0, "Windowsill", uint32(0), "windowsill", n.Title, n.Content, actions, hints, int32(-1)).Store(&id)
	return id, err
}

// awaitAnswer returns when the notification has been answered or closed, or the
// connection is.
func awaitAnswer(conn *dbus.Conn, signals <-chan *dbus.Signal, id uint32, accepted func()) {
	defer conn.Close()
	for s := range signals {
		if len(s.Body) < 2 || s.Body[0] != id {
			continue
		}
		switch s.Name {
		case notifications + ".ActionInvoked":
			accepted()
			return
		case notifications + ".NotificationClosed":
			return
		}
	}
}
