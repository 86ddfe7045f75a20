package lan

import (
	"fmt"
	"net/netip"
	"testing"
	"testing/synctest"
	"time"
)

// groupsAt returns the groups of a computer with these addresses.
func groupsAt(own ...string) *Groups {
	g := new(Groups)
	g.SetOwn(addressesOf(own...))
	return g
}

func addressesOf(own ...string) (all []Address) {
	for _, text := range own {
		p := netip.MustParsePrefix(text)
		all = append(all, Address{Addr: p.Addr(), Network: Network{Prefix: p.Masked()}})
	}
	return all
}

func TestWhatAnAddressCountsAs(t *testing.T) {
	g := groupsAt("192.168.1.5/24", "fd00:1::5/64", "2001:db8:1::5/128", "2001:db8:f::5/56")
	for addr, want := range map[string]string{
		"192.168.1.9":         "192.168.1.9",
		"10.0.0.9":            "10.0.0.9",
		"::ffff:10.0.0.9":     "10.0.0.9",
		"fd00:1::9":           "fd00:1::9",
		"2001:db8:1::9":       "2001:db8:1::9",
		"2001:db8:0:99::9":    "2001:db8:0:99::",
		"2001:db8:f::9":       "2001:db8:f::9",
		"2001:db8:f:ff::9":    "2001:db8:f:ff::9",
		"2001:db8:f:100::9":   "2001:db8:f:100::",
		"fe80::9%wlan0":       "fe80::9%wlan0",
		"fe80::9%eth0":        "fe80::9%eth0",
		"fd00:1:0:1::9":       "fd00:1:0:1::",
		"2001:db8:2:3:4:5::9": "2001:db8:2:3::",
	} {
		if got := g.Of(netip.MustParseAddr(addr)); got.String() != want {
			t.Errorf("%s counts as %s, want %s", addr, got, want)
		}
	}
	if got := g.Of(netip.Addr{}); got.IsValid() {
		t.Errorf("no address counts as %s", got)
	}
}

// A device that makes up addresses gets some of them, and not always new ones.
func TestAddressesBeyondSoManyCountAsOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := groupsAt("fd00:1::5/64")
		for _, network := range []string{"fd00:1::%x", "fe80::%x%%eth0", "fe80::%x%%eth1"} {
			neighbour := netip.MustParseAddr(fmt.Sprintf(network, 0xffff))
			g.Of(neighbour)
			counted := map[netip.Addr]bool{}
			for n := range 10 * maxApart {
				counted[g.Of(netip.MustParseAddr(fmt.Sprintf(network, n+1)))] = true
			}
			if len(counted) != maxApart { // with the network itself, without the neighbour
				t.Errorf("addresses like %s count as %d, want %d", neighbour, len(counted), maxApart)
			}
			if g.Of(neighbour) != neighbour {
				t.Error("who was there before does not count by itself any more")
			}
		}
		late := netip.MustParseAddr("fd00:1::abcd")
		if g.Of(late) == late {
			t.Error("one too many counts by itself")
		}
		time.Sleep(apartForgets + time.Second)
		if g.Of(late) != late {
			t.Error("places are not given back")
		}
	})
}

func TestGroupsFollowTheNetwork(t *testing.T) {
	g, neighbour := groupsAt("fd00:1::5/64"), netip.MustParseAddr("fd00:2::9")
	if g.Of(neighbour) == neighbour {
		t.Error("it counts by itself before this computer is in its network")
	}
	g.SetOwn(addressesOf("fd00:2::5/64"))
	if g.Of(neighbour) != neighbour {
		t.Error("it does not count by itself in this computer's network")
	}
	g.SetOwn(addressesOf("fd00:3::5/64"))
	if g.Of(neighbour) == neighbour {
		t.Error("it counts by itself after this computer has left its network")
	}
	if len(g.seen) != 0 {
		t.Errorf("left over: %v", g.seen)
	}
}

func TestGroupsRememberSoManyNetworks(t *testing.T) {
	g := groupsAt("2001:db8::5/32")
	for n := range 10 * maxNetworks {
		g.Of(netip.MustParseAddr(fmt.Sprintf("2001:db8:%x::9", n)))
	}
	if len(g.seen) != maxNetworks {
		t.Errorf("%d networks are remembered, want %d", len(g.seen), maxNetworks)
	}
}
