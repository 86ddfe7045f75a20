package lan

import (
	"net/netip"
	"slices"
	"testing"
)

// on makes a candidate; the kind comes from the name, as it does where the
// system does not tell.
func on(name, addr string) candidate {
	return candidate{name: name, addr: netip.MustParseAddr(addr), kind: kindByName(name)}
}

// chosen marks the address that the system sends from.
func chosen(c candidate) candidate {
	c.chosen = true
	return c
}

func TestRank(t *testing.T) {
	tests := []struct {
		name string
		has  []candidate
		want []string
	}{
		{"nothing at all", nil, nil},
		{"laptop with Docker and a VPN",
			[]candidate{
				on("lo", "127.0.0.1"), on("lo", "::1"),
				on("docker0", "172.17.0.1"), on("br-5f3a", "172.18.0.1"),
				chosen(on("tun0", "10.8.0.6")),
				on("enp3s0", "192.168.1.20"), on("wlp2s0", "192.168.1.21"),
				on("wlp2s0", "2003:db:1::7"), on("wlp2s0", "fe80::1"),
			},
			[]string{
				"Wi-Fi · wlp2s0", "Ethernet · enp3s0", "Wi-Fi · wlp2s0 · IPv6",
				"VPN · tun0", "Virtual · br-5f3a", "Virtual · docker0",
			}},
		{"the way to the world goes before Wi-Fi",
			[]candidate{on("wlan0", "192.168.7.2"), chosen(on("eth0", "10.0.0.5"))},
			[]string{"Ethernet · eth0", "Wi-Fi · wlan0"}},
		{"private goes before public", []candidate{on("wlan0", "81.2.69.142"), on("eth0", "172.20.1.1")},
			[]string{"Ethernet · eth0", "Wi-Fi · wlan0"}},
		{"IPv6 only",
			[]candidate{on("lo", "::1"), on("eth0", "fe80::5"), on("eth0", "fd00::5"), chosen(on("eth0", "2001:470::5"))},
			[]string{"Ethernet · eth0 · IPv6", "Ethernet · eth0 · IPv6"}},
		{"an unconfigured adapter is never first",
			[]candidate{on("eth0", "169.254.10.1"), on("vEthernet (WSL)", "172.22.0.1"), on("wlan0", "192.168.1.9")},
			[]string{"Wi-Fi · wlan0", "Virtual · vEthernet (WSL)", "Ethernet · eth0"}},
		{"an unconfigured adapter, alone", []candidate{on("lo", "127.0.0.1"), on("eth0", "169.254.10.1")},
			[]string{"Ethernet · eth0"}},
		{"no network", []candidate{on("lo", "::1"), on("lo", "127.0.0.1"), on("eth0", "fe80::1")},
			[]string{"This computer only", "This computer only"}},
		{"Windows with Hyper-V, WSL and VirtualBox",
			[]candidate{
				on("vEthernet (Default Switch)", "172.28.64.1"), on("vEthernet (WSL (Hyper-V firewall))", "172.29.0.1"),
				on("VirtualBox Host-Only Network", "192.168.56.1"), on("Local Area Connection* 10", "169.254.3.4"),
				on("Bluetooth Network Connection", "169.254.7.7"), chosen(on("Wi-Fi", "192.168.178.30")),
				on("Ethernet 2", "192.168.178.31"), on("Loopback Pseudo-Interface 1", "127.0.0.1"),
			},
			[]string{
				"Wi-Fi", "Ethernet 2", "VirtualBox Host-Only Network",
				"Virtual · vEthernet (Default Switch)", "Virtual · vEthernet (WSL (Hyper-V firewall))",
				"Network · Bluetooth Network Connection", "Virtual · Local Area Connection* 10",
			}},
		{"macOS",
			[]candidate{
				on("lo0", "127.0.0.1"), on("awdl0", "fe80::a"), on("llw0", "fe80::b"), on("utun3", "100.101.102.103"),
				on("utun4", "fd7a:115c:a1e0::1"), on("bridge100", "192.168.64.1"), chosen(on("en0", "192.168.1.30")),
			},
			[]string{"Network · en0", "VPN · utun3", "VPN · utun4 · IPv6", "Virtual · bridge100"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, a := range rank(tt.has) {
				got = append(got, a.Label)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("rank:\n got %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestRankDoesNotDependOnTheOrder(t *testing.T) {
	has := []candidate{
		on("eth0", "192.168.1.2"), on("eth0", "192.168.1.3"), on("wlan0", "192.168.1.4"),
		on("eth0", "fd00::1"), on("docker0", "172.17.0.1"), on("tun0", "10.8.0.2"), on("tun0", "fd01::2"),
	}
	want := rank(has)
	slices.Reverse(has)
	before := slices.Clone(has)
	if got := rank(has); !slices.Equal(got, want) {
		t.Errorf("reversed: got %v, want %v", got, want)
	}
	if !slices.Equal(has, before) {
		t.Error("rank changed what it was given")
	}
}

func TestChosenAddressOfAnInterfaceGoesFirst(t *testing.T) {
	got := rank([]candidate{on("eth0", "2001:470::1"), chosen(on("eth0", "2001:470::2"))})
	if want := "2001:470::2"; got[0].Addr.String() != want {
		t.Errorf("first is %v, want %s", got[0].Addr, want)
	}
}

func TestURL(t *testing.T) {
	tests := []struct {
		addr string
		port int
		want string
	}{
		{"192.168.1.20", 8000, "http://192.168.1.20:8000/"},
		{"192.168.1.20", 80, "http://192.168.1.20/"},
		{"fd00::2", 8000, "http://[fd00::2]:8000/"},
		{"fd00::2", 80, "http://[fd00::2]/"},
		{"127.0.0.1", 65535, "http://127.0.0.1:65535/"},
	}
	for _, tt := range tests {
		a := Address{Addr: netip.MustParseAddr(tt.addr)}
		if got := a.URL("http", tt.port); got != tt.want {
			t.Errorf("URL of %s, port %d: got %s, want %s", tt.addr, tt.port, got, tt.want)
		}
	}
}
