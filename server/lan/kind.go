package lan

import (
	"bufio"
	"bytes"
	"io/fs"
	"path"
	"regexp"
	"strings"
)

// nameKinds tells an interface's kind by its name, for systems that tell no
// better. The first pattern that fits counts.
var nameKinds = []struct {
	kind    Kind
	pattern *regexp.Regexp
}{
	// Linux, then macOS, then what names of Windows contain.
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

// kindByName guesses what an interface is. A name that says nothing, such as
// en0 of macOS, is Other.
func kindByName(name string) Kind {
	for _, n := range nameKinds {
		if n.pattern.MatchString(name) {
			return n.kind
		}
	}
	return Other
}

// kindOf says what an interface is. It asks Linux's /sys/class/net, which is
// sys; where that does not know the interface, its name has to do.
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

// kindWithoutDevice is for interfaces that are made of software. Inside a
// container they have the names of real ones, and are the way out.
func kindWithoutDevice(name string) Kind {
	if kind := kindByName(name); kind != Other {
		return kind
	}
	return Virtual
}

// kindOfBridge tells a bridge that a real adapter belongs to, and which
// carries the adapter's address, from one between containers.
func kindOfBridge(sys fs.FS, name string) Kind {
	members, _ := fs.ReadDir(sys, path.Join(name, "brif"))
	for _, m := range members {
		if _, err := fs.Stat(sys, path.Join(m.Name(), "device")); err == nil {
			return Ethernet
		}
	}
	return Virtual
}

// deviceType returns the DEVTYPE that the kernel gives to all interfaces but
// the plain ones.
func deviceType(sys fs.FS, name string) string {
	event, _ := fs.ReadFile(sys, path.Join(name, "uevent"))
	for lines := bufio.NewScanner(bytes.NewReader(event)); lines.Scan(); {
		if value, ok := strings.CutPrefix(lines.Text(), "DEVTYPE="); ok {
			return value
		}
	}
	return ""
}

// isTunnel reports whether the interface's hardware type (ARPHRD_ in Linux's
// if_arp.h) is one of those that carry packets inside of packets.
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

// adapter is what Windows tells of one.
type adapter struct {
	ifType            uint32 // IANA's ifType
	name, description string // what a person calls it, which may be anything, and what its maker does
	gateway           bool   // a way out is known there
}

// hypervisor tells the adapters of virtual machines from those of VPNs that are
// unknown here: both call themselves virtual.
var hypervisor = regexp.MustCompile(`(?i)hyper-v|vmware|vmxnet|virtualbox|parallels`)

// kind says what an adapter is. Hyper-V gives the address of a real adapter to
// one of its own when virtual machines are to be in the same network, and
// inside of a virtual machine there are no others: those have a way out, while
// the ones between this computer and its machines have none.
func (a adapter) kind() Kind {
	if a.ifType == 71 { // ieee80211, also that of Windows' own hotspot
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
	case 6: // ethernetCsmacd, which Bluetooth says as well
		if !strings.Contains(strings.ToLower(a.description), "bluetooth") {
			return Ethernet
		}
		return Other
	}
	return kindByName(a.name)
}
