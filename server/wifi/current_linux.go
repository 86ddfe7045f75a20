package wifi

import (
	"context"

	"github.com/godbus/dbus/v5"
)

const networkManager = "org.freedesktop.NetworkManager"

// current asks NetworkManager which access point it is connected to.
func current(ctx context.Context) string {
	bus, err := dbus.ConnectSystemBus(dbus.WithContext(ctx))
	if err != nil {
		return ""
	}
	defer bus.Close()
	get := func(path dbus.ObjectPath, of, property string) any {
		var v dbus.Variant
		call := bus.Object(networkManager, path).CallWithContext(ctx, "org.freedesktop.DBus.Properties.Get", dbus.FlagNoAutoStart, networkManager+of, property)
		if call.Store(&v) != nil {
			return nil
		}
		return v.Value()
	}
	active, _ := get("/org/freedesktop/NetworkManager", "", "ActiveConnections").([]dbus.ObjectPath)
	for _, connection := range active {
		if kind, _ := get(connection, ".Connection.Active", "Type").(string); kind != "802-11-wireless" {
			continue
		}
		point, _ := get(connection, ".Connection.Active", "SpecificObject").(dbus.ObjectPath)
		if !point.IsValid() {
			continue
		}
		if ssid, _ := get(point, ".AccessPoint", "Ssid").([]byte); len(ssid) > 0 {
			return string(ssid)
		}
	}
	return ""
}
