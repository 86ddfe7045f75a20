package desktop

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/godbus/dbus/v5"
)

// On Linux the desktop's dialogs are behind the XDG desktop portal. It is called
// directly because the library for it, rymdport/portal v0.4.2, cannot cancel a
// dialog, and turns a plus sign in a path into a space.
const (
	portalName    = "org.freedesktop.portal.Desktop"
	portalPath    = "/org/freedesktop/portal/desktop"
	portalChooser = "org.freedesktop.portal.FileChooser"
	portalRequest = "org.freedesktop.portal.Request"

	portalTimeout = 5 * time.Second // to answer, which may include starting it
	portalVersion = 3               // the first that can choose folders
)

// ChooseFolder lets the person choose a folder, beginning at start. The path is ""
// if the person cancels. The dialog closes when ctx is done. The error is
// ErrNoDialog, a *NotLocalError or that of ctx.
func (d Dialog) ChooseFolder(ctx context.Context, start string) (string, error) {
	return only(d.show(ctx, "OpenFile", map[string]dbus.Variant{
		"directory":      dbus.MakeVariant(true),
		"accept_label":   dbus.MakeVariant("_" + d.Accept),
		"current_folder": dbus.MakeVariant([]byte(ExistingFolder(start) + "\x00")),
	}))
}

// ChooseFiles lets the person choose one or several files, beginning at the folder of
// near. There are none if the person cancels. It ends as ChooseFolder does.
func (d Dialog) ChooseFiles(ctx context.Context, near string) ([]string, error) {
	return d.show(ctx, "OpenFile", map[string]dbus.Variant{
		"multiple":       dbus.MakeVariant(true),
		"accept_label":   dbus.MakeVariant("_" + d.Accept),
		"current_folder": dbus.MakeVariant([]byte(ExistingFolder(near) + "\x00")),
	})
}

// only returns the one path of a dialog in which no more can be chosen, "" for none.
func only(paths []string, err error) (string, error) {
	if len(paths) == 0 {
		return "", err
	}
	return paths[0], err
}

// ChooseNewFile lets the person choose the path of a new file and suggests a name, as
// ChooseFolder does.
func (d Dialog) ChooseNewFile(ctx context.Context, name string) (string, error) {
	return only(d.show(ctx, "SaveFile", map[string]dbus.Variant{
		"current_name":   dbus.MakeVariant(name),
		"current_folder": dbus.MakeVariant([]byte(HomeFolder() + "\x00")),
	}))
}

// show opens the dialog and waits for its end. Whatever keeps the portal from
// showing it is ErrNoDialog.
func (d Dialog) show(ctx context.Context, method string, options map[string]dbus.Variant) ([]string, error) {
	conn, err := SessionBus() // without ctx: closeRequest needs it when that is done
	if err != nil {
		return nil, noDialog(err)
	}
	defer conn.Close()
	signals := make(chan *dbus.Signal, 8)
	conn.Signal(signals)
	if err := conn.AddMatchSignal(dbus.WithMatchInterface(portalRequest), dbus.WithMatchMember("Response")); err != nil {
		return nil, noDialog(err)
	}
	request, err := d.open(ctx, conn, method, options)
	if err != nil {
		return nil, noDialog(err)
	}
	return awaitPaths(ctx, conn, request, signals)
}

func noDialog(err error) error { return fmt.Errorf("%w (%w)", ErrNoDialog, err) }

// open returns the object that stands for the dialog.
func (d Dialog) open(ctx context.Context, conn *dbus.Conn, method string, options map[string]dbus.Variant) (dbus.ObjectPath, error) {
	ctx, cancel := context.WithTimeout(ctx, portalTimeout)
	defer cancel()
	portal := conn.Object(portalName, portalPath)
	var version dbus.Variant
	err := portal.CallWithContext(ctx, "org.freedesktop.DBus.Properties.Get", 0, portalChooser, "version").Store(&version)
	if err != nil {
		return "", err
	}
	if v, ok := version.Value().(uint32); !ok || v < portalVersion {
		return "", fmt.Errorf("version %v of %s is too old", version, portalChooser)
	}
	token := "windowsill" + rand.Text()
	options["handle_token"] = dbus.MakeVariant(token)
	options["modal"] = dbus.MakeVariant(true)
	var request dbus.ObjectPath
	err = portal.CallWithContext(ctx, portalChooser+"."+method, 0, d.Parent, d.Title, options).Store(&request)
	if err != nil {
		sender := strings.ReplaceAll(strings.TrimPrefix(conn.Names()[0], ":"), ".", "_")
		closeRequest(conn, dbus.ObjectPath(portalPath+"/request/"+sender+"/"+token))
	}
	return request, err
}

// closeRequest ends a request to the portal, such as a dialog, or keeps a late one
// from starting. It does not wait for an answer.
func closeRequest(conn *dbus.Conn, request dbus.ObjectPath) {
	conn.Object(portalName, request).Go(portalRequest+".Close", dbus.FlagNoReplyExpected, nil)
}

// awaitPaths waits until the person has answered.
func awaitPaths(ctx context.Context, conn *dbus.Conn, request dbus.ObjectPath, signals <-chan *dbus.Signal) ([]string, error) {
	for {
		select {
		case <-ctx.Done():
			closeRequest(conn, request)
			return nil, ctx.Err()
		case s, ok := <-signals:
			if !ok {
				return nil, noDialog(dbus.ErrClosed)
			}
			if s.Path == request && s.Name == portalRequest+".Response" {
				return responsePaths(s.Body)
			}
		}
	}
}

// responsePaths reads the portal's response: 0 and what was chosen, 1 if the person
// cancelled, 2 if the dialog ended for another reason.
func responsePaths(body []any) ([]string, error) {
	var status uint32
	var results map[string]dbus.Variant
	if err := dbus.Store(body, &status, &results); err != nil {
		return nil, noDialog(err)
	}
	switch status {
	case 0:
	case 1:
		return nil, nil
	default:
		return nil, noDialog(fmt.Errorf("the portal's dialog ended with status %d", status))
	}
	uris, _ := results["uris"].Value().([]string)
	var paths []string
	for _, uri := range uris {
		u, err := url.Parse(uri)
		if err != nil || u.Scheme != "file" || u.Path == "" {
			return nil, &NotLocalError{uri}
		}
		paths = append(paths, u.Path)
	}
	return paths, nil
}
