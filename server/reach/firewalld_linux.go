package reach

import (
	"context"
	"errors"
	"strconv"

	"github.com/godbus/dbus/v5"
)

const firewalldName = "org.fedoraproject.FirewallD1"

// configInfo is the right to ask firewalld what it lets in.
const configInfo = firewalldName + ".config.info"

// wall is firewalld on the system's bus.
type wall struct {
	ctx context.Context
	bus *dbus.Conn
}

// firewalld asks over D-Bus whether the port is open in the zone of the
// interface. On some systems that takes an administrator's password, for which
// firewalld would ask the owner by itself: then nobody can be sure.
func firewalld(ctx context.Context, p Port) Obstacle {
	bus, err := dbus.ConnectSystemBus(dbus.WithContext(ctx))
	if err != nil {
		return Obstacle{}
	}
	defer bus.Close()
	w := wall{ctx, bus}
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
	if w.lets(settings, p.Number) {
		return Obstacle{}
	}
	found.Sure = true
	return found
}

// ask calls a method of firewalld. Without the flag the bus would start a
// firewall that is off.
func (w wall) ask(method string, into any, args ...any) error {
	fw := w.bus.Object(firewalldName, "/org/fedoraproject/FirewallD1")
	return fw.CallWithContext(w.ctx, firewalldName+method, dbus.FlagNoAutoStart, args...).Store(into)
}

func (w wall) isUp() bool {
	var up bool
	err := w.bus.BusObject().CallWithContext(w.ctx, "org.freedesktop.DBus.NameHasOwner", 0, firewalldName).Store(&up)
	return err == nil && up
}

// zoneOf returns the zone of an interface; "" if firewalld does not tell.
func (w wall) zoneOf(name string) (zone string) {
	if w.ask(".zone.getZoneOfInterface", &zone, name) != nil || zone == "" {
		if w.ask(".getDefaultZone", &zone) != nil {
			return ""
		}
	}
	return zone
}

// mayAsk reports whether firewalld tells what it lets in without asking for a
// password. It asks polkit, and where that is not there goes by who asks.
func (w wall) mayAsk() bool {
	self := struct {
		Kind    string
		Details map[string]dbus.Variant
	}{"system-bus-name", map[string]dbus.Variant{"name": dbus.MakeVariant(w.bus.Names()[0])}}
	var is struct {
		Allowed, Challenge bool
		Details            map[string]string
	}
	polkit := w.bus.Object("org.freedesktop.PolicyKit1", "/org/freedesktop/PolicyKit1/Authority")
	const noQuestions = uint32(0)
	err := polkit.CallWithContext(w.ctx, "org.freedesktop.PolicyKit1.Authority.CheckAuthorization", 0,
		self, configInfo, map[string]string{}, noQuestions, "").Store(&is)
	if failure, ok := errors.AsType[dbus.Error](err); ok && failure.Name == "org.freedesktop.DBus.Error.ServiceUnknown" {
		return true
	}
	return err == nil && is.Allowed
}

// lets reports whether a zone lets a port in, by itself or with a service.
func (w wall) lets(zone map[string]dbus.Variant, port int) bool {
	if zoneLets(zone, port) {
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

// zoneLets reports whether a zone of firewalld lets a port in by itself.
func zoneLets(settings map[string]dbus.Variant, port int) bool {
	target, _ := settings["target"].Value().(string)
	return target == "ACCEPT" || hasPort(settings, port)
}

// hasPort looks for a port among those of a zone or a service.
func hasPort(settings map[string]dbus.Variant, port int) bool {
	ports, _ := settings["ports"].Value().([][]any)
	for _, p := range ports {
		if len(p) < 2 || p[1] != "tcp" {
			continue
		}
		if span, _ := p[0].(string); inSpan(span, "-", port) {
			return true
		}
	}
	return false
}
