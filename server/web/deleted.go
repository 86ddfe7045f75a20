package web

import (
	"net/netip"
	"slices"
	"sync"
	"time"
)

// Deleted is something that a device put into the trash. It can be brought
// back while the share lasts.
type Deleted struct {
	ID     string // of its place in the trash
	Name   string // that it had in the share
	Device uint64 // the number of the device; 0 if it has none
	Addr   netip.Addr
	At     time.Time
}

// mostDeleted is how much that was deleted is remembered. The oldest goes
// first; it stays in the trash.
const mostDeleted = 100

// deletions remembers what devices deleted.
type deletions struct {
	changed func() // nil if nobody wants to know

	mu  sync.Mutex
	all []Deleted // oldest first; guarded by mu
}

func (d *deletions) add(one Deleted) {
	d.change(func(all []Deleted) []Deleted {
		all = append(all, one)
		return all[max(0, len(all)-mostDeleted):]
	})
}

func (d *deletions) remove(id string) {
	d.change(func(all []Deleted) []Deleted {
		return slices.DeleteFunc(all, func(one Deleted) bool { return one.ID == id })
	})
}

func (d *deletions) change(f func([]Deleted) []Deleted) {
	d.mu.Lock()
	d.all = f(d.all)
	d.mu.Unlock()
	if d.changed != nil {
		d.changed()
	}
}

func (d *deletions) list() []Deleted {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.all)
}

// Restore takes something out of the trash and returns the name it has now.
// The error satisfies [fs.ErrNotExist] if it is not in the trash any more.
func (s *site) Restore(id string) (name string, err error) {
	name, err = s.receiver.Restore(id)
	if err == nil {
		s.deletions.remove(id)
	}
	return name, err
}

// Deleted returns what devices deleted and can be brought back, oldest first.
func (s *site) Deleted() []Deleted { return s.deletions.list() }
