package desktoptest

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"
)

const (
	portalName    = "org.freedesktop.portal.Desktop"
	portalPath    = "/org/freedesktop/portal/desktop"
	portalChooser = "org.freedesktop.portal.FileChooser"
	portalRequest = "org.freedesktop.portal.Request"
)

// Portal is an XDG desktop portal.
type Portal struct {
	Conn   *dbus.Conn
	Asked  chan map[string]dbus.Variant // the options of each dialog
	Closed chan dbus.ObjectPath         // requests that the caller has closed

	version uint32
	answer  func(p *Portal, request dbus.ObjectPath)
}

// NewPortal starts a session bus with a portal of this version. answer is called for
// each dialog; nil leaves it open.
func NewPortal(t *testing.T, version uint32, answer func(*Portal, dbus.ObjectPath)) *Portal {
	StartBus(t)
	conn, err := dbus.ConnectSessionBus()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	p := &Portal{
		Conn: conn, version: version, answer: answer,
		Asked: make(chan map[string]dbus.Variant, 1), Closed: make(chan dbus.ObjectPath, 1),
	}
	for _, name := range []string{portalChooser, "org.freedesktop.DBus.Properties"} {
		if err := conn.Export(p, portalPath, name); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := conn.RequestName(portalName, dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	return p
}

// OpenFile is called over the bus.
func (p *Portal) OpenFile(sender dbus.Sender, _, _ string, options map[string]dbus.Variant) (dbus.ObjectPath, *dbus.Error) {
	from := strings.ReplaceAll(strings.TrimPrefix(string(sender), ":"), ".", "_")
	path := dbus.ObjectPath(portalPath + "/request/" + from + "/" + options["handle_token"].Value().(string))
	p.Conn.Export(request{p, path}, path, portalRequest)
	p.Asked <- options // not before: the test may close the dialog at once
	if p.answer != nil {
		go p.answer(p, path)
	}
	return path, nil
}

// Get is called over the bus.
func (p *Portal) Get(_, _ string) (dbus.Variant, *dbus.Error) {
	return dbus.MakeVariant(p.version), nil
}

// Respond ends a dialog.
func (p *Portal) Respond(request dbus.ObjectPath, status uint32, uris ...string) {
	results := map[string]dbus.Variant{}
	if len(uris) > 0 {
		results["uris"] = dbus.MakeVariant(uris)
	}
	p.Conn.Emit(request, portalRequest+".Response", status, results)
}

type request struct {
	portal *Portal
	path   dbus.ObjectPath
}

// Close is called over the bus.
func (r request) Close() *dbus.Error { r.portal.Closed <- r.path; return nil }

// StartBus makes an empty session bus that of this process. The test is skipped where
// there is no dbus-daemon.
func StartBus(t *testing.T) {
	folder, err := os.MkdirTemp("", "bus") // t.TempDir may have characters that addresses must escape
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	bus := exec.Command("dbus-daemon", "--session", "--nofork", "--print-address", "--address=unix:dir="+folder)
	out, err := bus.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := bus.Start(); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip("There is no dbus-daemon here:", err)
	}
	t.Cleanup(func() { bus.Process.Kill(); bus.Wait() })
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", strings.TrimSpace(address))
}
