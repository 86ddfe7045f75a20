package app

import (
	"context"
	"time"

	"github.com/godbus/dbus/v5"
)

const (
	portalInhibit   = "org.freedesktop.portal.Inhibit"
	inhibitsSuspend = uint32(4)
	screenSaver     = "org.freedesktop.ScreenSaver"
	screenSaverPath = "/org/freedesktop/ScreenSaver"
	inhibitPatience = 3 * time.Second
)

// stayAwake asks the desktop not to fall asleep: by its portal, else by the
// interface that most desktops have. It holds until release is called, which
// ends the connection, or the program.
func stayAwake(reason string) (release func(), err error) {
	conn, err := dbus.SessionBusPrivateNoAutoStartup()
	if err != nil {
		return nil, err
	}
	if err = conn.Auth(nil); err == nil {
		err = conn.Hello()
	}
	var allow func()
	if err == nil {
		allow, err = inhibit(conn, reason)
	}
	if err != nil {
		conn.Close()
		return nil, err
	}
	return func() { allow(); conn.Close() }, nil
}

// inhibit returns what takes the wish back.
func inhibit(conn *dbus.Conn, reason string) (allow func(), err error) {
	ctx, cancel := context.WithTimeout(context.Background(), inhibitPatience)
	defer cancel()
	var request dbus.ObjectPath
	options := map[string]dbus.Variant{"reason": dbus.MakeVariant(reason)}
	err = conn.Object(portalName, portalPath).CallWithContext(ctx, portalInhibit+".Inhibit", 0, "", inhibitsSuspend, options).Store(&request)
	if err == nil {
		return func() { closeDialog(conn, request) }, nil
	}
	var cookie uint32
	saver := conn.Object(screenSaver, screenSaverPath)
	err = saver.CallWithContext(ctx, screenSaver+".Inhibit", 0, "Windowsill", reason).Store(&cookie)
	return func() { saver.Go(screenSaver+".UnInhibit", dbus.FlagNoReplyExpected, nil, cookie) }, err
}
