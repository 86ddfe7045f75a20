package web

import (
	"container/list"
	"crypto/rand"
	"errors"
	"net/http"
	"net/url"
	"sync"
	"time"

	"windowsill/server/archive"
)

const (
	// maxForm is how long the form of a selection may be, in bytes.
	maxForm = 4 << 20
	// maxSelected is how many bytes of names all selections hold together. Those
	// used longest ago make room for others.
	maxSelected = 16 << 20
	// perSelection is what a selection costs besides its names, in bytes.
	perSelection = 4 << 10
	// selectionAge is how long a selection is kept after its last use: long
	// enough for a phone to come back to a download.
	selectionAge = 6 * time.Hour
)

// selections are what visitors have ticked, each under an id that is part of
// its address. Whoever asks for one gets what the share shows at that time.
type selections struct {
	mu   sync.Mutex
	byID map[string]*list.Element // guarded by mu
	used list.List                // of *selected, the latest first; guarded by mu
	size int                      // bytes; guarded by mu
}

type selected struct {
	id   string
	what archive.Selection
	last time.Time // when it was used
}

func newSelections() *selections { return &selections{byID: map[string]*list.Element{}} }

// add keeps a selection and returns its id.
func (s *selections) add(what archive.Selection) string {
	one := &selected{id: rand.Text(), what: what, last: time.Now()}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.byID[one.id] = s.used.PushFront(one)
	s.size += one.cost()
	for s.size > maxSelected || one.last.Sub(s.oldest().last) > selectionAge {
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
	if time.Since(one.last) > selectionAge {
		s.remove(one)
		return archive.Selection{}, false
	}
	one.last = time.Now()
	s.used.MoveToFront(at)
	return one.what, true
}

func (s *selections) oldest() *selected { return s.used.Back().Value.(*selected) }

func (s *selections) remove(one *selected) {
	s.used.Remove(s.byID[one.id])
	delete(s.byID, one.id)
	s.size -= one.cost()
}

func (one *selected) cost() int {
	n := perSelection + len(one.what.Folder)
	for _, name := range one.what.Names {
		n += len(name) + 16
	}
	return n
}

// selectSome takes the form of a folder's page with what was ticked there, and
// leads to an address under which that is one archive.
func (p *packing) selectSome(w http.ResponseWriter, q *http.Request) error {
	q.Body = http.MaxBytesReader(w, q.Body, maxForm)
	if err := q.ParseForm(); err != nil {
		if _, large := errors.AsType[*http.MaxBytesError](err); large {
			return errLongForm
		}
		return errBadForm
	}
	format := archive.ZIP
	switch q.PostForm.Get("as") {
	case "", "zip":
	case "tar":
		format = archive.Tar
	default:
		return errBadForm
	}
	names := q.PostForm["name"]
	if len(names) == 0 {
		return errNothing
	}
	sel := p.selection(format, q.PostForm.Get("in"), names)
	id := p.selected.add(sel)
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Location", ours+"select/"+id+"/"+url.PathEscape(nameOf(sel))+format.Ext())
	w.WriteHeader(http.StatusSeeOther)
	return nil
}

// serveSelected sends what was ticked as an archive.
func (p *packing) serveSelected(w http.ResponseWriter, q *http.Request) error {
	sel, ok := p.selected.get(q.PathValue("id"))
	if !ok {
		return errForgotten
	}
	return p.serveArchive(w, q, sel)
}
