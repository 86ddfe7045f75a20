package reach

import (
	"net/netip"
	"sync/atomic"
	"testing"
	"windowsill/server/servertest"

	"github.com/godbus/dbus/v5"
)

func TestZoneOfFirewalld(t *testing.T) {
	ports := func(p ...[]any) dbus.Variant { return dbus.MakeVariant(p) }
	for _, c := range []struct {
		name     string
		settings map[string]dbus.Variant
		want     bool
	}{
		{"nothing open", nil, false},
		{"trusted", map[string]dbus.Variant{"target": dbus.MakeVariant("ACCEPT")}, true},
		{"port", map[string]dbus.Variant{"target": dbus.MakeVariant("default"), "ports": ports([]any{"8000", "tcp"})}, true},
		{"range", map[string]dbus.Variant{"ports": ports([]any{"1025-65535", "udp"}, []any{"1025-65535", "tcp"})}, true},
		{"UDP", map[string]dbus.Variant{"ports": ports([]any{"8000", "udp"}, []any{"x"}, []any{})}, false},
	} {
		if got := zoneAllows(c.settings, 8000); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

// fakeFirewalld is a fake of firewalld, and of polkit.
type fakeFirewalld struct {
	t       *testing.T
	allowed bool        // polkit lets anybody ask
	asked   atomic.Bool // what needs a right was asked
}

func (f *fakeFirewalld) zoneOf(string) (string, *dbus.Error) { return "home", nil }

func (f *fakeFirewalld) zone(string) (map[string]dbus.Variant, *dbus.Error) {
	f.asked.Store(true)
	return map[string]dbus.Variant{"services": dbus.MakeVariant([]string{"ssh", "http"})}, nil
}

func (f *fakeFirewalld) service(name string) (map[string]dbus.Variant, *dbus.Error) {
	port := map[string]string{"ssh": "22", "http": "80"}[name]
	return map[string]dbus.Variant{"ports": dbus.MakeVariant([]struct{ Port, Protocol string }{{port, "tcp"}})}, nil
}

func (f *fakeFirewalld) check(subject struct {
	Kind    string
	Details map[string]dbus.Variant
}, action string, _ map[string]string, flags uint32, _ string) (struct {
	Allowed, Challenge bool
	Details            map[string]string
}, *dbus.Error) {
	if subject.Kind != "system-bus-name" || action != configInfo || flags != 0 {
		f.t.Errorf("polkit is asked %v, %s, %d", subject, action, flags)
	}
	return struct {
		Allowed, Challenge bool
		Details            map[string]string
	}{f.allowed, !f.allowed, nil}, nil
}

// serve puts it on a bus of its own.
func (f *fakeFirewalld) serve(names ...string) {
	t := f.t
	bus := servertest.SystemBus(t)
	const path = "/org/fedoraproject/FirewallD1"
	for _, err := range []error{
		bus.ExportMethodTable(map[string]any{"getZoneOfInterface": f.zoneOf, "getZoneSettings2": f.zone}, path, firewalldName+".zone"),
		bus.ExportMethodTable(map[string]any{"getServiceSettings2": f.service}, path, firewalldName),
		bus.ExportMethodTable(map[string]any{"CheckAuthorization": f.check}, "/org/freedesktop/PolicyKit1/Authority", "org.freedesktop.PolicyKit1.Authority"),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range names {
		if _, err := bus.RequestName(name, dbus.NameFlagDoNotQueue); err != nil {
			t.Fatal(err)
		}
	}
}

func TestFirewalld(t *testing.T) {
	const polkit = "org.freedesktop.PolicyKit1"
	for _, c := range []struct {
		name    string
		on      []string
		allowed bool
		port    int
		want    Obstacle
		asks    bool
	}{
		{"off", nil, true, 8000, Obstacle{}, false},
		{"closed", []string{firewalldName, polkit}, true, 8000, Obstacle{Firewall: "firewalld", Sure: true, Command: "sudo firewall-cmd --zone=home --add-port=8000/tcp"}, true},
		{"open for a service", []string{firewalldName, polkit}, true, 80, Obstacle{}, true},
		{"without polkit", []string{firewalldName}, false, 80, Obstacle{}, true},
		{"asking takes a password", []string{firewalldName, polkit}, false, 80, Obstacle{Firewall: "firewalld", Command: "sudo firewall-cmd --zone=home --add-port=80/tcp"}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := &fakeFirewalld{t: t, allowed: c.allowed}
			f.serve(c.on...)
			if got := firewalld(t.Context(), Port{c.port, netip.MustParseAddr("192.168.1.5"), "eth0"}); got != c.want {
				t.Errorf("%+v, want %+v", got, c.want)
			}
			if f.asked.Load() != c.asks {
				t.Errorf("It was asked: %v", f.asked.Load())
			}
		})
	}
}
