package desktop

import (
	"context"
	"time"

	"github.com/godbus/dbus/v5"
)

// The service that knows the icons of a tray and who shows them:
// https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/.
const (
	trayWatcher     = "org.kde.StatusNotifierWatcher"
	trayWatcherPath = "/StatusNotifierWatcher"
	trayTimeout     = 300 * time.Millisecond
)

// WatchTray reports whether the desktop shows icons in a tray. If so it calls changed
// on a goroutine of its own whenever that changes, until ctx is done.
func WatchTray(ctx context.Context, changed func(shown bool)) (shown bool) {
	conn, err := SessionBus()
	if err != nil {
		return false
	}
	signals := make(chan *dbus.Signal, 16)
	conn.Signal(signals)
	if subscribeToTray(conn) != nil || !trayShown(ctx, conn) {
		conn.Close()
		return false
	}
	go func() {
		defer conn.Close()
		shown, open := true, true
		for open { // when the bus is gone, so are all trays
			select {
			case <-ctx.Done():
				return
			case _, open = <-signals:
			}
			if now := open && trayShown(ctx, conn); now != shown && ctx.Err() == nil {
				shown = now
				changed(now)
			}
		}
	}()
	return true
}

func subscribeToTray(conn *dbus.Conn) error {
	err := conn.AddMatchSignal(dbus.WithMatchSender("org.freedesktop.DBus"), dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, trayWatcher))
	if err != nil {
		return err
	}
	return conn.AddMatchSignal(dbus.WithMatchInterface(trayWatcher), dbus.WithMatchObjectPath(trayWatcherPath))
}

// trayShown asks whether there is a host, which shows the icons.
func trayShown(ctx context.Context, conn *dbus.Conn) (shown bool) {
	ctx, cancel := context.WithTimeout(ctx, trayTimeout)
	defer cancel()
	get := conn.Object(trayWatcher, trayWatcherPath).CallWithContext(ctx, "org.freedesktop.DBus.Properties.Get",
		dbus.FlagNoAutoStart, trayWatcher, "IsStatusNotifierHostRegistered")
	return get.Store(&shown) == nil && shown
}
