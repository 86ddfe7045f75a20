package requests

import (
	"maps"
	"net/netip"
	"strings"

	"windowsill/app/words"
	"windowsill/server"
)

// deviceNames has the names of devices in lower case, by number, or by address for
// devices without one.
type deviceNames struct {
	byID   map[uint64]string
	byAddr map[netip.Addr]string
}

func namesOfDevices(devices []server.Device) deviceNames {
	n := deviceNames{map[uint64]string{}, map[netip.Addr]string{}}
	for _, d := range devices {
		name := strings.ToLower(words.Visible(d.Name))
		if d.ID != 0 {
			n.byID[d.ID] = name
		} else {
			n.byAddr[d.Addr] = name
		}
	}
	return n
}

// of returns the name of the device that made a request, "" if it has none.
func (n deviceNames) of(r *server.Request) string {
	if r.Device != 0 {
		return n.byID[r.Device]
	}
	return n.byAddr[r.Addr]
}

func (n deviceNames) equal(o deviceNames) bool {
	return maps.Equal(n.byID, o.byID) && maps.Equal(n.byAddr, o.byAddr)
}
