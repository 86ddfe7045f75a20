package lan

import (
	"net"
	"net/netip"
	"slices"
	"testing"
)

func TestAddressesOfThisComputerCanBeListenedOn(t *testing.T) {
	found, err := Addresses()
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 {
		t.Skip("this computer has not even loopback")
	}
	for _, a := range found {
		if a.Addr.Zone() != "" || a.Addr.Is4In6() || a.Label == "" || a.Interface == "" {
			t.Errorf("not fit for a link: %+v", a)
		}
		l, err := net.Listen("tcp", net.JoinHostPort(a.Addr.String(), "0"))
		if err != nil {
			t.Errorf("%v: %v", a, err)
			continue
		}
		l.Close()
	}
}

func TestInterfacesThatAreDownAreLeftOut(t *testing.T) {
	all, err := net.Interfaces()
	if err != nil {
		t.Fatal(err)
	}
	for i := range all {
		all[i].Flags &^= net.FlagUp
	}
	if got := upInterfaces(all); len(got) != 0 {
		t.Errorf("got %v, want nothing", got)
	}
}

func TestSourcesAreOwnAddresses(t *testing.T) {
	own, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sources() {
		if !slices.ContainsFunc(own, func(a net.Addr) bool { p, ok := prefixOf(a); return ok && p.Addr() == s }) {
			t.Errorf("%v is not an address of this computer", s)
		}
	}
}

func TestPrefixOf(t *testing.T) {
	tests := []struct {
		has  net.Addr
		want string
		ok   bool
	}{
		{&net.IPNet{IP: net.ParseIP("192.168.1.2"), Mask: net.CIDRMask(24, 32)}, "192.168.1.2/24", true},
		{&net.IPNet{IP: net.ParseIP("192.168.1.2"), Mask: net.CIDRMask(120, 128)}, "192.168.1.2/24", true},
		{&net.IPNet{IP: net.ParseIP("192.168.1.2")}, "192.168.1.2/32", true},
		{&net.IPNet{IP: net.ParseIP("fd00::1"), Mask: net.CIDRMask(64, 128)}, "fd00::1/64", true},
		{&net.IPNet{}, "", false},
		{&net.UnixAddr{}, "", false},
	}
	for _, tt := range tests {
		got, ok := prefixOf(tt.has)
		if ok != tt.ok || ok && got != netip.MustParsePrefix(tt.want) {
			t.Errorf("prefixOf(%v): got %v, %v, want %v, %v", tt.has, got, ok, tt.want, tt.ok)
		}
	}
}

// With a way out by IPv6 and no address of it yet, Linux would send from ::1.
func TestLoopbackIsNotPreferred(t *testing.T) {
	s := system{kind: kindByName, chosen: []netip.Addr{netip.IPv6Loopback()}}
	got := rank(s.candidates([]netInterface{{"lo", true, []netip.Prefix{netip.MustParsePrefix("::1/128"), netip.MustParsePrefix("127.0.0.1/8")}}}))
	if want := netip.AddrFrom4([4]byte{127, 0, 0, 1}); len(got) != 2 || got[0].Addr != want {
		t.Errorf("got %v, want %v first", got, want)
	}
}
