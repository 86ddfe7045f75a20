package reach

import (
	"context"
	"errors"
	"strconv"

	"github.com/godbus/dbus/v5"
)

const firewalldName = "org.fedoraproject.FirewallD1"

// configInfo is the right to read the configuration of firewalld.
const configInfo = firewalldName + ".config.info"

// wall is a connection to firewalld by the system bus.
type firewalldConn struct {
	ctx context.Context
	bus *dbus.Conn
}

// firewalld asks over D-Bus whether the port is open in the zone of the
// interface. On some systems firewalld would ask the owner for an
// administrator's password before it answers. Then it is not asked, and the
// result is not Sure.
func firewalld(ctx context.Context, p Port) Obstacle {
	bus, err := dbus.ConnectSystemBus(dbus.WithContext(ctx))
	if err != nil {
		return Obstacle{}
	}
	defer bus.Close()
	w := firewalldConn{ctx, bus}
	if !w.isUp() {
		return Obstacle{}
	}
	zone := w.zoneOf(p.Interface)
	found := Obstacle{Firewall: "firewalld", Command: "sudo firewall-cmd --add-port=" + strconv.Itoa(p.Number) + "/tcp"}
	if zone == "" {
		return found
	}
	found.Command = "sudo firewall-cmd --zone=" + zone + " --add-port=" + strconv.Itoa(p.Number) + "/tcp"
	var settings map[string]dbus.Variant
	if !w.mayAsk() || w.ask(".zone.getZoneSettings2", &settings, zone) != nil {
		return found
	}
	if w.allows(settings, p.Number) {
		return Obstacle{}
	}
	found.Sure = true
	return found
}

// ask calls a method of firewalld. Without the flag, the bus would start a
// firewall that is off.
func (w firewalldConn) ask(method string, into any, args ...any) error {
	fw := w.bus.Object(firewalldName, "/org/fedoraproject/FirewallD1")
	return fw.CallWithContext(w.ctx, firewalldName+method, dbus.FlagNoAutoStart, args...).Store(into)
}

func (w firewalldConn) isUp() bool {
	var up bool
	err := w.bus.BusObject().CallWithContext(w.ctx, "org.freedesktop.DBus.NameHasOwner", 0, firewalldName).Store(&up)
	return err == nil && up
}

// zoneOf returns the zone of an interface; "" if unknown.
func (w firewalldConn) zoneOf(name string) (zone string) {
	if w.ask(".zone.getZoneOfInterface", &zone, name) != nil || zone == "" {
		if w.ask(".getDefaultZone", &zone) != nil {
			return ""
		}
	}
	return zone
}

// mayAsk reports whether firewalld answers without asking for a password, which
// polkit knows. Without polkit, there is no such question.
func (w firewalldConn) mayAsk() bool {
	self := struct {
		Kind    string
		Details map[string]dbus.Variant
	}{"system-bus-name", map[string]dbus.Variant{"name": dbus.MakeVariant(w.bus.Names()[0])}}
	var is struct {
		Allowed, Challenge bool
		Details            map[string]string
	}
	polkit := w.bus.Object("org.freedesktop.PolicyKit1", "/org/freedesktop/PolicyKit1/Authority")
	const noInteraction = uint32(0)
	err := polkit.CallWithContext(w.ctx, "org.freedesktop.PolicyKit1.Authority.CheckAuthorization", 0,
		self, configInfo, map[string]string{}, noInteraction, "").Store(&is)
	if failure, ok := errors.AsType[dbus.Error](err); ok && failure.Name == "org.freedesktop.DBus.Error.ServiceUnknown" {
		return true
	}
	return err == nil && is.Allowed
}

// allows reports whether a zone allows a port, by itself or with a service.
func (w firewalldConn) allows(zone map[string]dbus.Variant, port int) bool {
	if zoneAllows(zone, port) {
		return true
	}
	services, _ := zone["services"].Value().([]string)
	for _, name := range services {
		var service map[string]dbus.Variant
		if w.ask(".getServiceSettings2", &service, name) == nil && hasPort(service, port) {
			return true
		}
	}
	return false
}

// zoneAllows reports whether a zone allows a port by itself.
func zoneAllows(settings map[string]dbus.Variant, port int) bool {
	target, _ := settings["target"].Value().(string)
	return target == "ACCEPT" || hasPort(settings, port)
}

// hasPort reports whether a port is among those of a zone or a service.
func hasPort(settings map[string]dbus.Variant, port int) bool {
	ports, _ := settings["ports"].Value().([][]any)
	for _, p := range ports {
		if len(p) < 2 || p[1] != "tcp" {
			continue
		}
		if r, _ := p[0].(string); inRange(r, "-", port) {
			return true
		}
	}
	return false
}
