package web

import (
	"container/list"
	"crypto/rand"
	"sync"
	"time"

	"windowsill/server/archive"
	"windowsill/server/share"
)

const (
	// maxSelections is how many bytes all selections cost together. Those used
	// longest ago make room for others.
	maxSelections = 16 << 20
	// selectionCost is what a selection costs besides its names, in bytes.
	selectionCost = 4 << 10
	// maxSelectionAge is how long a selection is kept after its last use: long
	// enough for a phone to come back to a download.
	maxSelectionAge = 6 * time.Hour
)

// selections are what devices have selected of folders, each under an id that
// is part of its address. They hold names: who asks for one gets what these are
// at that time.
type selections struct {
	mu   sync.Mutex
	byID map[string]*list.Element // guarded by mu
	used list.List                // of *selected, the latest first; guarded by mu
	size int                      // bytes; guarded by mu
}

type selected struct {
	id   string
	what archive.Selection
	in   *share.Folder // pinned, in which its folder has its name
	last time.Time     // when it was used
}

func newSelections() *selections { return &selections{byID: map[string]*list.Element{}} }

// add keeps a selection of what is in a share, and returns its id.
func (s *selections) add(what archive.Selection, in *share.Folder) string {
	one := &selected{id: rand.Text(), what: what, in: in.Pinned(), last: time.Now()}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.byID[one.id] = s.used.PushFront(one)
	s.size += one.cost()
	for s.size > maxSelections || one.last.Sub(s.oldest().last) > maxSelectionAge {
		s.remove(s.oldest())
	}
	return one.id
}

// get returns the selection of an id, which counts as a use.
func (s *selections) get(id string) (what archive.Selection, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := s.byID[id]
	if at == nil {
		return archive.Selection{}, false
	}
	one := at.Value.(*selected)
	if time.Since(one.last) > maxSelectionAge {
		s.remove(one)
		return archive.Selection{}, false
	}
	one.last = time.Now()
	s.used.MoveToFront(at)
	what = one.what
	what.Folder = one.in.Now(what.Folder)
	return what, true
}

func (s *selections) oldest() *selected { return s.used.Back().Value.(*selected) }

func (s *selections) remove(one *selected) {
	s.used.Remove(s.byID[one.id])
	delete(s.byID, one.id)
	s.size -= one.cost()
}

func (one *selected) cost() int {
	n := selectionCost + len(one.what.Folder)
	for _, name := range one.what.Names {
		n += len(name) + 16
	}
	return n
}
