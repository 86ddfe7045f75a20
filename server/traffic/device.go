package traffic

import (
	"container/list"
	"net"
	"net/http"
	"net/netip"
	"sync/atomic"
	"time"
	"unique"
)

// maxDevices bounds the list against an address that changes all the time.
const maxDevices = 1000

// device is one entry of the list. Its Bytes stand in sent.
type device struct {
	Device
	title title
	agent unique.Handle[string] // the latest User-Agent; keeps the one string that all log rows share
	place *list.Element         // in devices.seenLast
	sent  atomic.Int64          // bytes
}

// devices are the known devices, at most maxDevices.
type devices struct {
	byAddr   map[netip.Addr]*device
	seenLast list.List // of *device, the one seen last in front
}

// seen counts a request from addr. It reports whether the User-Agent is the
// one that this device had the last time.
func (ds *devices) seen(addr netip.Addr, now time.Time, agent unique.Handle[string]) (*device, bool) {
	d := ds.byAddr[addr]
	if d == nil {
		d = ds.add(addr, now)
	} else {
		ds.seenLast.MoveToFront(d.place)
	}
	d.Last = now
	d.Requests++
	known := d.agent == agent
	d.agent = agent
	return d, known
}

// add enters a new device; the one that was not seen for longest makes room.
func (ds *devices) add(addr netip.Addr, now time.Time) *device {
	if ds.byAddr == nil {
		ds.byAddr = map[netip.Addr]*device{}
	}
	if len(ds.byAddr) == maxDevices {
		oldest := ds.seenLast.Remove(ds.seenLast.Back()).(*device)
		delete(ds.byAddr, oldest.Addr)
	}
	d := &device{Device: Device{Addr: addr, Name: unknownDevice, First: now}}
	d.place = ds.seenLast.PushFront(d)
	ds.byAddr[addr] = d
	return d
}

// list returns the devices in no order.
func (ds *devices) list() []Device {
	all := make([]Device, 0, len(ds.byAddr))
	for _, d := range ds.byAddr {
		d.Device.Bytes = d.sent.Load()
		all = append(all, d.Device)
	}
	return all
}

// call gives the device a name if that says more than the one it has.
func (d *device) call(t title) {
	if t.worth <= d.title.worth {
		return
	}
	d.title = t
	d.Name, d.Mobile = t.name, t.mobile
}

// addrOf returns the address in "host:port" without zone and unmapped; the
// zero Addr if there is none.
func addrOf(hostPort string) netip.Addr {
	ap, err := netip.ParseAddrPort(hostPort)
	if err != nil {
		return netip.Addr{}
	}
	return ap.Addr().Unmap().WithZone("")
}

// isSelf reports whether the request comes from this computer: over loopback,
// or from the very address that it was sent to.
func isSelf(req *http.Request, addr netip.Addr) bool {
	if addr.IsLoopback() {
		return true
	}
	local, ok := req.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	return ok && addr == local.AddrPort().Addr().Unmap().WithZone("")
}
