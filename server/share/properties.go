package share

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io"
	"io/fs"
	"math"
	"os"
	"path"
	"time"
)

// propsPrefix begins the names of files that hold what clients have noted about
// one file or folder. Such a file lies beside what it is about; that of the
// share itself lies in it. A file for each keeps the cost of a note independent
// of how many there are.
const propsPrefix = reserved + "-props-"

// propsName returns the name of the file with the properties of an element of
// the folder that both lie in. A hash fits where a longer name might not.
func propsName(element string) string {
	sum := sha256.Sum256([]byte(element))
	return propsPrefix + base64.RawURLEncoding.EncodeToString(sum[:16]) + noteSuffix
}

// propsOf returns that of a name without links.
func propsOf(found string) string { return join(parent(found), propsName(path.Base(found))) }

// properties is [Folder.Properties] in one tree.
func (r reader) properties(name string) ([]byte, error) {
	found, _, err := r.tree.find(orDot(name))
	if err != nil {
		return nil, failure("read", name, err)
	}
	b, err := r.tree.root.ReadFile(propsOf(found))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	r.tree.noted.Store(true)
	return b, err
}

// setProperties is [Writer.SetProperties] in one tree.
func (w writer) setProperties(name string, b []byte) error {
	found, _, err := w.tree.find(orDot(name))
	if err != nil {
		return failure("write", name, err)
	}
	at := propsOf(found)
	w.tree.noted.Store(true)
	if len(b) == 0 {
		w.tree.root.Remove(at)
		return nil
	}
	if err := w.tree.root.WriteFile(at+draftSuffix, b, 0o600); err != nil {
		w.tree.root.Remove(at + draftSuffix)
		return writeError(err)
	}
	return writeError(w.tree.root.Rename(at+draftSuffix, at))
}

// setModified is [Writer.SetModified] in one tree.
func (w writer) setModified(name string, t time.Time) error {
	found, _, err := w.tree.find(orDot(name))
	if err != nil {
		return failure("write", name, err)
	}
	return writeError(setModified(w.tree.root, found, t))
}

// setModified sets a modification time, or the nearest that can be told to the
// system: package os counts nanoseconds since 1970, in 64 bits, and would make the
// year 9999 some day in the 19th century. Most file systems keep less, and take
// what is nearest themselves.
func setModified(root *os.Root, found string, to time.Time) error {
	first, last := time.Unix(0, math.MinInt64), time.Unix(0, math.MaxInt64)
	switch {
	case to.Before(first):
		to = first
	case to.After(last):
		to = last
	}
	return root.Chtimes(found, time.Time{}, to)
}

// checkName is [Writer.CheckName] in one tree.
func (w writer) checkName(name string) error {
	_, _, err := w.tree.locate(name)
	return err
}

// props are the files with properties in a tree.
type props struct{ tree *tree }

// mayBe reports whether it makes sense to look for the properties of what
// gets another name.
func (p props) mayBe() bool { return p.tree.noted.Load() || !p.tree.searched.Load() }

// move moves the properties of what was moved. What was noted about
// something that had the new name before goes.
func (p props) move(old, new string) {
	if !p.mayBe() {
		return
	}
	if p.tree.root.Rename(old, new) != nil {
		p.tree.root.Remove(new)
	}
}

// drop removes those of what had a name before.
func (p props) drop(found string) {
	if p.mayBe() {
		p.tree.root.Remove(propsOf(found))
	}
}

// removeStale removes, of the files with properties that are in a folder,
// those of what is not there any more.
func (p props) removeStale(d *openDir, noted map[string]bool) {
	if len(noted) == 0 {
		return
	}
	delete(noted, propsName("."))
	if _, err := d.file.Seek(0, io.SeekStart); err != nil {
		return
	}
	for e, err := range entries(d.file) {
		if err != nil {
			return
		}
		delete(noted, propsName(e.name))
	}
	for name := range noted {
		p.tree.root.Remove(join(d.path, name))
	}
}

func orDot(name string) string {
	if name == "" {
		return "."
	}
	return name
}
