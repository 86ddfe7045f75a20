package share

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Overlap reports whether what has one of two names has the other as well, or lies in
// it. Names alone do not tell: a root of a share may lie in another one, and some
// drives ignore case. Nothing need be there yet.
func (w *Writer) Overlap(a, b string) bool {
	one, other := w.placeOf(a), w.placeOf(b)
	return one.tree != nil && other.tree != nil && one.overlaps(other)
}

// placeOf returns where a name leads, a link itself; the zero location if nowhere.
func (w *Writer) placeOf(name string) location {
	t, local, err := w.view.at(name)
	if err != nil || t == nil {
		return location{}
	}
	if local == "" {
		return location{t, "."}
	}
	folder, element, err := t.locate(local)
	if err != nil {
		return location{}
	}
	return location{t, join(folder, element)}
}

// location is a name without links in a tree.
type location struct {
	tree *tree
	at   string
}

func (l location) overlaps(other location) bool {
	mine, others := l.way(), other.way()
	return within(mine[0], others) || within(others[0], mine) ||
		len(mine) > 1 && len(others) > 1 && areSameFolder(mine[1], others[1]) && l.isEntry(mine[0], other, others[0])
}

// isEntry reports whether two places in one folder are the same entry of it. A file may
// have several, which are apart from each other.
func (l location) isEntry(mine step, other location, others step) bool {
	switch {
	case mine.name == others.name:
		return true
	case mine.info == nil || others.info == nil || !strings.EqualFold(mine.name, others.name):
		return false
	}
	return os.SameFile(mine.info, others.info) || !lists(other.tree.root, other.at)
}

// step is something on the way from a place to the top of the file system.
type step struct {
	name string
	info fs.FileInfo // nil if nothing is there
}

// way returns the steps from a place to the top, the place itself first.
func (l location) way() (steps []step) {
	for at := l.at; at != "."; at = parent(at) {
		info, _ := l.tree.root.Lstat(at) // nil if nothing is there
		steps = append(steps, step{filepath.Base(at), info})
	}
	path, err := filepath.EvalSymlinks(l.tree.path)
	if err != nil {
		path = l.tree.path // has been moved; it is still open
	}
	info, _ := l.tree.root.Stat(".")
	for {
		steps = append(steps, step{filepath.Base(path), info})
		up := filepath.Dir(path)
		if up == path {
			return steps
		}
		path = up
		info, _ = os.Lstat(path)
	}
}

// within reports whether a folder is one of these steps.
func within(folder step, steps []step) bool {
	if folder.info == nil || !folder.info.IsDir() {
		return false
	}
	for _, s := range steps {
		if areSameFolder(folder, s) {
			return true
		}
	}
	return false
}

// areSameFolder reports whether two folders are the same. FUSE numbers them by their names, and
// so differently if the case differs.
func areSameFolder(a, b step) bool {
	if a.info == nil || b.info == nil {
		return false
	}
	return os.SameFile(a.info, b.info) || a.name != b.name && strings.EqualFold(a.name, b.name) && areAlike(a.info, b.info)
}
