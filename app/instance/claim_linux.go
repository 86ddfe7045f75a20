package instance

import (
	"context"
	"errors"
	"net/url"

	"github.com/godbus/dbus/v5"

	"windowsill/app/desktop"
)

// The first instance is an application as freedesktop.org's Desktop Entry
// Specification describes it, so that launchers can speak to it too.
const (
	busName     = "net.windowsill.Windowsill"
	busPath     = "/net/windowsill/Windowsill"
	application = "org.freedesktop.Application"
)

// claim asks on the bus and at the socket: two that were started with and
// without a bus find each other as well.
func (i *Instance) claim(paths []string) (first bool, err error) {
	first, err = i.claimBus(paths)
	if err != nil || !first {
		return first, err
	}
	return i.claimSocket(paths)
}

// claimBus takes the name on the session's bus, or hands the paths to who has
// it. Without a bus there is nobody to ask.
func (i *Instance) claimBus(paths []string) (first bool, err error) {
	conn, err := desktop.SessionBus()
	if err != nil {
		return true, nil
	}
	// First this, as calls may come as soon as the name is taken.
	if err := conn.Export(service{i}, busPath, application); err != nil {
		conn.Close()
		return true, nil
	}
	switch reply, err := conn.RequestName(busName, dbus.NameFlagDoNotQueue); {
	case err != nil:
		conn.Close()
		return true, nil
	case reply == dbus.RequestNameReplyPrimaryOwner:
		i.release = append(i.release, func() { conn.Close() })
		return true, nil
	}
	defer conn.Close()
	return false, callFirst(conn, paths)
}

// callFirst hands the paths to the owner of the name.
func callFirst(conn *dbus.Conn, paths []string) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	object, about := conn.Object(busName, busPath), map[string]dbus.Variant{}
	method, args := ".Activate", []any{about}
	if len(paths) > 0 {
		method, args = ".Open", []any{addresses(paths), about}
	}
	if object.CallWithContext(ctx, application+method, 0, args...).Err != nil {
		return ErrNoAnswer
	}
	return nil
}

// addresses returns the paths as the bus has them.
func addresses(paths []string) []string {
	all := make([]string, len(paths))
	for n, path := range paths {
		all[n] = (&url.URL{Scheme: "file", Path: path}).String()
	}
	return all
}

// service is what others on the bus can ask of the first instance. Its methods
// are those of org.freedesktop.Application.
type service struct{ instance *Instance }

// Activate asks for the window.
func (s service) Activate(map[string]dbus.Variant) *dbus.Error {
	s.instance.take(nil)
	return nil
}

// Open hands over files and folders as file:// addresses.
func (s service) Open(uris []string, _ map[string]dbus.Variant) *dbus.Error {
	var paths []string
	for _, uri := range uris {
		if u, err := url.Parse(uri); err == nil && u.Scheme == "file" && u.Path != "" {
			paths = append(paths, u.Path)
		}
	}
	if len(paths) == 0 {
		return dbus.MakeFailedError(errors.New("none of these is a file:// address"))
	}
	s.instance.take(paths)
	return nil
}

// ActivateAction is part of the interface. There are no actions but those of
// the menu, which start the program.
func (s service) ActivateAction(string, []dbus.Variant, map[string]dbus.Variant) *dbus.Error {
	s.instance.take(nil)
	return nil
}
