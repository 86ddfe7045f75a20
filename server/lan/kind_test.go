package lan

import (
	"testing"
	"testing/fstest"
)

func TestKindByName(t *testing.T) {
	names := map[Kind][]string{
		WiFi:     {"wlan0", "wlp2s0", "wlx00c0ca", "ath0", "Wi-Fi", "Wi-Fi 2", "WLAN", "Drahtlosnetzwerkverbindung"},
		Ethernet: {"eth0", "enp3s0", "eno1", "ens33", "enx001122334455", "usb0", "Ethernet", "Ethernet 3", "Local Area Connection"},
		Other:    {"en0", "en5", "igb0", "em0", "Bluetooth Network Connection", "", "x"},
		VPN: {"tun0", "tap1", "wg0", "tailscale0", "ztabcdef12", "ppp0", "utun7", "ipsec0", "feth4823", "nordlynx",
			"OpenVPN TAP-Windows6", "Tailscale", "ZeroTier One [93afae5963c5c4e4]", "ProtonVPN TUN", "Teredo Tunneling Pseudo-Interface"},
		Virtual: {"docker0", "br-1a2b3c", "br0", "veth12ab", "virbr0", "lxcbr0", "vmnet8", "vboxnet0", "bridge0", "bridge100",
			"awdl0", "llw0", "ap1", "anpi0", "vEthernet (WSL)", "vEthernet (Default Switch)", "VMware Network Adapter VMnet8",
			"VirtualBox Host-Only Network", "Local Area Connection* 2", "LAN-Verbindung* 3", "本地连接* 10", "Npcap Loopback Adapter"},
	}
	for want, list := range names {
		for _, name := range list {
			if got := kindByName(name); got != want {
				t.Errorf("%q: got kind %d, want %d", name, got, want)
			}
		}
	}
}

// linux is the relevant part of /sys/class/net on some machines.
var linux = fstest.MapFS{
	"wlp2s0/wireless/beacon": {}, "wlp2s0/device/vendor": {}, "wlp2s0/type": {Data: []byte("1\n")},
	"wl/uevent":            {Data: []byte("DEVTYPE=wlan\nINTERFACE=wl\nIFINDEX=3\n")},
	"enp3s0/device/vendor": {},
	"enp3s0/uevent":        {Data: []byte("INTERFACE=enp3s0\nIFINDEX=2\n")},
	"enp3s0/type":          {Data: []byte("1\n")},
	"lan0/device/vendor":   {},
	"docker0/bridge/id":    {},
	"docker0/uevent":       {Data: []byte("DEVTYPE=bridge\nINTERFACE=docker0\n")},
	"docker0/brif/veth1/x": {},
	"veth1/uevent":         {Data: []byte("INTERFACE=veth1\n")},
	"br0/bridge/id":        {},
	"br0/brif/enp3s0/x":    {},
	"vlan5/uevent":         {Data: []byte("DEVTYPE=vlan\nINTERFACE=vlan5\n")},
	"bond0/uevent":         {Data: []byte("DEVTYPE=bond\n")},
	"wwan0/device/x":       {},
	"wwan0/uevent":         {Data: []byte("DEVTYPE=wwan\n")},
	"home/uevent":          {Data: []byte("DEVTYPE=wireguard\nINTERFACE=home\n")},
	"tailscale0/tun_flags": {},
	"work/type":            {Data: []byte("65534\n")},
	"gre1/type":            {Data: []byte("778\n")},
	"eth0/type":            {Data: []byte("1\n")},
	"mynet/type":           {Data: []byte("1\n")},
	"dummy0/type":          {Data: []byte("1\n")},
}

func TestKindOnLinux(t *testing.T) {
	tests := []struct {
		name string
		want Kind
		why  string
	}{
		{"wlp2s0", WiFi, "it has a folder for wireless"},
		{"wl", WiFi, "it says so"},
		{"enp3s0", Ethernet, "it is an adapter"},
		{"lan0", Ethernet, "it is an adapter, whatever its name"},
		{"docker0", Virtual, "it connects containers"},
		{"br0", Ethernet, "it holds the address of a real adapter"},
		{"vlan5", Ethernet, "it is a part of a real network"},
		{"bond0", Ethernet, "it is several adapters"},
		{"wwan0", Other, "it is a modem"},
		{"home", VPN, "it is WireGuard, whatever its name"},
		{"tailscale0", VPN, "a program made it"},
		{"work", VPN, "it has no hardware"},
		{"gre1", VPN, "it is a tunnel of the kernel"},
		{"eth0", Ethernet, "it is the way out of a container"},
		{"veth1", Virtual, "it is the way into a container"},
		{"mynet", Virtual, "it is no adapter, and the name says nothing"},
		{"dummy0", Virtual, "it is no adapter"},
		{"wlan9", WiFi, "it is not there, so the name has to do"},
		{"", Other, "it has no name"},
		{"../x", Other, "it is no name"},
	}
	for _, tt := range tests {
		if got := kindOf(linux, tt.name); got != tt.want {
			t.Errorf("%q: got kind %d, want %d, because %s", tt.name, got, tt.want, tt.why)
		}
	}
}

// Descriptions as people published them: docker/for-win issue 7179,
// microsoft/WSL issues 6288 and 5821, a German ipconfig /all of 2015.
func TestKindOfAdapter(t *testing.T) {
	tests := []struct {
		adapter
		want Kind
		why  string
	}{
		{adapter{6, "Ethernet", "Cisco AnyConnect Secure Mobility Client Virtual Miniport Adapter for Windows x64", true}, VPN, "it has a way out, but not to phones nearby"},
		{adapter{6, "Ethernet 3", "PANGP Virtual Ethernet Adapter #2", false}, VPN, "it is GlobalProtect"},
		{adapter{6, "Ethernet 4", "Example SSL Virtual Adapter", true}, VPN, "it is virtual and leads out, and is nobody's who makes virtual machines"},
		{adapter{6, "Ethernet 4", "Example Virtual Adapter", false}, Virtual, "it leads nowhere"},
		{adapter{53, "ProtonVPN TUN", "ProtonVPN Tunnel", false}, VPN, "it says so"},
		{adapter{6, "Ethernet", "Microsoft Hyper-V Network Adapter", true}, Ethernet, "it is the way out of a virtual machine"},
		{adapter{6, "vEthernet (Default Switch)", "Hyper-V Virtual Ethernet Adapter", false}, Virtual, "virtual machines are behind it"},
		{adapter{71, "LAN-Verbindung* 1", "Virtueller Microsoft-Adapter für direktes WiFi", false}, WiFi, "phones join it"},
		{adapter{71, "Lenovo Easyplus Hotspot", "Von Microsoft gehosteter, virtueller Netzwerkadapter", false}, WiFi, "phones join it"},
		{adapter{6, "Ethernet 5", "Remote NDIS based Internet Sharing Device", true}, Ethernet, "a phone lends its internet"},
		{adapter{6, "Ethernet 8", "Apple Mobile Device Ethernet", true}, Ethernet, "a phone lends its internet"},
		{adapter{243, "Mobiles Breitband", "Sierra Wireless EM7345 4G LTE", true}, Other, "it is a modem"},
		{adapter{6, "Bluetooth-Netzwerkverbindung", "Bluetooth Device (Personal Area Network)", false}, Other, "it is no cable"},
	}
	for _, tt := range tests {
		if got := tt.kind(); got != tt.want {
			t.Errorf("%+v: got kind %d, want %d, because %s", tt.adapter, got, tt.want, tt.why)
		}
	}
}
