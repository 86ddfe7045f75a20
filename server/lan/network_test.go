package lan

import (
	"net/netip"
	"slices"
	"testing"
	"testing/fstest"
)

// proc is /proc/net of a laptop at home with a VPN: its routes and neighbours.
var proc = fstest.MapFS{
	"route": {Data: []byte(`Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
tun0	00000000	0100080A	0003	0	0	50	00000000	0	0	0
wlan0	00000000	0101A8C0	0003	0	0	600	00000000	0	0	0
wlan0	0001A8C0	00000000	0001	0	0	600	00FFFFFF	0	0	0
eth0	00000000	0102A8C0	0003	0	0	700	00000000	0	0	0
eth1	00000000	xyz	0003	0	0	700	00000000	0	0	0
`)},
	"arp": {Data: []byte(`IP address       HW type     Flags       HW address            Mask     Device
192.168.1.1      0x1         0x2         5c:49:79:01:02:03     *        wlan0
192.168.1.44     0x1         0x2         5c:49:79:aa:bb:cc     *        wlan0
192.168.2.1      0x1         0x0         00:00:00:00:00:00     *        eth0
short
`)},
}

func TestGateways(t *testing.T) {
	got := gateways(proc)
	if len(got) != 1 || got["wlan0"] != "5c:49:79:01:02:03" {
		t.Errorf("got %v, want the one of wlan0", got)
	}
	if got := gateways(fstest.MapFS{}); len(got) != 0 {
		t.Errorf("on another system: %v", got)
	}
}

func TestSameNetwork(t *testing.T) {
	home, other := netip.MustParsePrefix("192.168.1.0/24"), netip.MustParsePrefix("10.0.0.0/8")
	tests := []struct {
		a, b Network
		want bool
		why  string
	}{
		{Network{home, "a"}, Network{home, "a"}, true, "nothing differs"},
		{Network{home, "a"}, Network{home, "b"}, false, "many homes have these addresses, but not this gateway"},
		{Network{home, "a"}, Network{other, "a"}, true, "the gateway hands out other addresses now"},
		{Network{home, "a"}, Network{home, ""}, true, "the gateway is not known yet"},
		{Network{home, ""}, Network{other, ""}, false, "the addresses are of another range"},
		{Network{}, Network{}, false, "there is no network"},
	}
	for _, tt := range tests {
		if got := tt.a.Same(tt.b); got != tt.want || tt.b.Same(tt.a) != got {
			t.Errorf("%v and %v: got %v, want %v, because %s", tt.a, tt.b, got, tt.want, tt.why)
		}
	}
}

// at makes an address on a network of its own.
func at(name, prefix string) Address {
	p := netip.MustParsePrefix(prefix)
	c := on(name, p.Addr().String())
	c.network = Network{Prefix: p.Masked()}
	return c.address()
}

func TestNetworksLeaveOutThoseInside(t *testing.T) {
	got := Networks([]Address{
		at("wlan0", "192.168.1.5/24"), at("eth0", "192.168.1.6/24"), at("eth1", "10.0.0.5/8"),
		at("tun0", "10.8.0.2/24"), at("docker0", "172.17.0.1/16"), at("eth2", "169.254.1.1/16"), at("lo", "127.0.0.1/8"),
	})
	var names []string
	for _, n := range got {
		names = append(names, n.String())
	}
	if want := []string{"192.168.1.0/24", "10.0.0.0/8"}; !slices.Equal(names, want) {
		t.Errorf("got %q, want %q", names, want)
	}
	if got := (Network{}).String(); got != "" {
		t.Errorf("no network is called %q", got)
	}
}

func TestFirst(t *testing.T) {
	all := []Address{at("wlan0", "192.168.1.5/24"), at("wlan0", "fd00::5/64"), at("eth0", "10.0.0.5/8")}
	for meant, want := range map[string]string{
		"eth0": "10.0.0.5", "10.0.0.5": "10.0.0.5", "Ethernet · eth0": "10.0.0.5", "::ffff:10.0.0.5": "10.0.0.5",
		"wlan0": "192.168.1.5", "wlan0 IPv6": "fd00::5", "[fd00::5]": "fd00::5", "fd00::5": "fd00::5",
		"": "", "eth9": "", "10.0.0.6": "",
	} {
		got, ok := First(all, meant)
		if ok != (want != "") || len(got) != len(all) || ok && got[0].Addr.String() != want {
			t.Errorf("%q: got %v, %v, want %s first", meant, got, ok, want)
		}
	}
}
