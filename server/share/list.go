package share

import (
	"io/fs"
	"iter"
	"os"
	"slices"
	"syscall"
	"time"
)

// batch is how many entries are read between two looks at the context.
const batch = 256

// entry is what reading a folder tells about one entry.
type entry struct {
	name      string
	mode      fs.FileMode // its type bits
	concealed bool        // hidden by an attribute, see concealed
}

// Entry is a file or folder in a folder.
type Entry struct {
	Name     string // without a path; any bytes
	Dir      bool
	Size     int64 // bytes; 0 for folders
	Modified time.Time
}

// List is what can be seen in a folder: folders first, then files, each in
// natural order unless [List.Sort] chooses another. It holds only names, so that
// a folder of 100,000 files takes little memory, and sorts only those parts that
// are looked at. It is used by one goroutine at a time.
type List struct {
	tree     *tree
	path     string    // the folder's name, without links
	dir      *os.File  // the folder itself
	modified time.Time // of the folder, before its names were read
	names    []string  // folders first, otherwise as the system listed them
	folders  int       // how many of the names are folders
	order    Order
	keyed    []keyed // the names in order, except in unsorted; nil until needed
	keys     []byte  // sort keys of the names, one after the other
	unsorted []span  // parts of keyed that hold the right names in any order; ascending
}

// List reads the names in a folder. The error is one like those of
// [Folder.Open]; a file does not exist as a folder. The caller closes the list.
func (f *Folder) List(name string) (*List, error) {
	list, err := f.tree.list(name)
	if err != nil {
		return nil, failure("list", name, err)
	}
	return list, nil
}

func (t *tree) list(name string) (*List, error) {
	l, err := t.openList(name)
	if err != nil {
		return nil, err
	}
	folders, files, err := l.readNames(func() error { return nil })
	if err != nil {
		l.Close()
		return nil, err
	}
	l.names, l.folders = append(folders, files...), len(folders)
	return l, nil
}

// openList opens a folder without reading its names.
func (t *tree) openList(name string) (*List, error) {
	folder, path, err := t.reach(name)
	if err != nil {
		return nil, err
	}
	if !folder.IsDir() {
		folder.Close()
		return nil, syscall.ENOTDIR
	}
	dir, err := detach(folder.file)
	if err != nil {
		return nil, err
	}
	return &List{tree: t, path: path, dir: dir, modified: folder.info.ModTime()}, nil
}

// readSorted returns the names of what can be seen in the folder, in natural
// order. It stops when ctxErr returns an error.
func (l *List) readSorted(ctxErr func() error) (folders, files []string, err error) {
	folders, files, err = l.readNames(ctxErr)
	slices.SortFunc(folders, Compare)
	slices.SortFunc(files, Compare)
	return folders, files, err
}

// readNames is readSorted in the system's order.
func (l *List) readNames(ctxErr func() error) (folders, files []string, err error) {
	if info, err := l.dir.Stat(); err == nil {
		// Few file systems take less than that for a name; too little only means growing.
		files = make([]string, 0, min(info.Size()/64, 1<<17))
	}
	seen := 0
	for e, err := range entries(l.dir) {
		if err != nil {
			return nil, nil, err
		}
		if seen++; seen%batch == 0 {
			if err := ctxErr(); err != nil {
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

// kind is what an entry is to those who see the share.
type kind int

const (
	noKind kind = iota // cannot be seen
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

// kind asks the system about links only: for all others, reading the folder has
// told the kind.
func (l *List) kind(e *entry) kind {
	if !l.tree.options.allows(e.name) || !l.tree.options.Hidden && e.concealed {
		return noKind
	}
	if e.mode != fs.ModeSymlink {
		return kindOf(e.mode)
	}
	_, info, err := l.tree.find(join(l.path, e.name))
	if err != nil {
		return noKind
	}
	return kindOf(info.Mode())
}

// Close closes the folder.
func (l *List) Close() error { return l.dir.Close() }

// Modified returns when a name was last added, changed or removed, as of just
// before the folder was read.
func (l *List) Modified() time.Time { return l.modified }

// Len returns how many names there are.
func (l *List) Len() int { return len(l.names) }

// Entries yields the entries with the indices from to to-1, as far as they
// exist. It asks the system about each in its turn, and leaves out those that
// have gone meanwhile.
func (l *List) Entries(from, to int) iter.Seq[Entry] {
	from, to = l.clamp(from, to)
	return func(yield func(Entry) bool) {
		for _, k := range l.sorted(from, to) {
			if e, ok := l.entry(l.names[k.name]); ok && !yield(e) {
				return
			}
		}
	}
}

// clamp returns the part of a range of indices that exists.
func (l *List) clamp(from, to int) (int, int) {
	to = max(0, min(to, len(l.names)))
	return max(0, min(from, to)), to
}

// entry asks about one entry; ok is false if it can no longer be seen.
func (l *List) entry(name string) (e Entry, ok bool) {
	s, err := l.tree.lstat(l.dir, l.path, name)
	if err == nil && s.mode == fs.ModeSymlink {
		var info fs.FileInfo
		if _, info, err = l.tree.find(join(l.path, name)); err == nil {
			s = statOf(info)
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

// stat is what the system tells about an entry.
type stat struct {
	mode     fs.FileMode // its type bits
	size     int64       // bytes
	modified time.Time
	perm     fs.FileMode // permission bits; only lstatAccess sets them on every system
	changed  uint64      // as in Version; only lstatAccess sets it on every system
	inode    uint64      // as File.Inode; likewise
}

func statOf(info fs.FileInfo) stat {
	return stat{mode: info.Mode().Type(), size: info.Size(), modified: info.ModTime()}
}
