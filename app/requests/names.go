package requests

import (
	"maps"
	"net/netip"
	"strings"

	"fyne.io/fyne/v2/lang"

	"windowsill/app/words"
	"windowsill/server"
)

// deviceNames has the names of devices by number, and by address for requests without
// one, such as the first of each device.
type deviceNames struct {
	byID   map[uint64]deviceName
	byAddr map[netip.Addr]deviceName
}

// deviceName is a name as it is shown, without the browser, and all of it in lower case,
// to search for.
type deviceName struct{ shown, lower string }

func namesOfDevices(devices []server.Device) deviceNames {
	n := deviceNames{map[uint64]deviceName{}, map[netip.Addr]deviceName{}}
	at := map[netip.Addr]int{} // how many devices
	for _, d := range devices {
		at[d.Addr]++
	}
	for _, d := range devices {
		all := words.Device(d.Name)
		shown, _, _ := strings.Cut(all, " · ")
		name := deviceName{shown, strings.ToLower(all)}
		if d.ID != 0 {
			n.byID[d.ID] = name
		}
		if d.ID == 0 || at[d.Addr] == 1 {
			n.byAddr[d.Addr] = name
		}
	}
	return n
}

// of returns the name of the device that made a request, empty if it has none.
func (n deviceNames) of(r *server.Request) deviceName {
	if r.Device != 0 {
		return n.byID[r.Device]
	}
	return n.byAddr[r.Addr]
}

func (n deviceNames) equal(o deviceNames) bool {
	return maps.Equal(n.byID, o.byID) && maps.Equal(n.byAddr, o.byAddr)
}

// text returns what is shown for the device of a request: its name, or else its address.
func (n deviceNames) text(r *server.Request) string {
	switch name := n.of(r).shown; {
	case name != "":
		return name
	case r.Addr.IsLoopback():
		return lang.L("this computer")
	}
	return addrText(r.Addr)
}
