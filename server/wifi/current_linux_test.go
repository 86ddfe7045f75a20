package wifi

import (
	"os"
	"strings"
	"testing"
	"windowsill/server/servertest"

	"github.com/godbus/dbus/v5"
)

// properties stand for NetworkManager, as far as it is asked: its properties by
// object, interface and name.
type properties map[string]any

func (p properties) get(from dbus.Message, of, name string) (dbus.Variant, *dbus.Error) {
	path, _ := from.Headers[dbus.FieldPath].Value().(dbus.ObjectPath)
	if v, ok := p[string(path)+" "+strings.TrimPrefix(of, networkManager)+"."+name]; ok {
		return dbus.MakeVariant(v), nil
	}
	return dbus.Variant{}, dbus.MakeFailedError(os.ErrNotExist)
}

// serve puts it on a bus of its own.
func (p properties) serve(t *testing.T) {
	t.Helper()
	bus := servertest.SystemBus(t)
	if err := bus.ExportSubtreeMethodTable(map[string]any{"Get": p.get}, "/org/freedesktop/NetworkManager", "org.freedesktop.DBus.Properties"); err != nil {
		t.Fatal(err)
	}
	if _, err := bus.RequestName(networkManager, dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
}

func TestCurrentIsTheAccessPointOfTheWirelessConnection(t *testing.T) {
	const root = "/org/freedesktop/NetworkManager"
	active := []dbus.ObjectPath{root + "/ActiveConnection/1", root + "/ActiveConnection/2"}
	all := properties{
		root + " .ActiveConnections":                             active,
		string(active[0]) + " .Connection.Active.Type":           "802-3-ethernet",
		string(active[1]) + " .Connection.Active.Type":           "802-11-wireless",
		string(active[1]) + " .Connection.Active.SpecificObject": dbus.ObjectPath(root + "/AccessPoint/7"),
		root + "/AccessPoint/7 .AccessPoint.Ssid":                []byte("Café zu Hause"),
	}
	all.serve(t)
	if got := Current(t.Context()); got != "Café zu Hause" {
		t.Errorf("got %q", got)
	}
}

func TestCurrentIsNothingWithoutWireless(t *testing.T) {
	properties{"/org/freedesktop/NetworkManager .ActiveConnections": []dbus.ObjectPath{}}.serve(t)
	if got := Current(t.Context()); got != "" {
		t.Errorf("got %q", got)
	}
}
