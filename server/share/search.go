package share

import (
	"context"
	"errors"
	"io/fs"
	"iter"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/search"
)

// Found is a file or folder that a search found.
type Found struct {
	In string // the folder it lies in, relative to the one searched; "" for that one itself
	Entry
}

const (
	// maxHeld is how many bytes a search spends on names it has to remember.
	// They are enough for some 50,000 folders.
	maxHeld = 4 << 20
	// perName is what a name costs besides its bytes.
	perName = 48
)

var (
	errLeftOut = errors.New("not all folders could be searched")
	errEnough  = errors.New("no more is wanted")
)

// loosely compares as people do who look for something: "strasse" finds
// "Straße", and "cafe" finds "CAFÉ", however the accent is encoded.
var loosely = search.New(language.Und, search.Loose)

// Search looks for files and folders below the folder of that name, and yields
// those whose names hold every word, no matter in what order, whether letters
// are small or capital, and what accents they have. No words find nothing.
//
// What lies near comes first; within a folder the order is that of a [List].
// It finds what listings show and nothing else. Links to folders are followed,
// but no folder is searched twice, so that links in a circle come to an end.
//
// If not all was searched, an error comes last: that of ctx if it ended, one
// like those of [Folder.Open] if there is no such folder, or another one if
// there were more folders than it can remember, or some that failed to answer.
// Folders that may not be read pass for empty.
func (f *Folder) Search(ctx context.Context, name string, words []string) iter.Seq2[Found, error] {
	return func(yield func(Found, error) bool) {
		s := searcher{tree: f.tree, over: ctx.Err, yield: yield, room: maxHeld}
		for _, w := range words {
			s.words = append(s.words, loosely.CompileString(w))
		}
		if err := s.all(name); err != nil && err != errEnough {
			yield(Found{}, err)
		}
	}
}

// searcher is a search on its way.
type searcher struct {
	tree    *tree
	words   []*search.Pattern
	over    func() error // says why to stop, nil as long as there is no reason
	yield   func(Found, error) bool
	trees   trees   // folders that are searched with all below
	waiting []place // folders still to be searched, the nearest first
	room    int     // bytes left for names
	leftOut bool    // something could not be searched
}

// place is a folder to be searched.
type place struct {
	name  string // in the share; its last element may be a link
	shown string // relative to the folder searched; "." for that one
}

func (p place) cost() int { return len(p.name) + len(p.shown) + 2*perName }

// all searches folder after folder.
func (s *searcher) all(name string) error {
	if len(s.words) == 0 {
		return nil
	}
	top, err := s.tree.enter(name)
	if err != nil {
		return failure("search", name, err)
	}
	s.trees.add(top.found)
	err = s.folder(top, ".")
	for err == nil && len(s.waiting) > 0 {
		next := s.waiting[0]
		s.waiting[0] = place{} // lets go of the names
		s.waiting = s.waiting[1:]
		s.room += next.cost()
		err = s.visit(next)
	}
	if err == nil && s.leftOut {
		err = errLeftOut
	}
	return err
}

// visit searches a folder unless that was done already. Its error is one that
// ends the whole search.
func (s *searcher) visit(p place) error {
	if err := s.over(); err != nil {
		return err
	}
	l, err := s.tree.enter(p.name)
	if err != nil {
		err = failure("search", p.name, err)
		if !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrPermission) {
			s.leftOut = true
		}
		return nil
	}
	if linked := l.found != p.name; !s.trees.claim(l.found, linked) {
		s.leftOut = s.leftOut || linked && s.trees.full() && !s.trees.hold(l.found)
		l.Close()
		return nil
	}
	return s.folder(l, p.shown)
}

// folder searches one folder, closes it, and notes those in it for later.
func (s *searcher) folder(l *List, shown string) error {
	defer l.Close()
	room := s.room
	folders, matches, err := s.read(l)
	if err != nil {
		return err
	}
	in := shown
	if in == "." {
		in = ""
	}
	for _, name := range matches {
		if err := s.over(); err != nil {
			return err
		}
		if e, ok := l.entry(name); ok && !s.yield(Found{in, e}, nil) {
			return errEnough
		}
	}
	s.room = room
	for _, name := range folders {
		s.enqueue(l.found, shown, name)
	}
	return nil
}

// read returns the folders in a folder, and the folders and files in it that
// are to be found.
func (s *searcher) read(l *List) (folders, matches []string, err error) {
	var files []string
	seen := 0
	for e, err := range entries(l.dir) {
		if err != nil {
			s.leftOut = true
			break
		}
		if seen++; seen%batch == 0 && s.over() != nil {
			return nil, nil, s.over()
		}
		switch name := e.name; l.kind(e) {
		case folderKind:
			if s.hold(2 * (len(name) + perName)) {
				folders = append(folders, strings.Clone(name))
			}
		case fileKind:
			if s.match(name) && s.hold(len(name)+perName) {
				files = append(files, strings.Clone(name))
			}
		}
	}
	slices.SortFunc(folders, Compare)
	slices.SortFunc(files, Compare)
	for _, name := range folders {
		if s.match(name) {
			matches = append(matches, name)
		}
	}
	return folders, append(matches, files...), nil
}

// enqueue notes a folder for later.
func (s *searcher) enqueue(folder, shown, name string) {
	p := place{name: join(folder, name)}
	if p.shown = p.name; folder != shown {
		p.shown = join(shown, name)
	}
	if s.hold(p.cost()) {
		s.waiting = append(s.waiting, p)
	}
}

// hold takes room for a name, as long as there is some. What has none is left
// out, and the search goes on with what it knows.
func (s *searcher) hold(cost int) bool {
	if cost > s.room {
		s.leftOut = true
		return false
	}
	s.room -= cost
	return true
}

func (s *searcher) match(name string) bool {
	for _, w := range s.words {
		if at, _ := w.IndexString(name); at < 0 {
			return false
		}
	}
	return true
}
