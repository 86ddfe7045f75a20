package traffic

import (
	"container/list"
	"hash/maphash"
	"net"
	"net/http"
	"net/netip"
	"sync/atomic"
	"time"
	"unique"

	"golang.org/x/time/rate"
)

// maxDevices bounds the list against an address that changes all the time.
const maxDevices = 1000

// maxOpened is how many folders, and files, of a device are told apart. Beyond
// it each one counts every time.
const maxOpened = 500

// device is one entry of the list. Its Bytes are in sent and its Received in
// received while it is there.
type device struct {
	Device
	who     identity
	title   title
	agent   unique.Handle[string] // the latest User-Agent; keeps the one string that all log rows share
	place   *list.Element         // in devices.seenLast
	sent    atomic.Int64          // bytes
	limiter *rate.Limiter

	received atomic.Int64        // bytes
	opened   map[uint64]struct{} // hashes of folders, at most maxOpened
	whole    map[uint64]struct{} // and of files that it got or brought
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
	speed    int64     // for each, in bytes per second; 0 for no bound
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

// add enters a new device; the one seen longest ago makes room.
func (ds *devices) add(who identity, now time.Time) *device {
	if ds.known == nil {
		ds.known = map[identity]*device{}
	}
	if len(ds.known) == maxDevices {
		oldest := ds.seenLast.Remove(ds.seenLast.Back()).(*device)
		delete(ds.known, oldest.who)
	}
	d := &device{Device: Device{ID: who.id, Name: unknownDevice, First: now}, who: who, limiter: newLimiter(ds.speed)}
	d.place = ds.seenLast.PushFront(d)
	ds.known[who] = d
	return d
}

// list returns the devices in no order.
func (ds *devices) list() []Device {
	all := make([]Device, 0, len(ds.known))
	for _, d := range ds.known {
		d.Device.Bytes, d.Device.Received = d.sent.Load(), d.received.Load()
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

// did counts a thing that went whole: each folder and each file once.
func (d *device) did(t *Thing) {
	switch t.Kind {
	case Folder:
		d.Folders += once(&d.opened, t.Key)
	case Arrival:
		d.Brought += once(&d.whole, "in "+t.Key)
	default:
		d.Files += once(&d.whole, t.Key)
	}
}

// once returns 1 if text is not yet in the set, else 0.
func once(set *map[uint64]struct{}, text string) int {
	if *set == nil {
		*set = map[uint64]struct{}{}
	}
	hash := maphash.String(hashSeed, text)
	if _, known := (*set)[hash]; known {
		return 0
	}
	if len(*set) < maxOpened {
		(*set)[hash] = struct{}{}
	}
	return 1
}

var hashSeed = maphash.MakeSeed()

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

// ZonedAddrOf is AddrOf with the zone.
func ZonedAddrOf(req *http.Request) netip.Addr {
	ap, _ := netip.ParseAddrPort(req.RemoteAddr) // the zero AddrPort if there is none
	return ap.Addr().Unmap()
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
