package server

import (
	"context"
	"io/fs"
	"net/netip"

	"windowsill/server/access"
	"windowsill/server/traffic"
	"windowsill/server/wifi"
)

// SetPolicy says who may come in and what they may do: from the next request
// on, and where it shuts somebody out, what is on its way there is cut.
// It holds for later shares too.
func (s *Server) SetPolicy(p Policy) error {
	s.set(func(c *current) {
		c.policy = p
		if c.guard != nil {
			c.guard.SetPolicy(p)
		}
	})
	if r := s.running(); r != nil {
		r.tidy()
		r.web.PolicyChanged()
	}
	if !p.Open {
		s.running().cut(func(id uint64, addr netip.Addr) bool { return id == 0 && !addr.IsLoopback() })
	}
	return nil
}

// SetWhere says at which of this computer's addresses the share is: at once,
// and without a restart. Who came in from where nobody may come in any more is
// cut. Where it cannot listen it stays where it was and returns why.
func (s *Server) SetWhere(w Where) error {
	s.op.Lock()
	defer s.op.Unlock()
	r := s.running()
	if r == nil {
		return nil
	}
	if err := r.endpoint.move(w, s.now().share.Where); err != nil {
		return err
	}
	s.set(func(c *current) { c.share.Where = w })
	return nil
}

// NetworkID returns by which to remember the network that this computer is on,
// whether something is shared or not; "" if there is none.
func (s *Server) NetworkID() string {
	found, err := s.ask()
	if err != nil {
		return ""
	}
	return networkID(found)
}

// WiFiName returns the name of the wireless network that this computer is on;
// "" if it is on none or the system does not tell.
func (s *Server) WiFiName(ctx context.Context) string { return wifi.Current(ctx) }

// ShareHere goes on with a share that has paused, on the networks that this
// computer is on now.
func (s *Server) ShareHere() {
	if r := s.running(); r != nil {
		r.endpoint.place.adopt()
		r.endpoint.announce()
		s.watchers.changed()
	}
}

// OpenFirewall lets devices in through the firewall that the snapshot names, if
// the obstacle says that it can. The system asks the owner for a password first;
// OpenFirewall returns when all that is over. It does nothing while it is asking
// already.
func (s *Server) OpenFirewall() error {
	if r := s.running(); r != nil {
		return r.endpoint.firewall.allow(r.closing)
	}
	return nil
}

// Decide carries out what the owner says to a device, by its number. Sending
// it away or blocking it cuts what is on its way there.
func (s *Server) Decide(id uint64, a Answer) {
	guard := s.now().guard
	if guard == nil {
		return
	}
	addr := guard.Decide(id, a)
	switch a {
	case SendAway:
		s.running().cut(func(of uint64, _ netip.Addr) bool { return of == id })
	case Block:
		blocked := map[netip.Addr]bool{addr: true} // each is looked up once
		s.running().cut(func(of uint64, at netip.Addr) bool {
			if _, known := blocked[at]; !known {
				blocked[at] = guard.IsBlocked(at)
			}
			return of == id || blocked[at]
		})
	}
	s.watchers.changed()
}

// Rename gives a device the name by which the owner knows it.
func (s *Server) Rename(id uint64, name string) {
	if guard := s.now().guard; guard != nil {
		guard.Rename(id, name)
		s.watchers.changed()
	}
}

// Cancel breaks off a transfer, by its ID, and keeps the device from going on
// with it for a minute. It does nothing if that is over.
func (s *Server) Cancel(id uint64) {
	if r := s.running(); r != nil {
		r.record.Cancel(id)
	}
}

// NewCode makes a new key and a new PIN; links and QR codes from before open
// nothing any more. With sendOut, everybody who is in has to come in anew.
func (s *Server) NewCode(sendOut bool) {
	guard := s.now().guard
	if guard == nil {
		return
	}
	guard.NewCode(sendOut)
	if sendOut {
		s.running().cut(func(id uint64, _ netip.Addr) bool { return id != 0 })
	}
	s.watchers.changed()
}

// cut breaks off what is on its way to the devices that which is true for. It
// does nothing if r is nil.
func (r *run) cut(which func(id uint64, addr netip.Addr) bool) {
	if r != nil {
		r.record.Cut(which)
	}
}

// audit puts what the guard tells into the log.
func (s *Server) audit(e access.Event) {
	if record := s.now().record; record != nil {
		record.Note(e.Addr, e.Text)
	}
}

// devices joins what the guard knows of the devices with what they were seen
// to do: those who wait first, then the latest to come in. Those known by
// their address alone are in only while everybody is.
func devices(known []access.Device, seen []traffic.Device, p Policy) []Device {
	byID := make(map[uint64]traffic.Device, len(seen))
	var all, addressesOnly []Device
	for _, t := range seen {
		if t.ID != 0 {
			byID[t.ID] = t
			continue
		}
		if !p.Open {
			continue
		}
		d := Device{Device: access.Device{Addr: t.Addr, Name: t.Name, Mobile: t.Mobile, Status: In, Since: t.First}}
		d.Last, d.Target, d.Counts = t.Last, t.Target, t.Counts
		addressesOnly = append(addressesOnly, d)
	}
	for _, k := range known {
		d := Device{Device: k}
		if t, ok := byID[k.ID]; ok {
			d.Last, d.Target, d.Counts = t.Last, t.Target, t.Counts
		}
		all = append(all, d)
	}
	return append(all, addressesOnly...)
}

// SendText sends a text to the device of that number, or with 0 to all that are
// in and those that come in later. It returns [ErrNoText], [ErrLongText],
// [ErrNoDevice] or, while nothing is shared, [ErrNoShare].
func (s *Server) SendText(text string, to uint64) error {
	if r := s.running(); r != nil {
		return r.web.SendText(text, to)
	}
	return ErrNoShare
}

// TakeBack forgets a text that SendText has sent, by its ID.
func (s *Server) TakeBack(text uint64) {
	if r := s.running(); r != nil {
		r.web.TakeBack(text)
	}
}

// AcceptPage makes the index.html that visitors put into a folder of the share
// the page of that folder. The error satisfies [fs.ErrNotExist] if it is not there
// any more.
func (s *Server) AcceptPage(folder string) error {
	if r := s.running(); r != nil {
		return r.web.AcceptPage(folder)
	}
	return fs.ErrNotExist
}

// Restore brings back what a device deleted, by its ID. If something else has
// its name by now it gets the next one that is free. The error satisfies
// [fs.ErrNotExist] if it is not in the trash any more.
func (s *Server) Restore(id string) error {
	r := s.running()
	if r == nil {
		return fs.ErrNotExist
	}
	_, err := r.web.Restore(id)
	return err
}
