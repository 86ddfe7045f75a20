package reach

import (
	"context"
	"os"
	"strconv"

	"github.com/godbus/dbus/v5"
)

// firewall asks those that people know by name first: what they set up shows in
// nftables as well, where nobody would recognise it.
func firewall(ctx context.Context, p Port) Obstacle {
	port := strconv.Itoa(p.Number) + "/tcp"
	if blocks, sure := ufw(os.DirFS("/"), p.Number); blocks {
		return Obstacle{Firewall: "ufw", Sure: sure, Command: "sudo ufw allow " + port}
	}
	if zone, blocks := firewalld(ctx, p); blocks {
		return Obstacle{Firewall: "firewalld", Sure: true, Command: "sudo firewall-cmd --zone=" + zone + " --add-port=" + port}
	}
	rules, err := parseRules(output(ctx, "nft", "-j", "list", "ruleset"))
	if err != nil {
		return Obstacle{} // It may not be read.
	}
	if chain, verdict := rules.judge(p); verdict == blocked {
		return Obstacle{Firewall: "nftables", Sure: true, Command: "sudo nft insert rule " + chain + " tcp dport " + strconv.Itoa(p.Number) + " accept"}
	}
	return Obstacle{}
}

// firewalld asks over D-Bus whether the port is open in the zone of the
// interface.
func firewalld(ctx context.Context, p Port) (zone string, blocks bool) {
	bus, err := dbus.ConnectSystemBus(dbus.WithContext(ctx))
	if err != nil {
		return "", false
	}
	defer bus.Close()
	const name = "org.fedoraproject.FirewallD1"
	fw := bus.Object(name, "/org/fedoraproject/FirewallD1")
	// Without this flag the bus would start a firewall that is off.
	ask := func(method string, into any, args ...any) error {
		return fw.CallWithContext(ctx, name+method, dbus.FlagNoAutoStart, args...).Store(into)
	}
	if ask(".zone.getZoneOfInterface", &zone, p.Interface) != nil || zone == "" {
		if ask(".getDefaultZone", &zone) != nil {
			return "", false
		}
	}
	var settings map[string]dbus.Variant
	if ask(".zone.getZoneSettings2", &settings, zone) != nil {
		return "", false
	}
	return zone, zoneBlocks(settings, p.Number)
}

// zoneBlocks reports whether a zone of firewalld drops a port.
func zoneBlocks(settings map[string]dbus.Variant, port int) bool {
	if target, _ := settings["target"].Value().(string); target == "ACCEPT" {
		return false
	}
	ports, _ := settings["ports"].Value().([][]any)
	for _, p := range ports {
		if len(p) < 2 || p[1] != "tcp" {
			continue
		}
		if span, _ := p[0].(string); inSpan(span, "-", port) {
			return false
		}
	}
	return true
}
