package access

import (
	"iter"
	"net/netip"
	"time"
)

const (
	maxDevices = 1000            // then the one not seen for the longest time is forgotten
	goneAfter  = 2 * time.Minute // a waiting device not seen for so long has left
)

// register holds all known devices. It is guarded by its guard's mu.
type register struct {
	lastID   uint64
	devices  map[string]*device  // by token: those with a cookie
	programs map[program]*device // those that bring the PIN each time
}

// program is what tells programs apart that bring the PIN each time.
type program struct {
	addr       netip.Addr
	name, user string // as they call themselves
}

// programOf returns which program a request comes from.
func programOf(user string, from DeviceInfo) program {
	return program{from.Addr, from.Name, cleanName(user, "")}
}

func newRegister() register {
	return register{devices: map[string]*device{}, programs: map[program]*device{}}
}

// each calls f with every device.
func (r *register) each(f func(*device)) {
	for _, d := range r.devices {
		f(d)
	}
	for _, d := range r.programs {
		f(d)
	}
}

// waiting yields the devices that wait for the owner.
func (r *register) waiting() iter.Seq[*device] {
	return func(yield func(*device) bool) {
		for _, d := range r.devices {
			if d.Status == Waiting && !yield(d) {
				return
			}
		}
	}
}

func (r *register) byID(id uint64) (found *device) {
	r.each(func(d *device) {
		if d.ID == id {
			found = d
		}
	})
	return found
}

// known returns the device with a token, or a new one if there is none.
func (r *register) deviceFor(token string, from DeviceInfo) *device {
	d := r.devices[token]
	if d == nil {
		d = r.add(from)
		d.token = newToken()
		r.devices[d.token] = d
	}
	d.Addr, d.group, d.lastSeen = from.Addr, from.group(), time.Now()
	return d
}

// program returns a program, or a new one if it is not known.
func (r *register) program(who program, from DeviceInfo) *device {
	d := r.programs[who]
	if d == nil {
		d = r.add(from)
		d.program = who
		r.programs[who] = d
	}
	d.group, d.lastSeen = from.group(), time.Now()
	return d
}

// add makes a device. If there are too many, it forgets another one.
func (r *register) add(from DeviceInfo) *device {
	if len(r.devices)+len(r.programs) >= maxDevices {
		var oldest *device
		r.each(func(d *device) {
			if oldest == nil || d.lastSeen.Before(oldest.lastSeen) {
				oldest = d
			}
		})
		r.forget(oldest)
	}
	r.lastID++
	return &device{Device: Device{ID: r.lastID, Addr: from.Addr, Name: cleanName(from.Name, "Device"), Mobile: from.Mobile, Since: time.Now()}, lastSeen: time.Now()}
}

// forget makes a device unknown and wakes those in Wait.
func (r *register) forget(d *device) {
	d.become(Unknown)
	if d.token == "" {
		delete(r.programs, d.program)
	}
	delete(r.devices, d.token)
}

// forgetGone forgets waiting devices whose page is no longer open.
func (r *register) forgetGone() {
	for d := range r.waiting() {
		if time.Since(d.lastSeen) > goneAfter {
			r.forget(d)
		}
	}
}
