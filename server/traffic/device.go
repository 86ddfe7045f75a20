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
	who   identity
	title title
	agent unique.Handle[string] // the latest User-Agent; keeps the one string that all log rows share
	place *list.Element         // in devices.seenLast
	sent  atomic.Int64          // bytes
}

// identity is what tells a device apart: its number if it has one, else its
// address.
type identity struct {
	id   uint64
	addr netip.Addr // the zero Addr if id is not 0
}

// devices are the known devices, at most maxDevices.
type devices struct {
	known    map[identity]*device
	seenLast list.List // of *device, the one seen last in front
}

// seen counts a request from the device with a number, or from addr if that
// is 0. It reports whether the User-Agent is the one that this device had the
// last time.
func (ds *devices) seen(id uint64, addr netip.Addr, now time.Time, agent unique.Handle[string]) (*device, bool) {
	who := identity{id: id}
	if id == 0 {
		who.addr = addr
	}
	d := ds.known[who]
	if d == nil {
		d = ds.add(who, now)
	} else {
		ds.seenLast.MoveToFront(d.place)
	}
	d.Addr, d.Last = addr, now
	d.Requests++
	known := d.agent == agent
	d.agent = agent
	return d, known
}

// add enters a new device; the one that was not seen for longest makes room.
func (ds *devices) add(who identity, now time.Time) *device {
	if ds.known == nil {
		ds.known = map[identity]*device{}
	}
	if len(ds.known) == maxDevices {
		oldest := ds.seenLast.Remove(ds.seenLast.Back()).(*device)
		delete(ds.known, oldest.who)
	}
	d := &device{Device: Device{ID: who.id, Name: unknownDevice, First: now}, who: who}
	d.place = ds.seenLast.PushFront(d)
	ds.known[who] = d
	return d
}

// list returns the devices in no order.
func (ds *devices) list() []Device {
	all := make([]Device, 0, len(ds.known))
	for _, d := range ds.known {
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

// AddrOf returns the address that a request came from, without zone and
// unmapped; the zero Addr if there is none.
func AddrOf(req *http.Request) netip.Addr { return addrOf(req.RemoteAddr) }

// isSelf reports whether the request comes from this computer: over loopback,
// or from the very address that it was sent to.
func isSelf(req *http.Request, addr netip.Addr) bool {
	if addr.IsLoopback() {
		return true
	}
	local, ok := req.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	return ok && addr == local.AddrPort().Addr().Unmap().WithZone("")
}
