package share

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"runtime"
	"strings"
	"sync"
	"time"
)

// single is the only file of a tree that there is for visitors, whatever else its
// folder holds. Whatever has its name is that file, since many programs save by
// putting a new one in its place. If nothing has, it is the file with its old
// identity under another name in the same folder. If that is not there either, the
// root follows it into another folder where the system tells, see [root.follow].
type single struct {
	first  string // the name that it was chosen by
	hidden bool   // it may get a hidden name
	chosen string // path, without links, at which it was chosen in another folder, see root.follow; "" if it was in this

	mu     sync.Mutex  // guards what follows
	moved  string      // the name it was given since; "" if none
	info   fs.FileInfo // of the file as it was last seen; nil before
	inode  uint64      // of that file; 0 if the system does not tell
	born   int64       // when its inode was made; 0 if unknown
	sought time.Time   // modification time of the folder when the file was last not found in it
	handle *os.File    // by which it is found in another folder; nil if it is not
}

// allows reports whether a name without links may be looked at. It is nil-safe,
// because most trees hold all of a folder.
func (s *single) allows(name string) bool {
	if s == nil {
		return true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return name == s.first || name == s.moved
}

// find returns the name that the file has at the moment, or ErrGone.
func (s *single) find(t *tree) (string, fs.FileInfo, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, name := range []string{s.first, s.moved} {
		if name == "" {
			continue
		}
		info, err := t.root.Lstat(name)
		if err == nil && info.Mode().IsRegular() && (name == s.first || os.SameFile(info, s.info)) {
			s.remember(t, name, info)
			return name, info, nil
		}
		if err == nil || errors.Is(err, fs.ErrNotExist) {
			continue
		}
		return "", nil, failure("open", name, err)
	}
	if s.moved = s.seek(t); s.moved == "" {
		return "", nil, ErrGone
	}
	info, err := t.root.Lstat(s.moved)
	if err != nil {
		return "", nil, ErrGone
	}
	return s.moved, info, nil
}

// remember notes the identity of the file, which takes more system calls than
// to see that it is the same one still.
func (s *single) remember(t *tree, name string, info fs.FileInfo) {
	if s.info != nil && os.SameFile(info, s.info) {
		return
	}
	s.info = info
	s.inode, s.born = origin(t.root, name, info)
	s.track(t, name)
}

// seek returns the name under which the file is in its folder now, or "". It looks
// once after each change of the folder.
func (s *single) seek(t *tree) string {
	// An inode number alone is soon given to another file.
	if s.inode == 0 || s.born == 0 && runtime.GOOS != "windows" {
		return ""
	}
	dir, err := t.root.OpenFile(".", openFlags, 0)
	if err != nil {
		return ""
	}
	if dir, err = detach(dir); err != nil {
		return ""
	}
	defer dir.Close()
	info, err := dir.Stat()
	if err != nil || info.ModTime().Equal(s.sought) {
		return ""
	}
	for e, err := range entries(dir) {
		if err != nil {
			return ""
		}
		if e.mode.IsRegular() && s.mayBe(e) && s.is(t, dir, e.name) {
			return strings.Clone(e.name)
		}
	}
	// Another change within the time that file systems count in would look the same.
	if time.Since(info.ModTime()) > 2*time.Second {
		s.sought = info.ModTime()
	}
	return ""
}

// mayBe reports whether a file may have got the name of an entry. One that was
// hidden, or saved as a backup, is not to be seen any more.
func (s *single) mayBe(e *entry) bool {
	return !isBackup(e.name) && (s.hidden || !e.concealed && e.name[0] != '.')
}

// isBackup reports whether a name is one by which programs keep what they replace.
func isBackup(name string) bool { return strings.HasSuffix(name, "~") || path.Ext(name) == ".bak" }

func (s *single) is(t *tree, dir *os.File, name string) bool {
	looked, err := lstat(t.root, dir, ".", name)
	if err != nil || looked.inode != 0 && looked.inode != s.inode {
		return false
	}
	info, err := t.root.Lstat(name)
	if err != nil {
		return false
	}
	inode, born := origin(t.root, name, info)
	return inode == s.inode && born == s.born
}
