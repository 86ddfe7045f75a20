package lan

import (
	"bufio"
	"encoding/hex"
	"io/fs"
	"net/netip"
	"slices"
	"strings"
)

// Network is a network that this computer is on, as far as it can be told from
// others without asking anybody there. The zero value is none.
type Network struct {
	Prefix  netip.Prefix // of the addresses there
	Gateway string       // the hardware address of its gateway, "" if unknown
}

// String returns a text by which to remember what belongs to the network; "" if
// there is none.
func (n Network) String() string {
	if n.Gateway != "" || !n.Prefix.IsValid() {
		return n.Gateway
	}
	return n.Prefix.String()
}

// Same reports whether two networks may well be one. Half of all homes have
// the same range of addresses: where both gateways are known, they decide.
func (n Network) Same(as Network) bool {
	if n.Gateway != "" && as.Gateway != "" {
		return n.Gateway == as.Gateway
	}
	return n.Prefix.IsValid() && n.Prefix == as.Prefix
}

// Networks returns the networks that addresses are on, without those that are
// inside of this computer, or that only a tunnel leads to.
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

// gateways returns the hardware address of each interface's way out, as Linux
// tells it in /proc/net, which is proc. It is known once something was sent
// there, which any computer does all the time.
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

// eachRow calls row with the fields of each line but the first, if there are
// enough of them.
func eachRow(proc fs.FS, name string, fields int, row func([]string)) {
	file, err := proc.Open(name)
	if err != nil {
		return // Another system.
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

// addressOf reads an address as the table of routes has it: "0101A8C0" is
// 192.168.1.1 on nearly all computers, whose bytes stand backwards.
func addressOf(backwards string) (netip.Addr, bool) {
	b, err := hex.DecodeString(backwards)
	if err != nil || len(b) != 4 {
		return netip.Addr{}, false
	}
	slices.Reverse(b)
	return netip.AddrFrom4([4]byte(b)), true
}
