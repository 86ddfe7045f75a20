package reach

import (
	"testing"

	"github.com/godbus/dbus/v5"
)

func TestZoneOfFirewalld(t *testing.T) {
	ports := func(p ...[]any) dbus.Variant { return dbus.MakeVariant(p) }
	for _, c := range []struct {
		name     string
		settings map[string]dbus.Variant
		want     bool
	}{
		{"nothing open", nil, true},
		{"trusted", map[string]dbus.Variant{"target": dbus.MakeVariant("ACCEPT")}, false},
		{"port", map[string]dbus.Variant{"target": dbus.MakeVariant("default"), "ports": ports([]any{"8000", "tcp"})}, false},
		{"range", map[string]dbus.Variant{"ports": ports([]any{"1025-65535", "udp"}, []any{"1025-65535", "tcp"})}, false},
		{"UDP", map[string]dbus.Variant{"ports": ports([]any{"8000", "udp"}, []any{"x"}, []any{})}, true},
	} {
		if got := zoneBlocks(c.settings, 8000); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
