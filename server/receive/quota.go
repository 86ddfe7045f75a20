package receive

import (
	"errors"
	"sync"
)

// Why there is no space for a file.
var (
	ErrFileLimit  = errors.New("larger than the owner lets files be")
	ErrTotalLimit = errors.New("more than the owner takes in all")
	ErrFilesLimit = errors.New("more files than the owner takes")
	ErrNoSpace    = errors.New("not enough space on the drive")
)

const (
	defaultReserve = 512 << 20
	// step is how many bytes are reserved at a time for a file of unknown size.
	step = 8 << 20
)

// Limits is how much the owner takes.
type Limits struct {
	File    int64 // bytes of one file; 0 means no limit
	Total   int64 // bytes of all that comes in while the share lasts; 0 means no limit
	Files   int   // files and folders that come in while the share lasts; 0 means no limit
	Reserve int64 // bytes that stay free on the drive; 0 means 512 MB, less than 0 none
}

// quota counts what has come in and what is reserved for files that are coming
// in, so that all together stay within the limits. A file counts from its
// beginning, since it takes its place on the drive from then on.
type quota struct {
	mu       sync.Mutex
	limits   Limits // guarded by mu
	used     int64  // bytes written and reserved; guarded by mu
	reserved int64  // those bytes of used that are not on the disk yet; guarded by mu
	files    int    // guarded by mu
}

// reservation is the part of the quota that one file has.
type reservation struct {
	quota  *quota
	free   func() (int64, error) // bytes on the drive
	before int64                 // bytes of the file that had come before
	size   int64                 // bytes reserved
	wrote  int64                 // bytes of size that are on the disk
}

// reserve reserves size more bytes for a file of which before bytes have come, on a
// drive of which free tells how many bytes it has. If the size is unknown, -1, it
// reserves them step by step. The reservation is to be ended even if there is an
// error.
func (q *quota) reserve(free func() (int64, error), before, size int64) (*reservation, error) {
	r := &reservation{quota: q, free: free, before: before}
	return r, r.extend(max(size, 0))
}

// extend reserves n more bytes.
func (r *reservation) extend(n int64) error {
	q := r.quota
	if limit := q.get().File; limit > 0 && r.before+r.size+n > limit {
		return ErrFileLimit
	}
	free, err := r.free()
	if err != nil {
		return err
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if limit := q.limits.Total; limit > 0 && q.used+n > limit {
		return ErrTotalLimit
	}
	if free-q.limits.reserve()-q.reserved < n {
		return ErrNoSpace
	}
	r.size += n
	q.used += n
	q.reserved += n
	return nil
}

func (q *quota) get() Limits {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.limits
}

func (q *quota) set(l Limits) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.limits = l
}

// reserve returns how many bytes stay free.
func (l Limits) reserve() int64 {
	if l.Reserve == 0 {
		return defaultReserve
	}
	return max(0, l.Reserve)
}

// use is called before n bytes are written.
func (r *reservation) use(n int64) error {
	if lacking := r.wrote + n - r.size; lacking > 0 {
		err := r.extend(max(lacking, step))
		if err != nil {
			err = r.extend(lacking) // a limit may leave less than a step
		}
		if err != nil {
			return err
		}
	}
	r.wrote += n
	r.quota.mu.Lock()
	r.quota.reserved -= n
	r.quota.mu.Unlock()
	return nil
}

// end gives back what was reserved and not used. If the file was discarded, it
// also gives back what was used.
func (r *reservation) end(discarded bool) {
	r.quota.mu.Lock()
	defer r.quota.mu.Unlock()
	r.quota.reserved -= r.size - r.wrote
	r.quota.used -= r.size - r.wrote
	if discarded {
		r.quota.used -= r.wrote
	}
	r.size, r.wrote = 0, 0
}

// refund gives back n bytes that had come in and were removed.
func (q *quota) refund(n int64) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.used = max(0, q.used-n)
}

// addFile counts a file that begins, or a folder. The error is [ErrFilesLimit] if
// it and so many folders that come with it are too many.
func (q *quota) addFile(folders int) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if limit := q.limits.Files; limit > 0 && q.files+folders >= limit {
		return ErrFilesLimit
	}
	q.files++
	return nil
}

// adoptFile counts a file that began in an earlier share, which is taken in any
// case.
func (q *quota) adoptFile() {
	q.mu.Lock()
	q.files++
	q.mu.Unlock()
}

// dropFile counts a file no more that was removed before it was whole.
func (q *quota) dropFile() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.files--
}
