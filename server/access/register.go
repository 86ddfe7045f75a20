package access

import (
	"iter"
	"net/netip"
	"time"
)

const (
	mostDevices = 1000            // remembered; beyond that the longest unheard goes
	silentFor   = 2 * time.Minute // a waiting device unheard for so long has left
)

// register is the book of all devices that are known. It is guarded by its
// guard's lock.
type register struct {
	lastID   uint64
	devices  map[string]*device     // by token: those with a cookie
	programs map[netip.Addr]*device // those that bring the PIN along each time
}

func newRegister() register {
	return register{devices: map[string]*device{}, programs: map[netip.Addr]*device{}}
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
func (r *register) known(token string, v Visitor) *device {
	d := r.devices[token]
	if d == nil {
		d = r.add(v)
		d.token = newToken()
		r.devices[d.token] = d
	}
	d.Addr, d.heard = v.Addr, time.Now()
	return d
}

// program returns the program at an address, or a new one if there is none.
func (r *register) program(v Visitor) *device {
	d := r.programs[v.Addr]
	if d == nil {
		d = r.add(v)
		r.programs[v.Addr] = d
	}
	d.heard = time.Now()
	return d
}

// add makes a device, and room for it.
func (r *register) add(v Visitor) *device {
	if len(r.devices)+len(r.programs) >= mostDevices {
		var oldest *device
		r.each(func(d *device) {
			if oldest == nil || d.heard.Before(oldest.heard) {
				oldest = d
			}
		})
		r.forget(oldest)
	}
	r.lastID++
	return &device{Device: Device{ID: r.lastID, Addr: v.Addr, Name: tame(v.Name, "Device"), Mobile: v.Mobile, Since: time.Now()}, heard: time.Now()}
}

// forget makes a device unknown and wakes whoever waits for it.
func (r *register) forget(d *device) {
	d.become(Unknown)
	if d.token == "" {
		delete(r.programs, d.Addr)
	}
	delete(r.devices, d.token)
}

// forgetSilent forgets the waiting devices whose page is no longer open.
func (r *register) forgetSilent() {
	for d := range r.waiting() {
		if time.Since(d.heard) > silentFor {
			r.forget(d)
		}
	}
}
