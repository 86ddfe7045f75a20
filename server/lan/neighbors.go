package lan

import (
	"net/netip"
	"sync"
	"time"
)

// neighborsFresh is how long an entry of the neighbour table is believed.
const neighborsFresh = time.Second

// Neighbors tells devices by their hardware addresses, which a device has once
// for all its addresses of IPv4 and IPv6. Only Linux tells them; elsewhere, and
// beyond a router, they are unknown. The zero value is ready for use, by any
// number of goroutines.
type Neighbors struct {
	mu    sync.Mutex
	read  time.Time             // when the table was; guarded by mu
	table map[netip.Addr]string // guarded by mu
}

// HardwareAddr returns the hardware address of the device at an address on the
// local network, "" if that is unknown. It may ask the system, which answers at
// once.
func (n *Neighbors) HardwareAddr(a netip.Addr) string {
	a = a.Unmap().WithZone("")
	n.mu.Lock()
	defer n.mu.Unlock()
	if hardware := n.table[a]; hardware != "" && time.Since(n.read) < neighborsFresh {
		return hardware
	}
	n.table, n.read = tableOf(neighbors()), time.Now()
	return n.table[a]
}

// neighbor is an entry of the system's neighbour table.
type neighbor struct {
	addr     netip.Addr // without zone
	hardware string     // its six bytes, or however many
}

// tableOf returns the hardware address by address. It leaves out those that do not
// tell one device from others: a repeater may give its own to all behind it, which
// shows by several addresses of IPv4; and the same link-local address can be on
// two links.
func tableOf(all []neighbor) map[netip.Addr]string {
	table, v4 := map[netip.Addr]string{}, map[string]netip.Addr{}
	shared := map[string]bool{}
	for _, n := range all {
		if before, ok := table[n.addr]; ok && before != n.hardware {
			n.hardware = ""
		}
		table[n.addr] = n.hardware
		if before, ok := v4[n.hardware]; n.addr.Is4() {
			shared[n.hardware] = shared[n.hardware] || ok && before != n.addr
			v4[n.hardware] = n.addr
		}
	}
	for addr, hardware := range table {
		if hardware == "" || shared[hardware] {
			delete(table, addr)
		}
	}
	return table
}
