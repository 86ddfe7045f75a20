package share

import (
	"context"
	"errors"
	"io/fs"
	"iter"
	"slices"
	"strings"
)

// Found is a file or folder that a search found.
type Found struct {
	In string // the folder it is in, relative to the one searched; "" for that one itself
	Entry
}

const (
	// maxSearchMemory is how many bytes a search spends on names that it has to
	// remember. They are enough for some 50,000 folders.
	maxSearchMemory = 4 << 20
	// nameOverhead is what a name costs besides its bytes.
	nameOverhead = 48
)

var (
	errIncomplete = errors.New("not all folders could be searched")
	errStop       = errors.New("the caller wants no more")
)

// search is [Folder.Search] in one tree.
func (r reader) search(ctx context.Context, name string, words []string) iter.Seq2[Found, error] {
	return func(yield func(Found, error) bool) {
		s := searcher{tree: r.tree, ctxErr: ctx.Err, yield: yield, memory: maxSearchMemory}
		for _, w := range words {
			s.words = append(s.words, compileWord(w))
		}
		if err := s.all(name); err != nil && err != errStop {
			yield(Found{}, err)
		}
	}
}

// searcher is a search in progress.
type searcher struct {
	tree       *tree
	words      []word
	ctxErr     func() error
	yield      func(Found, error) bool
	visited    visited
	pending    []pending // folders still to be searched, the nearest first
	memory     int       // bytes left for names
	incomplete bool      // something could not be searched
}

// pending is a folder still to be searched.
type pending struct {
	name  string // in the share; its last element may be a link
	shown string // relative to the folder searched; "." for that one
}

func (p pending) cost() int { return len(p.name) + len(p.shown) + 2*nameOverhead }

// atATime is how many folders are read at a time. What they hold is told in their
// order, as if they were read one after the other.
const atATime = 2

// all searches the folders, the nearest first.
func (s *searcher) all(name string) error {
	if len(s.words) == 0 {
		return nil
	}
	top, err := s.tree.openDir(name)
	if err != nil {
		return failure("search", name, err)
	}
	s.visited.add(top.path)
	err = s.folders([]*reading{{dir: top, of: pending{top.path, "."}}})
	for err == nil && len(s.pending) > 0 {
		err = s.visit(min(atATime, len(s.pending)))
	}
	if err == nil && s.incomplete {
		err = errIncomplete
	}
	return err
}

// visit searches the next folders. An error ends the whole search.
func (s *searcher) visit(n int) error {
	if err := s.ctxErr(); err != nil {
		return err
	}
	var some []*reading
	for _, next := range s.pending[:n] {
		s.memory += next.cost()
		some = append(some, &reading{of: next})
	}
	clear(s.pending[:n]) // releases the names
	s.pending = s.pending[n:]
	return s.folders(some)
}

// open opens a folder, unless it cannot be or was searched already.
func (r *reading) open(s *searcher) {
	d, err := s.tree.openDir(r.of.name)
	if err != nil {
		err = failure("search", r.of.name, err)
		r.incomplete = !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrPermission)
		return
	}
	if linked := d.path != r.of.name; !s.visited.claim(d.path, linked) {
		r.incomplete = linked && s.visited.full() && !s.visited.cover(d.path)
		d.close()
		return
	}
	r.dir = d
}

// folders searches some folders, closes them, and adds those in them to the pending
// ones. What is in the first is told even if another one does not answer.
func (s *searcher) folders(some []*reading) error {
	for _, r := range some {
		r.memory, r.read = s.memory, make(chan struct{})
		defer r.close()
	}
	go s.readEach(some)
	for _, r := range some {
		<-r.read
		if err := s.tell(r); err != nil {
			return err
		}
	}
	return nil
}

// readEach opens the folders in turn, as each may be the one that a link in another
// leads to, and begins to read them.
func (s *searcher) readEach(some []*reading) {
	for _, r := range some {
		if r.dir == nil {
			r.open(s)
		}
		go r.readAll(s)
	}
}

// tell yields what was found in a folder.
func (s *searcher) tell(r *reading) error {
	if r.err != nil {
		return r.err
	}
	s.incomplete = s.incomplete || r.incomplete
	in := r.of.shown
	if in == "." {
		in = ""
	}
	for _, name := range r.matches {
		if err := s.ctxErr(); err != nil {
			return err
		}
		if e, ok := r.dir.entry(name); ok && !s.yield(Found{in, e}, nil) {
			return errStop
		}
	}
	for _, name := range r.folders {
		s.enqueue(r.dir.path, r.of.shown, name)
	}
	return nil
}

// reading is a folder that is read, in a goroutine of its own.
type reading struct {
	of     pending
	dir    *openDir      // nil until it is opened
	memory int           // bytes left for names
	read   chan struct{} // closed at the end, when what follows can be had

	folders, matches []string
	incomplete       bool // something is left out
	err              error
}

// close waits until it is read.
func (r *reading) close() {
	<-r.read
	if r.dir != nil {
		r.dir.close()
	}
}

// readAll reads the names of the folders in it, and those that match. There is nothing
// in one that was not opened.
func (r *reading) readAll(s *searcher) {
	defer close(r.read)
	if r.dir == nil {
		return
	}
	var files []string
	seen := 0
	for e, err := range entries(r.dir.file) {
		if err != nil {
			r.incomplete = true
			break
		}
		if seen++; seen%batch == 0 && s.ctxErr() != nil {
			r.err = s.ctxErr()
			return
		}
		switch name := e.name; r.dir.kind(e) {
		case folderKind:
			if reserve(2*(len(name)+nameOverhead), &r.memory, &r.incomplete) {
				r.folders = append(r.folders, strings.Clone(name))
			}
		case fileKind:
			if contains(name, s.words) && reserve(len(name)+nameOverhead, &r.memory, &r.incomplete) {
				files = append(files, strings.Clone(name))
			}
		}
	}
	slices.SortFunc(r.folders, Compare)
	slices.SortFunc(files, Compare)
	for _, name := range r.folders {
		if contains(name, s.words) {
			r.matches = append(r.matches, name)
		}
	}
	r.matches = append(r.matches, files...)
}

func (s *searcher) enqueue(folder, shown, name string) {
	p := pending{name: join(folder, name)}
	if p.shown = p.name; folder != shown {
		p.shown = join(shown, name)
	}
	if reserve(p.cost(), &s.memory, &s.incomplete) {
		s.pending = append(s.pending, p)
	}
}

// reserve takes memory for a name, as long as there is some. A name that gets
// none is left out, and the search goes on without it.
func reserve(cost int, memory *int, incomplete *bool) bool {
	if cost > *memory {
		*incomplete = true
		return false
	}
	*memory -= cost
	return true
}
