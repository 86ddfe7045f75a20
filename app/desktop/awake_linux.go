package desktop

import (
	"context"
	"time"

	"github.com/godbus/dbus/v5"
)

const (
	portalInhibit   = "org.freedesktop.portal.Inhibit"
	inhibitSuspend  = uint32(4)
	screenSaver     = "org.freedesktop.ScreenSaver"
	screenSaverPath = "/org/freedesktop/ScreenSaver"
	inhibitTimeout  = 3 * time.Second
)

// StayAwake asks the desktop not to suspend the computer until release is called or
// the program ends: by the portal, else by the interface that most desktops have.
func StayAwake(reason string) (release func(), err error) {
	conn, err := SessionBus()
	if err != nil {
		return nil, err
	}
	end, err := inhibit(conn, reason)
	if err != nil {
		conn.Close()
		return nil, err
	}
	return func() { end(); conn.Close() }, nil
}

func inhibit(conn *dbus.Conn, reason string) (end func(), err error) {
	ctx, cancel := context.WithTimeout(context.Background(), inhibitTimeout)
	defer cancel()
	var request dbus.ObjectPath
	options := map[string]dbus.Variant{"reason": dbus.MakeVariant(reason)}
	err = conn.Object(portalName, portalPath).CallWithContext(ctx, portalInhibit+".Inhibit", 0, "", inhibitSuspend, options).Store(&request)
	if err == nil {
		return func() { closeRequest(conn, request) }, nil
	}
	var cookie uint32
	saver := conn.Object(screenSaver, screenSaverPath)
	err = saver.CallWithContext(ctx, screenSaver+".Inhibit", 0, "Windowsill", reason).Store(&cookie)
	return func() { saver.Go(screenSaver+".UnInhibit", dbus.FlagNoReplyExpected, nil, cookie) }, err
}
