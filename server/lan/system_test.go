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
	if got := candidates(all, nil); len(got) != 0 {
		t.Errorf("got %v, want nothing", got)
	}
}

func TestSourcesAreOwnAddresses(t *testing.T) {
	own, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sources() {
		if !slices.ContainsFunc(own, func(a net.Addr) bool { p, ok := plain(a); return ok && p == s }) {
			t.Errorf("%v is not an address of this computer", s)
		}
	}
}

func TestPlain(t *testing.T) {
	tests := []struct {
		has  net.Addr
		want netip.Addr
		ok   bool
	}{
		{&net.IPNet{IP: net.ParseIP("192.168.1.2")}, netip.MustParseAddr("192.168.1.2"), true},
		{&net.IPNet{IP: net.ParseIP("fd00::1")}, netip.MustParseAddr("fd00::1"), true},
		{&net.IPNet{}, netip.Addr{}, false},
		{&net.UnixAddr{}, netip.Addr{}, false},
	}
	for _, tt := range tests {
		if got, ok := plain(tt.has); got != tt.want || ok != tt.ok {
			t.Errorf("plain(%v): got %v, %v, want %v, %v", tt.has, got, ok, tt.want, tt.ok)
		}
	}
}
