package lan

import (
	"bufio"
	"bytes"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"sync"
)

// nameKind is what names of interfaces that match a pattern tell.
type nameKind struct {
	kind    Kind
	pattern *regexp.Regexp
}

// nameKinds guesses the kind of an interface by its name. The first pattern that
// matches counts. They are compiled when a name is first asked about: that takes nearly
// a millisecond of the start, and Linux itself knows the kind of most.
var nameKinds = sync.OnceValue(func() []nameKind {
	return []nameKind{
		// Names of Linux, then of macOS, then what names of Windows contain.
		{VPN, regexp.MustCompile(`(?i)^(tun|tap|wg|tailscale|zt|ppp|ipsec|nordlynx|proton|gre|sit|vti|ip6tnl)` +
			`|^(utun|feth)\d` +
			`|vpn|wireguard|tailscale|zerotier|wintun|tap-windows|\btunnel` +
			`|anyconnect|cisco secure client|pangp|globalprotect|forti(net|client)|pulse secure|juniper networks` +
			`|check ?point|sonicwall|zscaler|netskope|cloudflare|hamachi|wan miniport`)},
		{Virtual, regexp.MustCompile(`(?i)^(docker|veth|br-|br\d|virbr|vnet|lxc|lxdbr|cni|flannel|cali|podman|dummy|ifb|vmnet|vboxnet|macvtap|ovs)` +
			`|^(awdl|llw|bridge|ap|anpi|vmenet|gif|stf)\d` +
			`|virtualbox|vmware|vmxnet|hyper-v|\(wsl|loopback|\bvirtual\b|\* ?\d+$`)},
		{WiFi, regexp.MustCompile(`(?i)^wl|^ath\d|wi-?fi|wlan|wireless|drahtlos`)},
		{Other, regexp.MustCompile(`(?i)bluetooth`)},
		{Ethernet, regexp.MustCompile(`(?i)^(eth|en[opsx]|usb\d|bond\d)|^local area connection|^lan-verbindung`)},
	}
})

// kindByName guesses the kind of an interface by its name. It is Other for names
// that say nothing, such as en0 of macOS.
func kindByName(name string) Kind {
	for _, n := range nameKinds() {
		if n.pattern.MatchString(name) {
			return n.kind
		}
	}
	return Other
}

// kindOf returns the kind of an interface according to sys, which is Linux's
// /sys/class/net, or by its name if that does not know it.
func kindOf(sys fs.FS, name string) Kind {
	attributes, err := fs.ReadDir(sys, name)
	if err != nil {
		return kindByName(name)
	}
	has := map[string]bool{}
	for _, a := range attributes {
		has[a.Name()] = true
	}
	switch deviceType(sys, name) {
	case "wlan":
		return WiFi
	case "wireguard":
		return VPN
	case "wwan", "bluetooth":
		return Other
	case "bond", "vlan":
		return Ethernet
	}
	switch {
	case has["wireless"] || has["phy80211"]:
		return WiFi
	case has["tun_flags"] || isTunnel(sys, name):
		return VPN
	case has["bridge"]:
		return kindOfBridge(sys, name)
	case has["device"]:
		return Ethernet
	}
	return kindWithoutDevice(name)
}

// kindWithoutDevice is for interfaces without hardware. Inside a container they
// have the names of real ones, and are the way out.
func kindWithoutDevice(name string) Kind {
	if kind := kindByName(name); kind != Other {
		return kind
	}
	return Virtual
}

// kindOfBridge tells a bridge that includes a real adapter, and has its address,
// from one between containers.
func kindOfBridge(sys fs.FS, name string) Kind {
	members, _ := fs.ReadDir(sys, path.Join(name, "brif"))
	for _, m := range members {
		if _, err := fs.Stat(sys, path.Join(m.Name(), "device")); err == nil {
			return Ethernet
		}
	}
	return Virtual
}

// deviceType returns the DEVTYPE that the kernel gives interfaces other than plain
// Ethernet.
func deviceType(sys fs.FS, name string) string {
	event, _ := fs.ReadFile(sys, path.Join(name, "uevent"))
	for lines := bufio.NewScanner(bytes.NewReader(event)); lines.Scan(); {
		if value, ok := strings.CutPrefix(lines.Text(), "DEVTYPE="); ok {
			return value
		}
	}
	return ""
}

// isTunnel reports whether the hardware type of an interface (ARPHRD_ in if_arp.h)
// is one that carries packets inside packets.
func isTunnel(sys fs.FS, name string) bool {
	hardware, _ := fs.ReadFile(sys, path.Join(name, "type"))
	switch strings.TrimSpace(string(hardware)) {
	case "512", // PPP
		"768", "769", "776", "778", "823", // IPIP, TUNNEL6, SIT, IPGRE, IP6GRE
		"65534": // NONE
		return true
	}
	return false
}

// adapter is what Windows tells about a network adapter.
type adapter struct {
	ifType            uint32 // IANA's ifType
	name, description string // by a person, who may choose any, and by its maker
	gateway           bool   // it has a gateway
}

// hypervisor tells adapters of virtual machines from those of unknown VPNs, which
// are called virtual as well.
var hypervisor = regexp.MustCompile(`(?i)hyper-v|vmware|vmxnet|virtualbox|parallels`)

// kind returns the kind of an adapter. A virtual one may stand for a real one:
// Hyper-V gives it the real one's address when virtual machines are to be in the
// same network, and inside a virtual machine there is no other. Such adapters
// have a gateway, unlike those between this computer and its machines.
func (a adapter) kind() Kind {
	if a.ifType == 71 { // ieee80211, which the mobile hotspot has as well
		return WiFi
	}
	for _, text := range []string{a.description, a.name} {
		switch kind := kindByName(text); {
		case kind == VPN, kind == Virtual && !a.gateway:
			return kind
		case kind == Virtual && hypervisor.MatchString(text):
			return Ethernet
		case kind == Virtual:
			return VPN
		}
	}
	switch a.ifType {
	case 23, 131, 53: // ppp, tunnel, propVirtual
		return VPN
	case 24: // softwareLoopback
		return Virtual
	case 6: // ethernetCsmacd, which Bluetooth has as well
		if !strings.Contains(strings.ToLower(a.description), "bluetooth") {
			return Ethernet
		}
		return Other
	}
	return kindByName(a.name)
}
