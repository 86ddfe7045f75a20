package desktop

import (
	"context"
	"time"

	"github.com/godbus/dbus/v5"
)

const (
	notifications     = "org.freedesktop.Notifications"
	notificationsPath = "/org/freedesktop/Notifications"
	notifyTimeout     = 3 * time.Second
)

// Notify shows a notification with something to do, and calls accepted on a
// goroutine of its own if the person does it. After withdraw it can no longer be
// accepted, but may stay on the screen.
func Notify(title, text, action string, accepted func()) (withdraw func(), err error) {
	conn, err := SessionBus()
	if err != nil {
		return nil, err
	}
	signals := make(chan *dbus.Signal, 8)
	conn.Signal(signals) // before the call: the answer may come at once
	id, err := notify(conn, title, text, action)
	if err != nil {
		conn.Close()
		return nil, err
	}
	go awaitAction(conn, signals, id, accepted)
	return func() { conn.Close() }, nil
}

// notify returns the number of the notification.
func notify(conn *dbus.Conn, title, text, action string) (id uint32, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), notifyTimeout)
	defer cancel()
	if err := conn.AddMatchSignalContext(ctx, dbus.WithMatchInterface(notifications)); err != nil {
		return 0, err
	}
	actions := []string{"default", action, "open", action} // the first is a click on the text
	hints := map[string]dbus.Variant{"desktop-entry": dbus.MakeVariant("windowsill")}
	err = conn.Object(notifications, notificationsPath).
		CallWithContext(ctx, notifications+".Notify", 0, "Windowsill", uint32(0), "windowsill", title, text, actions, hints, int32(-1)).Store(&id)
	return id, err
}

// awaitAction returns when the notification has been answered or closed, or the
// connection is closed.
func awaitAction(conn *dbus.Conn, signals <-chan *dbus.Signal, id uint32, accepted func()) {
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
