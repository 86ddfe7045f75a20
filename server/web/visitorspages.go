package web

import (
	"errors"
	"io/fs"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"windowsill/server/receive"
	"windowsill/server/share"
)

// Page is an index.html that visitors put into a folder. The folder is listed
// until the owner accepts it as the folder's page.
type Page struct {
	Folder string     // in the share; "" for the share itself
	Device uint64     // the number of the device that sent it; 0 if it has none, or it came in an earlier share
	Addr   netip.Addr // of the device; not valid if that is not known
	At     time.Time  // when it came in or, from an earlier share, was first met
}

// maxPages is how many pages are remembered. The oldest is forgotten first, and
// remembered again when somebody opens its folder.
const maxPages = 100

// visitorsPages remembers the pages that visitors sent. On disk, package share
// does: those of earlier shares are met when their folder is opened.
type visitorsPages struct {
	writer  *share.Writer
	changed func()

	mu  sync.Mutex
	all []Page // oldest first; guarded by mu
}

// meet remembers the page of a folder, unless it is known.
func (v *visitorsPages) meet(one Page) {
	v.mu.Lock()
	known := slices.ContainsFunc(v.all, func(o Page) bool { return o.Folder == one.Folder })
	if !known {
		one.At = time.Now()
		v.all = append(v.all, one)
		v.all = v.all[max(0, len(v.all)-maxPages):]
	}
	v.mu.Unlock()
	if !known {
		v.changed()
	}
}

// placed is called when a file of a device got its name.
func (v *visitorsPages) placed(name string, by receive.Device) {
	folder, element := split(name)
	if strings.EqualFold(element, "index.html") && v.isThere(folder) {
		v.meet(Page{Folder: folder, Device: by.ID, Addr: by.Addr})
	}
}

// look forgets the pages that are not there any more.
func (v *visitorsPages) look() {
	known := v.list()
	known = slices.DeleteFunc(known, func(p Page) bool { return v.isThere(p.Folder) })
	v.forget(known...)
}

// isThere reports whether visitors put a page into a folder.
func (v *visitorsPages) isThere(folder string) bool {
	f, err := v.writer.Folder().Page(folder)
	if err == nil {
		f.Close()
	}
	return errors.Is(err, share.ErrVisitorsPage)
}

// accept makes the page that visitors put into a folder the folder's own.
func (v *visitorsPages) accept(folder string) error {
	err := v.writer.AcceptPage(folder)
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		v.forget(Page{Folder: folder})
	}
	return err
}

// forget forgets the pages of some folders.
func (v *visitorsPages) forget(some ...Page) {
	if len(some) == 0 {
		return
	}
	v.mu.Lock()
	v.all = slices.DeleteFunc(v.all, func(p Page) bool {
		return slices.ContainsFunc(some, func(o Page) bool { return o.Folder == p.Folder })
	})
	v.mu.Unlock()
	v.changed()
}

func (v *visitorsPages) list() []Page {
	v.mu.Lock()
	defer v.mu.Unlock()
	return slices.Clone(v.all)
}
