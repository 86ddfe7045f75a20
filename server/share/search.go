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

// all searches one folder after the other.
func (s *searcher) all(name string) error {
	if len(s.words) == 0 {
		return nil
	}
	top, err := s.tree.openDir(name)
	if err != nil {
		return failure("search", name, err)
	}
	s.visited.add(top.path)
	err = s.folder(top, ".")
	for err == nil && len(s.pending) > 0 {
		next := s.pending[0]
		s.pending[0] = pending{} // releases the names
		s.pending = s.pending[1:]
		s.memory += next.cost()
		err = s.visit(next)
	}
	if err == nil && s.incomplete {
		err = errIncomplete
	}
	return err
}

// visit searches a folder unless that was done already. An error ends the whole
// search.
func (s *searcher) visit(p pending) error {
	if err := s.ctxErr(); err != nil {
		return err
	}
	d, err := s.tree.openDir(p.name)
	if err != nil {
		err = failure("search", p.name, err)
		if !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrPermission) {
			s.incomplete = true
		}
		return nil
	}
	if linked := d.path != p.name; !s.visited.claim(d.path, linked) {
		s.incomplete = s.incomplete || linked && s.visited.full() && !s.visited.cover(d.path)
		d.close()
		return nil
	}
	return s.folder(d, p.shown)
}

// folder searches one folder, closes it, and adds those in it to the pending
// ones.
func (s *searcher) folder(d *openDir, shown string) error {
	defer d.close()
	memory := s.memory
	folders, matches, err := s.read(d)
	if err != nil {
		return err
	}
	in := shown
	if in == "." {
		in = ""
	}
	for _, name := range matches {
		if err := s.ctxErr(); err != nil {
			return err
		}
		if e, ok := d.entry(name); ok && !s.yield(Found{in, e}, nil) {
			return errStop
		}
	}
	s.memory = memory
	for _, name := range folders {
		s.enqueue(d.path, shown, name)
	}
	return nil
}

// read returns the folders in a folder, and the names in it that match.
func (s *searcher) read(d *openDir) (folders, matches []string, err error) {
	var files []string
	seen := 0
	for e, err := range entries(d.file) {
		if err != nil {
			s.incomplete = true
			break
		}
		if seen++; seen%batch == 0 && s.ctxErr() != nil {
			return nil, nil, s.ctxErr()
		}
		switch name := e.name; d.kind(e) {
		case folderKind:
			if s.reserve(2 * (len(name) + nameOverhead)) {
				folders = append(folders, strings.Clone(name))
			}
		case fileKind:
			if contains(name, s.words) && s.reserve(len(name)+nameOverhead) {
				files = append(files, strings.Clone(name))
			}
		}
	}
	slices.SortFunc(folders, Compare)
	slices.SortFunc(files, Compare)
	for _, name := range folders {
		if contains(name, s.words) {
			matches = append(matches, name)
		}
	}
	return folders, append(matches, files...), nil
}

func (s *searcher) enqueue(folder, shown, name string) {
	p := pending{name: join(folder, name)}
	if p.shown = p.name; folder != shown {
		p.shown = join(shown, name)
	}
	if s.reserve(p.cost()) {
		s.pending = append(s.pending, p)
	}
}

// reserve takes memory for a name, as long as there is some. A name that gets
// none is left out, and the search goes on without it.
func (s *searcher) reserve(cost int) bool {
	if cost > s.memory {
		s.incomplete = true
		return false
	}
	s.memory -= cost
	return true
}
