package lan

import (
	"maps"
	"net/netip"
	"testing"
)

func TestTableOfNeighbors(t *testing.T) {
	at := func(addr, hardware string) neighbor { return neighbor{netip.MustParseAddr(addr), hardware} }
	for _, c := range []struct {
		name string
		all  []neighbor
		want map[string]string
	}{
		{"nobody", nil, nil},
		{
			"a device with IPv4 and IPv6",
			[]neighbor{at("10.0.0.2", "aa"), at("fe80::2", "aa"), at("fd00::2", "aa"), at("10.0.0.3", "bb")},
			map[string]string{"10.0.0.2": "aa", "fe80::2": "aa", "fd00::2": "aa", "10.0.0.3": "bb"},
		},
		{
			"a repeater, and a device",
			[]neighbor{at("10.0.0.2", "aa"), at("10.0.0.3", "aa"), at("fe80::2", "aa"), at("fe80::4", "bb")},
			map[string]string{"fe80::4": "bb"},
		},
		{
			"the same device by cable and Wi-Fi, and two devices with one address",
			[]neighbor{at("10.0.0.2", "aa"), at("10.0.0.2", "aa"), at("fe80::2", "bb"), at("fe80::2", "cc")},
			map[string]string{"10.0.0.2": "aa"},
		},
	} {
		want := map[netip.Addr]string{}
		for addr, hardware := range c.want {
			want[netip.MustParseAddr(addr)] = hardware
		}
		if got := tableOf(c.all); !maps.Equal(got, want) {
			t.Errorf("%s: %v, want %v", c.name, got, want)
		}
	}
}
