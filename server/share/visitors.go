package share

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

const (
	// visitorsNote is an empty file in a share into which visitors have put
	// something. It outlives the time in which they may.
	visitorsNote = reserved + "-visitors"
	// acceptedNote is a file beside an index.html that is a link to another folder.
	// It holds the identity of the page there that the owner has accepted, as JSON.
	acceptedNote = reserved + "-accepted.json"
)

// Visited reports whether visitors have ever put something into the share, or into
// another one that the file is in. Then it may be theirs, or use one that is.
func (f *File) Visited() bool {
	if f.tree == nil {
		return false
	}
	if f.tree.visited() {
		return true
	}
	at, _, err := f.tree.find(f.name)
	for err == nil && at != "." {
		if at = parent(at); f.tree.hasVisitorsNote(at) {
			return true
		}
	}
	return err != nil
}

// visited reports whether visitors have ever put something into the share, or into
// one that it is in.
func (t *tree) visited() bool {
	if t.hasVisitorsNote(".") {
		return true
	}
	at, err := filepath.EvalSymlinks(t.path)
	for up := filepath.Dir(at); err == nil && up != at; at, up = up, filepath.Dir(up) {
		if _, err := os.Lstat(filepath.Join(up, visitorsNote)); err == nil {
			return true
		}
	}
	return err != nil
}

func (t *tree) hasVisitorsNote(folder string) bool {
	_, err := t.root.Lstat(join(folder, visitorsNote))
	return err == nil || !errors.Is(err, fs.ErrNotExist)
}

// noteVisitors remembers that visitors put something into the share.
func (t *tree) noteVisitors() error {
	if t.hasVisitorsNote(".") {
		return nil
	}
	note, err := t.root.OpenFile(visitorsNote, os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return note.Close()
}

// isAccepted reports whether the owner has accepted a file as the page of a folder,
// although it is in another one, where visitors may have put it. Found is its name
// without links.
func isAccepted(folder *os.Root, t *tree, found string, page *File) bool {
	b, err := folder.ReadFile(acceptedNote)
	if err != nil {
		return false
	}
	var accepted identity
	is, info, err := t.identify(found)
	return err == nil && os.SameFile(info, page.info) && json.Unmarshal(b, &accepted) == nil && accepted.equal(is)
}

// acceptElsewhere accepts the page of a folder as it is, at a name without links.
func (t *tree) acceptElsewhere(folder, page string) error {
	if parent(page) == folder {
		return nil
	}
	is, _, err := t.identify(page)
	if err != nil {
		return err
	}
	b, err := json.Marshal(is)
	if err != nil {
		return err
	}
	return t.root.WriteFile(join(folder, acceptedNote), b, 0o600)
}

// identity tells whether a file is still the one that was accepted. Visitors choose
// size and time of what they send, but not its inode and when that was made.
type identity struct {
	Inode    uint64 // 0 if the system does not tell
	Born     int64  // nanoseconds since 1970, when the inode was made; 0 if unknown
	Size     int64
	Modified time.Time
}

func (i identity) equal(o identity) bool {
	return i.Inode != 0 && i.Inode == o.Inode && i.Born == o.Born && i.Size == o.Size && i.Modified.Equal(o.Modified)
}

// identify returns the identity of what is at a name without links. It does not
// follow a link.
func (t *tree) identify(name string) (identity, fs.FileInfo, error) {
	info, err := t.root.Lstat(name)
	if err != nil {
		return identity{}, nil, err
	}
	// As JSON, a time has whole minutes to UTC, which not all local times have.
	i := identity{Size: info.Size(), Modified: info.ModTime().UTC()}
	i.Inode, i.Born = origin(t.root, name, info)
	return i, info, nil
}
