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

// deviceNames has the names of devices, without their browsers where that is enough to
// tell them apart: "iPhone".
type deviceNames map[deviceKey]string

func namesOf(devices []server.Device) deviceNames {
	names, count := make(deviceNames, len(devices)), map[string]int{}
	for _, d := range devices {
		count[shortName(d.Name)]++
	}
	for _, d := range devices {
		name := shortName(d.Name)
		if count[name] > 1 {
			name = words.Device(d.Name)
		}
		names[keyOf(d.ID, d.Addr)] = name
	}
	return names
}

// shortName returns a device's name without its browser.
func shortName(name string) string {
	name, _, _ = strings.Cut(words.Device(name), " · ")
	return name
}

// of returns the name of a device, or its address.
func (n deviceNames) of(k deviceKey) string {
	if name := n[k]; name != "" {
		return name
	}
	return addressName(k.addr)
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
