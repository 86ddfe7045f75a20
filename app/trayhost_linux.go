package app

import (
	"context"
	"time"

	"github.com/godbus/dbus/v5"
)

// The service that knows all icons of a tray, and who shows them, as
// https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/ says.
const (
	trayWatcher     = "org.kde.StatusNotifierWatcher"
	trayWatcherPath = "/StatusNotifierWatcher"
	trayPatience    = 300 * time.Millisecond
)

// watchTray says whether the desktop shows icons in a tray. If so it calls tell
// from a goroutine of its own whenever that changes, until ctx is done.
func watchTray(ctx context.Context, tell func(there bool)) (there bool) {
	conn, err := dbus.SessionBusPrivateNoAutoStartup()
	if err != nil {
		return false
	}
	signals := make(chan *dbus.Signal, 16)
	conn.Signal(signals)
	if listenToTray(conn) != nil || !trayShown(ctx, conn) {
		conn.Close()
		return false
	}
	go func() {
		defer conn.Close()
		there, open := true, true
		for open { // when the bus has gone, all trays have
			select {
			case <-ctx.Done():
				return
			case _, open = <-signals:
			}
			if now := open && trayShown(ctx, conn); now != there && ctx.Err() == nil {
				there = now
				tell(now)
			}
		}
	}()
	return true
}

// listenToTray wants to hear who comes and goes.
func listenToTray(conn *dbus.Conn) error {
	if err := conn.Auth(nil); err != nil {
		return err
	}
	if err := conn.Hello(); err != nil {
		return err
	}
	err := conn.AddMatchSignal(dbus.WithMatchSender("org.freedesktop.DBus"), dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, trayWatcher))
	if err != nil {
		return err
	}
	return conn.AddMatchSignal(dbus.WithMatchInterface(trayWatcher), dbus.WithMatchObjectPath(trayWatcherPath))
}

// trayShown asks whether somebody shows the icons.
func trayShown(ctx context.Context, conn *dbus.Conn) (shown bool) {
	ctx, cancel := context.WithTimeout(ctx, trayPatience)
	defer cancel()
	get := conn.Object(trayWatcher, trayWatcherPath).CallWithContext(ctx, "org.freedesktop.DBus.Properties.Get",
		dbus.FlagNoAutoStart, trayWatcher, "IsStatusNotifierHostRegistered")
	return get.Store(&shown) == nil && shown
}
