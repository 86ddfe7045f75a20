package share

import (
	"io/fs"
	"iter"
	"os"
	"slices"
	"syscall"
	"time"
)

// batch is how many entries are taken before somebody asks whether to stop.
const batch = 256

// entry is what a folder tells about one of its entries.
type entry struct {
	name      string
	mode      fs.FileMode // its type bits
	concealed bool        // hidden by more than its name
}

// Entry is one file or folder in a folder.
type Entry struct {
	Name     string // its name alone, without a path; any bytes
	Dir      bool
	Size     int64 // bytes; 0 for folders
	Modified time.Time
}

// List is what is visible in a folder: folders first, then files, each in
// natural order, until [List.Sort] puts it in another. It holds the names
// alone, so that a folder of 100,000 files costs little memory, and puts them
// in order only as far as somebody looks. It is used by one goroutine at a
// time.
type List struct {
	tree     *tree
	found    string    // the folder's name, without links
	dir      *os.File  // the folder itself
	changed  time.Time // of the folder, before its names were read
	names    []string  // folders first, else as the system told them
	folders  int       // how many of the names are folders
	order    Order
	ranked   []ranked // the names in order, but for what is unsorted; nil until somebody looks
	keys     []byte   // by which names are ordered
	unsorted []span   // parts of ranked that are as a whole where they belong, in ascending order
}

// List reads the names in a folder. Its errors are those of [Folder.Open]; a
// file is not there as a folder. The caller closes the list.
func (f *Folder) List(name string) (*List, error) {
	list, err := f.tree.list(name)
	if err != nil {
		return nil, failure("list", name, err)
	}
	return list, nil
}

func (t *tree) list(name string) (*List, error) {
	l, err := t.enter(name)
	if err != nil {
		return nil, err
	}
	folders, files, err := l.gather(func() error { return nil })
	if err != nil {
		l.Close()
		return nil, err
	}
	l.names, l.folders = append(folders, files...), len(folders)
	return l, nil
}

// enter opens a folder as a list without names.
func (t *tree) enter(name string) (*List, error) {
	folder, found, err := t.reach(name)
	if err != nil {
		return nil, err
	}
	if !folder.IsDir() {
		folder.Close()
		return nil, syscall.ENOTDIR
	}
	dir, err := untie(folder.file)
	if err != nil {
		return nil, err
	}
	return &List{tree: t, found: found, dir: dir, changed: folder.info.ModTime()}, nil
}

// read returns the names of what is visible in the folder, in natural order,
// unless over says meanwhile why to stop.
func (l *List) read(over func() error) (folders, files []string, err error) {
	folders, files, err = l.gather(over)
	slices.SortFunc(folders, Compare)
	slices.SortFunc(files, Compare)
	return folders, files, err
}

// gather is read without the order.
func (l *List) gather(over func() error) (folders, files []string, err error) {
	if info, err := l.dir.Stat(); err == nil {
		// Most file systems spend no less on a name; who is wrong only grows.
		files = make([]string, 0, min(info.Size()/64, 1<<17))
	}
	seen := 0
	for e, err := range entries(l.dir) {
		if err != nil {
			return nil, nil, err
		}
		if seen++; seen%batch == 0 {
			if err := over(); err != nil {
				return nil, nil, err
			}
		}
		switch name := e.name; l.kind(e) {
		case folderKind:
			folders = append(folders, name)
		case fileKind:
			files = append(files, name)
		}
	}
	return folders, files, nil
}

// kind is what an entry is to those who look at the share.
type kind int

const (
	noKind kind = iota // not to be seen
	fileKind
	folderKind
)

func kindOf(mode fs.FileMode) kind {
	switch {
	case mode.IsDir():
		return folderKind
	case mode.IsRegular():
		return fileKind
	}
	return noKind
}

// kind asks the system about links only: of all others the folder tells it.
func (l *List) kind(e *entry) kind {
	if !l.tree.options.allows(e.name) || !l.tree.options.Hidden && e.concealed {
		return noKind
	}
	if e.mode != fs.ModeSymlink {
		return kindOf(e.mode)
	}
	_, info, err := l.tree.find(join(l.found, e.name))
	if err != nil {
		return noKind
	}
	return kindOf(info.Mode())
}

// Close lets go of the folder.
func (l *List) Close() error { return l.dir.Close() }

// Modified returns when something was last added to the folder, renamed or
// removed, as of the moment before it was read.
func (l *List) Modified() time.Time { return l.changed }

// Len returns how many names there are.
func (l *List) Len() int { return len(l.names) }

// Entries goes through the entries with the indices from to to-1, as far as
// there are such. It asks the system about each when its turn comes, and
// leaves out those that are gone by then.
func (l *List) Entries(from, to int) iter.Seq[Entry] {
	from, to = l.within(from, to)
	return func(yield func(Entry) bool) {
		for _, r := range l.settled(from, to) {
			if e, ok := l.entry(l.names[r.name]); ok && !yield(e) {
				return
			}
		}
	}
}

// within returns the part of a range of indices that there is.
func (l *List) within(from, to int) (int, int) {
	to = max(0, min(to, len(l.names)))
	return max(0, min(from, to)), to
}

// entry looks at one entry; ok is false if it can be seen no more.
func (l *List) entry(name string) (e Entry, ok bool) {
	s, err := l.tree.lookIn(l.dir, l.found, name)
	if err == nil && s.mode == fs.ModeSymlink {
		var info fs.FileInfo
		if _, info, err = l.tree.find(join(l.found, name)); err == nil {
			s = sightOf(info)
		}
	}
	if err != nil || kindOf(s.mode) == noKind {
		return Entry{}, false
	}
	e = Entry{Name: name, Dir: s.mode.IsDir(), Modified: s.modified}
	if !e.Dir {
		e.Size = s.size
	}
	return e, true
}

// sight is what a look at an entry tells.
type sight struct {
	mode     fs.FileMode // its type bits
	size     int64       // bytes
	modified time.Time
	perm     fs.FileMode // its permission bits; only inspect tells them on every system
	changed  uint64      // as in Version; only inspect tells it on every system
}

func sightOf(info fs.FileInfo) sight {
	return sight{mode: info.Mode().Type(), size: info.Size(), modified: info.ModTime()}
}
