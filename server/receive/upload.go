package receive

import (
	"net/netip"
	"slices"
	"sync"
	"time"

	"windowsill/server/share"
)

// maxUploads is how many uploads are remembered. Those that ended are dropped
// first.
const maxUploads = 1000

// State says how far an upload has come.
type State int

// The states of an upload.
const (
	Arriving State = iota // bytes come in, or it waits for its turn
	Paused                // the device may continue it
	Arrived               // it is whole and has its name
	Failed                // nothing of it was kept
)

// String returns the state's name in lower case.
func (s State) String() string {
	return [...]string{"arriving", "paused", "arrived", "failed"}[s]
}

// Upload is a file that is coming in or has come in.
type Upload struct {
	ID     uint64     // unique in one share; ascending
	Device uint64     // ID of the device that sends it; 0 if it has none
	Addr   netip.Addr // of the device
	Name   string     // in the share; once it has Arrived, it changes only with the name of its root
	Bytes  int64      // that have come
	Total  int64      // bytes it will have; -1 if unknown
	State  State
	Began  time.Time
	Ended  time.Time // when it arrived or failed; zero until then

	in *share.Folder // pinned, in which Name is its name
}

// now returns the upload with its present name.
func (u *Upload) now() Upload {
	now := *u
	if now.in != nil {
		now.Name, now.in = u.in.Now(u.Name), nil
	}
	return now
}

// uploads remembers the latest uploads.
type uploads struct {
	changed func()

	mu   sync.Mutex
	last uint64             // ID; guarded by mu
	all  []*Upload          // oldest first; guarded by mu
	of   map[string]*Upload // those that can be continued, by ID of the partial; guarded by mu
}

// begin adds an upload, or continues the one of that partial; "" is none.
func (us *uploads) begin(partial string, u Upload) *Upload {
	defer us.changed()
	us.mu.Lock()
	defer us.mu.Unlock()
	if known := us.of[partial]; known != nil {
		known.State, known.Bytes, known.Device, known.Addr = Arriving, u.Bytes, u.Device, u.Addr
		return known
	}
	us.evict()
	us.last++
	u.ID, u.Began = us.last, time.Now()
	us.all = append(us.all, &u)
	if partial != "" {
		if us.of == nil {
			us.of = map[string]*Upload{}
		}
		us.of[partial] = &u
	}
	return &u
}

// evict drops the oldest upload that is not Arriving, if there are too many;
// called with mu held.
func (us *uploads) evict() {
	if len(us.all) < maxUploads {
		return
	}
	oldest := slices.IndexFunc(us.all, func(u *Upload) bool { return u.State >= Arrived })
	if oldest < 0 {
		oldest = slices.IndexFunc(us.all, func(u *Upload) bool { return u.State != Arriving })
	}
	if oldest < 0 {
		oldest = 0
	}
	gone := us.all[oldest]
	us.all = slices.Delete(us.all, oldest, oldest+1)
	for partial, u := range us.of {
		if u == gone {
			delete(us.of, partial)
		}
	}
}

// update changes an upload.
func (us *uploads) update(u *Upload, change func(*Upload)) {
	us.mu.Lock()
	change(u)
	if u.State >= Arrived && u.Ended.IsZero() {
		u.Ended = time.Now()
	}
	us.mu.Unlock()
	us.changed()
}

// drop makes an upload Failed, unless it has ended.
func (us *uploads) drop(partial string) {
	us.mu.Lock()
	u := us.of[partial]
	us.mu.Unlock()
	if u == nil {
		return
	}
	us.update(u, func(u *Upload) {
		if u.State < Arrived {
			u.State = Failed
		}
	})
}

// find returns the current state of the upload of a partial.
func (us *uploads) find(partial string) (Upload, bool) {
	us.mu.Lock()
	defer us.mu.Unlock()
	if u := us.of[partial]; u != nil {
		return u.now(), true
	}
	return Upload{}, false
}

// list returns all, oldest first.
func (us *uploads) list() []Upload {
	us.mu.Lock()
	defer us.mu.Unlock()
	list := make([]Upload, len(us.all))
	for i, u := range us.all {
		list[i] = u.now()
	}
	return list
}
