package web

import (
	"sync"
	"time"

	"windowsill/server/share"
)

const (
	// addedTime is how long a device may go on with a file that it has added.
	addedTime = 10 * time.Minute
	maxAdded  = 1000
)

// addedFiles are the files that devices have just added. Where visitors may only
// add, a device may still fill those that came empty and set their times: Finder
// and Explorer add each file in several steps.
type addedFiles struct {
	mu  sync.Mutex
	all map[string]addedFile // by name; guarded by mu
}

type addedFile struct {
	holder string
	inode  uint64
	at     time.Time
}

// add remembers a file that a device has added.
func (a *addedFiles) add(name, holder string, inode uint64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.all) >= maxAdded || a.all == nil {
		kept := map[string]addedFile{}
		for name, one := range a.all {
			if time.Since(one.at) < addedTime/2 && len(kept) < maxAdded/2 {
				kept[name] = one
			}
		}
		a.all = kept
	}
	a.all[name] = addedFile{holder, inode, time.Now()}
}

// has reports whether a device has just added the file that has a name now.
func (a *addedFiles) has(name, holder string, f *share.File) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	one, ok := a.all[name]
	return ok && one.holder == holder && one.inode != 0 && one.inode == f.Inode() && time.Since(one.at) < addedTime
}
