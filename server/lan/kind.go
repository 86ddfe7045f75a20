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
		`|vpn|wireguard|tailscale|zerotier|wintun|tap-windows|\btunnel`)},
	{Virtual, regexp.MustCompile(`(?i)^(docker|veth|br-|br\d|virbr|vnet|lxc|lxdbr|cni|flannel|cali|podman|dummy|ifb|vmnet|vboxnet|macvtap|ovs)` +
		`|^(awdl|llw|bridge|ap|anpi|vmenet|gif|stf)\d` +
		`|virtualbox|vmware|hyper-v|\(wsl|loopback|connection\* |verbindung\* `)},
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

// kindOfAdapter says what an adapter of Windows is, by its type (IANA's ifType)
// and by what its maker calls it: a person can give it any name.
func kindOfAdapter(ifType uint32, name, description string) Kind {
	for _, text := range []string{description, name} {
		if kind := kindByName(text); kind == VPN || kind == Virtual {
			return kind
		}
	}
	switch ifType {
	case 71: // ieee80211
		return WiFi
	case 23, 131, 53: // ppp, tunnel, propVirtual
		return VPN
	case 24: // softwareLoopback
		return Virtual
	case 6: // ethernetCsmacd, which Bluetooth says as well
		if !strings.Contains(strings.ToLower(description), "bluetooth") {
			return Ethernet
		}
		return Other
	}
	return kindByName(name)
}
