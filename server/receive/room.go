package receive

import (
	"errors"
	"sync"
)

// Why there is no room for a file.
var (
	ErrFileLimit  = errors.New("larger than the owner lets files be")
	ErrTotalLimit = errors.New("more than the owner takes in all")
	ErrNoRoom     = errors.New("not enough room on the drive")
)

const (
	defaultReserve = 512 << 20
	// step is how many bytes are booked at a time where it is not known how
	// many will come.
	step = 8 << 20
)

// Limits is what the owner has room for, in bytes.
type Limits struct {
	File    int64 // of one file; 0 is no limit
	Total   int64 // of all together that come in while the share lasts; 0 is no limit
	Reserve int64 // that stay free on the drive; 0 stands for 512 MB, less than 0 for none
}

// room keeps count of what came in and what has been promised to those that
// are on their way, so that together they get no more than there is.
type room struct {
	free func(folder string) (int64, error)

	mu       sync.Mutex
	limits   Limits // guarded by mu
	taken    int64  // bytes written and promised; guarded by mu
	promised int64  // bytes of taken that are not on the disk yet; guarded by mu
}

// booking is the room that one file has been promised.
type booking struct {
	room   *room
	folder string
	before int64 // bytes of the file that were there when it was booked
	size   int64 // bytes promised
	wrote  int64 // bytes of size that are on the disk
}

// book promises room for size more bytes of a file that has before bytes. If
// the size is not known, -1, it promises room bit by bit.
func (r *room) book(folder string, before, size int64) (*booking, error) {
	b := &booking{room: r, folder: folder, before: before}
	return b, b.extend(max(size, 0))
}

// extend promises n bytes more.
func (b *booking) extend(n int64) error {
	r := b.room
	if limit := r.has().File; limit > 0 && b.before+b.size+n > limit {
		return ErrFileLimit
	}
	free, err := r.free(b.folder)
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if limit := r.limits.Total; limit > 0 && r.taken+n > limit {
		return ErrTotalLimit
	}
	if free-r.reserve()-r.promised < n {
		return ErrNoRoom
	}
	b.size += n
	r.taken += n
	r.promised += n
	return nil
}

func (r *room) has() Limits {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.limits
}

func (r *room) set(l Limits) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.limits = l
}

// reserve is called with mu held.
func (r *room) reserve() int64 {
	if r.limits.Reserve == 0 {
		return defaultReserve
	}
	return max(0, r.limits.Reserve)
}

// writing says that n bytes are about to be written.
func (b *booking) writing(n int64) error {
	if lacking := b.wrote + n - b.size; lacking > 0 {
		err := b.extend(max(lacking, step))
		if err != nil {
			err = b.extend(lacking) // a limit may leave less than a step
		}
		if err != nil {
			return err
		}
	}
	b.wrote += n
	b.room.mu.Lock()
	b.room.promised -= n
	b.room.mu.Unlock()
	return nil
}

// end takes back what was promised and not used; with nothing, also what was
// used, because it is gone again.
func (b *booking) end(nothing bool) {
	b.room.mu.Lock()
	defer b.room.mu.Unlock()
	b.room.promised -= b.size - b.wrote
	b.room.taken -= b.size - b.wrote
	if nothing {
		b.room.taken -= b.wrote
	}
	b.size, b.wrote = 0, 0
}

// giveBack counts n bytes no more that came in and were removed.
func (r *room) giveBack(n int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.taken = max(0, r.taken-n)
}
