package web

import (
	"net/netip"
	"slices"
	"sync"
	"time"

	"windowsill/server/receive"
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

// maxDeleted is how many deletions are remembered. The oldest is forgotten
// first; what was deleted stays in the trash.
const maxDeleted = 100

// trash remembers what devices deleted.
type trash struct {
	receiver *receive.Receiver
	changed  func()
	forget   func(id string) // unless nil, what was deleted goes for good

	mu  sync.Mutex
	all []Deleted // oldest first; guarded by mu
}

func (t *trash) add(one Deleted) {
	if t.forget != nil {
		t.forget(one.ID)
		return
	}
	t.update(func(all []Deleted) []Deleted {
		all = append(all, one)
		slices.SortStableFunc(all, func(a, b Deleted) int { return a.At.Compare(b.At) }) // a copy in between may have taken long
		return all[max(0, len(all)-maxDeleted):]
	})
}

// restore takes something out of the trash and returns the name it has now. by is
// as for [receive.Receiver.Restore].
func (t *trash) restore(id string, by *receive.Device) (name string, err error) {
	if name, err = t.receiver.Restore(id, by); err != nil {
		return "", err
	}
	t.update(func(all []Deleted) []Deleted {
		return slices.DeleteFunc(all, func(one Deleted) bool { return one.ID == id })
	})
	return name, nil
}

// putBack undoes what has just been.
func (t *trash) putBack(id string) error {
	_, err := t.restore(id, nil)
	return err
}

func (t *trash) update(f func([]Deleted) []Deleted) {
	t.mu.Lock()
	t.all = f(t.all)
	t.mu.Unlock()
	t.changed()
}

func (t *trash) list() []Deleted {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.all)
}
