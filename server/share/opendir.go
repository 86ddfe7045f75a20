package share

import (
	"io/fs"
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

// openDir is an open folder, to read what is in it.
type openDir struct {
	tree     *tree
	path     string // of the folder, without links
	file     *os.File
	modified time.Time // of the folder, before its names are read
}

func (t *tree) openDir(name string) (*openDir, error) {
	folder, path, err := t.reach(name)
	if err != nil {
		return nil, err
	}
	if !folder.IsDir() {
		folder.Close()
		return nil, syscall.ENOTDIR
	}
	file, err := detach(folder.file)
	if err != nil {
		return nil, err
	}
	return &openDir{tree: t, path: path, file: file, modified: folder.info.ModTime()}, nil
}

func (d *openDir) close() error { return d.file.Close() }

// readSorted returns the names of what can be seen in the folder, in natural
// order. It stops when ctxErr returns an error.
func (d *openDir) readSorted(ctxErr func() error) (folders, files []string, err error) {
	folders, files, err = d.readNames(ctxErr)
	slices.SortFunc(folders, Compare)
	slices.SortFunc(files, Compare)
	return folders, files, err
}

// readNames is readSorted in the system's order.
func (d *openDir) readNames(ctxErr func() error) (folders, files []string, err error) {
	if info, err := d.file.Stat(); err == nil {
		// Few file systems take less than that for a name; too little only means growing.
		files = make([]string, 0, min(info.Size()/64, 1<<17))
	}
	seen := 0
	for e, err := range entries(d.file) {
		if err != nil {
			return nil, nil, err
		}
		if seen++; seen%batch == 0 {
			if err := ctxErr(); err != nil {
				return nil, nil, err
			}
		}
		switch name := e.name; d.kind(e) {
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
func (d *openDir) kind(e *entry) kind {
	if !d.tree.options.allows(e.name) || !d.tree.options.Hidden && e.concealed {
		return noKind
	}
	if e.mode != fs.ModeSymlink {
		return kindOf(e.mode)
	}
	_, info, err := d.tree.find(join(d.path, e.name))
	if err != nil {
		return noKind
	}
	return kindOf(info.Mode())
}

// entry asks about one entry; ok is false if it can no longer be seen.
func (d *openDir) entry(name string) (e Entry, ok bool) {
	s, err := lstat(d.tree.root, d.file, d.path, name)
	if err == nil && s.mode == fs.ModeSymlink {
		var info fs.FileInfo
		if _, info, err = d.tree.find(join(d.path, name)); err == nil {
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
	device   uint64      // that it is on; 0 where lstat does not tell
}

func (s stat) contentID() contentID {
	return contentID{stamp{s.device, s.inode, s.changed}, s.size, s.modified.UnixNano()}
}

func statOf(info fs.FileInfo) stat {
	return stat{mode: info.Mode().Type(), size: info.Size(), modified: info.ModTime()}
}
