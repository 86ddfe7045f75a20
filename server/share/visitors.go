package share

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
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

// isVisitorsElsewhere reports whether the page of a folder, at a name without
// links, is in another folder, where visitors may have put it, and the owner has
// not accepted it as it is.
func (t *tree) isVisitorsElsewhere(folder, page string) bool {
	if parent(page) == folder || !t.visited() {
		return false
	}
	b, err := t.root.ReadFile(join(folder, acceptedNote))
	if err != nil {
		return true
	}
	var accepted identity
	is, err := t.identify(page)
	return err != nil || json.Unmarshal(b, &accepted) != nil || !accepted.same(is)
}

// same is equal for those who must not take a file with the same size and time, which
// visitors choose, for the same file.
func (i identity) same(o identity) bool {
	return i.Inode != 0 && i.Inode == o.Inode && i.Born == o.Born && i.Size == o.Size && i.Modified.Equal(o.Modified)
}

// acceptElsewhere accepts the page of a folder as it is, at a name without links.
func (t *tree) acceptElsewhere(folder, page string) error {
	if parent(page) == folder {
		return nil
	}
	is, err := t.identify(page)
	if err != nil {
		return err
	}
	b, err := json.Marshal(is)
	if err != nil {
		return err
	}
	return t.root.WriteFile(join(folder, acceptedNote), b, 0o600)
}
