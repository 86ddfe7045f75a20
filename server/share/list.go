package share

import (
	"io"
	"io/fs"
	"iter"
	"os"
	"slices"
	"syscall"
	"time"
)

// batch is how many entries of a folder are taken from the system at a time.
const batch = 256

// Entry is one file or folder in a folder.
type Entry struct {
	Name     string // its name alone, without a path; any bytes
	Dir      bool
	Size     int64 // bytes; 0 for folders
	Modified time.Time
}

// List is what is visible in a folder: folders first, then files, each in
// natural order, until [List.Sort] puts it in another. It holds the names alone, so
// that a folder of 100,000 files costs little memory. It is safe for
// concurrent use, but for Sort.
type List struct {
	share   *Folder
	found   string    // the folder's name, without links
	dir     *os.File  // the folder itself
	changed time.Time // of the folder, before its names were read
	names   []string  // folders first
	folders int       // how many of the names are folders
	order   Order
	keys    []int64 // of the names, in an order that has keys; else nil
}

// List reads the names in a folder. Its errors are those of [Folder.Open]; a
// file is not there as a folder. The caller closes the list.
func (f *Folder) List(name string) (*List, error) {
	list, err := f.list(name)
	if err != nil {
		return nil, failure("list", name, err)
	}
	return list, nil
}

func (f *Folder) list(name string) (*List, error) {
	l, err := f.enter(name)
	if err != nil {
		return nil, err
	}
	folders, files, err := l.read(func() error { return nil })
	if err != nil {
		l.Close()
		return nil, err
	}
	l.names, l.folders = append(folders, files...), len(folders)
	return l, nil
}

// enter opens a folder as a list without names.
func (f *Folder) enter(name string) (*List, error) {
	folder, found, err := f.reach(name)
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
	return &List{share: f, found: found, dir: dir, changed: folder.info.ModTime()}, nil
}

// read returns the names of what is visible in the folder, in order, unless
// over says meanwhile why to stop.
func (l *List) read(over func() error) (folders, files []string, err error) {
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
		switch name := e.Name(); l.kind(e) {
		case folderKind:
			folders = append(folders, name)
		case fileKind:
			files = append(files, name)
		}
	}
	slices.SortFunc(folders, Compare)
	slices.SortFunc(files, Compare)
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
func (l *List) kind(e fs.DirEntry) kind {
	if !l.share.allows(e.Name()) || !l.share.options.Hidden && concealedEntry(e) {
		return noKind
	}
	if e.Type() != fs.ModeSymlink {
		return kindOf(e.Type())
	}
	_, info, err := l.share.find(join(l.found, e.Name()))
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
		for _, name := range l.names[from:to] {
			if e, ok := l.entry(name); ok && !yield(e) {
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
	s, err := l.share.lookIn(l.dir, l.found, name)
	if err == nil && s.mode == fs.ModeSymlink {
		var info fs.FileInfo
		if _, info, err = l.share.find(join(l.found, name)); err == nil {
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

// entries goes through what is in a folder, in the system's order. An error
// comes last.
func entries(dir *os.File) iter.Seq2[fs.DirEntry, error] {
	return func(yield func(fs.DirEntry, error) bool) {
		for {
			some, err := dir.ReadDir(batch)
			for _, e := range some {
				if !yield(e, nil) {
					return
				}
			}
			if err != nil {
				if err != io.EOF {
					yield(nil, err)
				}
				return
			}
		}
	}
}
