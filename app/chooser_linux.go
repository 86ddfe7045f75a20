package app

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"fyne.io/fyne/v2/lang"
	"github.com/godbus/dbus/v5"

	"windowsill/app/words"
)

// On Linux the desktop's own dialogs are behind the XDG desktop portal. It is
// asked directly, because the library for it (rymdport/portal) cannot be
// cancelled, and takes the plus sign in a path for a space.
const (
	portalName    = "org.freedesktop.portal.Desktop"
	portalPath    = "/org/freedesktop/portal/desktop"
	portalChooser = "org.freedesktop.portal.FileChooser"
	portalRequest = "org.freedesktop.portal.Request"

	// portalPatience is how long the portal may take to answer, which at
	// its first use includes starting it.
	portalPatience = 5 * time.Second
	// portalVersion is the first one that can choose folders.
	portalVersion = 3
)

// nativeHandle names the window to the portal, so that the dialog lies above
// it; "" if there is no name for it.
func nativeHandle(win fyne.Window) (handle string) {
	native, ok := win.(driver.NativeWindow)
	if !ok {
		return ""
	}
	native.RunNative(func(c any) {
		if x, ok := c.(driver.X11WindowContext); ok {
			handle = fmt.Sprintf("x11:%x", x.WindowHandle)
		}
	})
	return handle
}

func systemFolder(ctx context.Context, parent, start string) (string, error) {
	return askPortal(ctx, "OpenFile", parent, lang.L("Choose a folder"), map[string]dbus.Variant{
		"directory":      dbus.MakeVariant(true),
		"accept_label":   dbus.MakeVariant("_" + lang.L("Choose")),
		"current_folder": dbus.MakeVariant([]byte(existingFolder(start) + "\x00")),
	})
}

func systemNewFile(ctx context.Context, parent, name string) (string, error) {
	return askPortal(ctx, "SaveFile", parent, lang.L("Save as"), map[string]dbus.Variant{
		"current_name":   dbus.MakeVariant(name),
		"current_folder": dbus.MakeVariant([]byte(homeFolder() + "\x00")),
	})
}

// askPortal shows one of the portal's dialogs and waits for its end. The path
// is "" if the person cancelled it. Whatever keeps the portal from showing it
// is errNoChooser.
func askPortal(ctx context.Context, method, parent, title string, options map[string]dbus.Variant) (string, error) {
	conn, err := dbus.SessionBusPrivateNoAutoStartup() // without ctx: closeDialog needs it after that has ended
	if err != nil {
		return "", noChooser(err)
	}
	defer conn.Close()
	if err := conn.Auth(nil); err != nil {
		return "", noChooser(err)
	}
	if err := conn.Hello(); err != nil {
		return "", noChooser(err)
	}
	signals := make(chan *dbus.Signal, 8)
	conn.Signal(signals)
	if err := conn.AddMatchSignal(dbus.WithMatchInterface(portalRequest), dbus.WithMatchMember("Response")); err != nil {
		return "", noChooser(err)
	}
	request, err := openDialog(ctx, conn, method, parent, title, options)
	if err != nil {
		return "", noChooser(err)
	}
	return awaitPath(ctx, conn, request, signals)
}

func noChooser(err error) error { return fmt.Errorf("%w (%w)", errNoChooser, err) }

// openDialog returns the object that stands for the dialog.
func openDialog(ctx context.Context, conn *dbus.Conn, method, parent, title string, options map[string]dbus.Variant) (dbus.ObjectPath, error) {
	ctx, cancel := context.WithTimeout(ctx, portalPatience)
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
	err = portal.CallWithContext(ctx, portalChooser+"."+method, 0, parent, title, options).Store(&request)
	if err != nil {
		sender := strings.ReplaceAll(strings.TrimPrefix(conn.Names()[0], ":"), ".", "_")
		closeDialog(conn, dbus.ObjectPath(portalPath+"/request/"+sender+"/"+token))
	}
	return request, err
}

// closeDialog takes the dialog away, or keeps a late one from coming. It does
// not wait for an answer.
func closeDialog(conn *dbus.Conn, request dbus.ObjectPath) {
	conn.Object(portalName, request).Go(portalRequest+".Close", dbus.FlagNoReplyExpected, nil)
}

// awaitPath waits until the person has answered.
func awaitPath(ctx context.Context, conn *dbus.Conn, request dbus.ObjectPath, signals <-chan *dbus.Signal) (string, error) {
	for {
		select {
		case <-ctx.Done():
			closeDialog(conn, request)
			return "", ctx.Err()
		case s, ok := <-signals:
			if !ok {
				return "", noChooser(dbus.ErrClosed)
			}
			if s.Path == request && s.Name == portalRequest+".Response" {
				return answeredPath(s.Body)
			}
		}
	}
}

// answeredPath reads the portal's answer: 0 and what was chosen, 1 if the
// person cancelled, 2 if the dialog ended for another reason.
func answeredPath(body []any) (string, error) {
	var status uint32
	var results map[string]dbus.Variant
	if err := dbus.Store(body, &status, &results); err != nil {
		return "", noChooser(err)
	}
	switch status {
	case 0:
	case 1:
		return "", nil
	default:
		return "", noChooser(fmt.Errorf("the portal's dialog ended with status %d", status))
	}
	uris, _ := results["uris"].Value().([]string)
	if len(uris) == 0 {
		return "", nil
	}
	u, err := url.Parse(uris[0])
	if err != nil || u.Scheme != "file" || u.Path == "" {
		return "", errors.New(lang.L("{{.Name}} is not a place on this computer’s disks. Choose another one.", map[string]any{"Name": words.Visible(uris[0])}))
	}
	return u.Path, nil
}
