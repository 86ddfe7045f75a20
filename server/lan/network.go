package lan

import (
	"bufio"
	"encoding/hex"
	"io/fs"
	"net/netip"
	"slices"
	"strings"
)

// Network identifies a network that this computer is on, as far as that is
// possible without sending anything. The zero value is no network.
type Network struct {
	Prefix  netip.Prefix // of its addresses
	Gateway string       // hardware address of its gateway; "" if unknown
}

// String returns an identifier of the network, to be stored; "" if there is none.
func (n Network) String() string {
	if n.Gateway != "" || !n.Prefix.IsValid() {
		return n.Gateway
	}
	return n.Prefix.String()
}

// Same reports whether two networks are probably the same. If both gateways are
// known, they decide, since half of all homes use the same range of addresses.
func (n Network) Same(as Network) bool {
	if n.Gateway != "" && as.Gateway != "" {
		return n.Gateway == as.Gateway
	}
	return n.Prefix.IsValid() && n.Prefix == as.Prefix
}

// Networks returns the networks that addresses are on, except those inside this
// computer and those at the end of a tunnel.
func Networks(addresses []Address) []Network {
	var found []Network
	for _, a := range addresses {
		inside := a.Kind == Virtual || a.Kind == VPN || a.Kind == Loopback || a.Addr.IsLinkLocalUnicast()
		if !inside && a.Network.Prefix.IsValid() && !slices.ContainsFunc(found, a.Network.Same) {
			found = append(found, a.Network)
		}
	}
	return found
}

// gateways returns the hardware address of the gateway of each interface,
// according to proc, which is Linux's /proc/net. It is known once something was
// sent there, which happens all the time.
func gateways(proc fs.FS) map[string]string {
	neighbours := map[string]string{} // by address and interface
	eachRow(proc, "arp", 6, func(f []string) {
		if f[2] != "0x0" && f[3] != "00:00:00:00:00:00" {
			neighbours[f[0]+"%"+f[5]] = f[3]
		}
	})
	found := map[string]string{}
	eachRow(proc, "route", 8, func(f []string) {
		gateway, ok := addressOf(f[2])
		if mac := neighbours[gateway.String()+"%"+f[0]]; ok && mac != "" && f[1] == "00000000" && found[f[0]] == "" {
			found[f[0]] = mac
		}
	})
	return found
}

// eachRow calls row with the fields of each line except the first, if there are
// enough.
func eachRow(proc fs.FS, name string, fields int, row func([]string)) {
	file, err := proc.Open(name)
	if err != nil {
		return // not Linux
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Scan()
	for lines.Scan() {
		if f := strings.Fields(lines.Text()); len(f) >= fields {
			row(f)
		}
	}
}

// addressOf parses an address of the routing table, which is in the byte order of
// the computer: on nearly all of them, "0101A8C0" is 192.168.1.1.
func addressOf(littleEndian string) (netip.Addr, bool) {
	b, err := hex.DecodeString(littleEndian)
	if err != nil || len(b) != 4 {
		return netip.Addr{}, false
	}
	slices.Reverse(b)
	return netip.AddrFrom4([4]byte(b)), true
}
