package app

import (
	"net/netip"
	"strings"

	"fyne.io/fyne/v2/lang"

	"windowsill/app/words"
	"windowsill/server"
)

// deviceKey identifies a device: by its number, or by its address if it has none.
type deviceKey struct {
	id   uint64
	addr netip.Addr // only if id is 0
}

func keyOf(id uint64, addr netip.Addr) deviceKey {
	if id != 0 {
		addr = netip.Addr{}
	}
	return deviceKey{id, addr}
}

// deviceNames has the names of devices without their browsers: "iPhone".
type deviceNames map[deviceKey]string

func namesOf(devices []server.Device) deviceNames {
	names := make(deviceNames, len(devices))
	for _, d := range devices {
		name, _, _ := strings.Cut(words.Visible(d.Name), " · ")
		names[keyOf(d.ID, d.Addr)] = name
	}
	return names
}

// of returns the name of a device, or its address.
func (n deviceNames) of(k deviceKey) string {
	if name := n[k]; name != "" {
		return name
	}
	return addressName(k.addr)
}

// ofTransfer returns the name of the device of a transfer, or its address.
func (n deviceNames) ofTransfer(t server.Transfer) string {
	if name := n[keyOf(t.Device, t.Addr)]; name != "" {
		return name
	}
	return addressName(t.Addr)
}

// addressName names a device that is known only by its address, if at all.
func addressName(a netip.Addr) string {
	switch {
	case a.IsLoopback():
		return lang.L("this computer")
	case a.IsValid():
		return a.String()
	}
	return lang.L("a device")
}
