package share

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
)

// heldFiles limits how many files are followed into other folders, since each takes
// a descriptor.
const heldFiles = 256

var held atomic.Int64

// track keeps a handle of the file, in place of the one before. It is called with mu
// held.
func (s *single) track(t *tree, name string) {
	s.untrack()
	if held.Add(1) <= heldFiles {
		s.handle = hold(t.root, name, s.info)
	}
	if s.handle == nil {
		held.Add(-1)
	}
}

// untrack lets go of the file. It is called with mu held.
func (s *single) untrack() {
	if s.handle != nil {
		s.handle.Close()
		s.handle = nil
		held.Add(-1)
	}
}

// elsewhere returns the path at which the file is after it was moved out of its
// folder, and what it is; "" if it was deleted, hidden, or the system does not tell.
// What is shared is still the file itself, and nothing beside it.
func (s *single) elsewhere(folder string) (path string, was os.FileInfo) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.handle == nil {
		return "", nil
	}
	path = whereIs(s.handle)
	if !filepath.IsAbs(path) || !s.mayGo(folder, path) {
		return "", nil
	}
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() || !os.SameFile(info, s.info) {
		return "", nil
	}
	return path, info
}

// mayGo reports whether a file that was in a folder may still be seen at a path. One
// that was put into the trash or hidden is not to be seen any more.
func (s *single) mayGo(folder, path string) bool {
	if isBackup(path) || strings.Contains(filepath.ToSlash(path), "/Trash/files/") {
		return false
	}
	rest, err := filepath.Rel(folder, path)
	if err != nil {
		return false
	}
	return !slices.ContainsFunc(strings.Split(filepath.ToSlash(rest), "/"), func(e string) bool {
		return e != ".." && e[0] == '.' && (!s.hidden || strings.HasPrefix(e, ".Trash"))
	})
}

// elsewhere returns a tree of the file at the place where it is instead of that which
// t holds; nil if it is known at no other. Err is what t says of itself.
func (r *root) elsewhere(t *tree, err error) *tree {
	if t == nil {
		return nil
	}
	if next := r.back(t); next != nil || err != ErrGone {
		return next
	}
	return r.follow(t)
}

// follow returns a tree of the file at the place to which it was moved; nil if it is
// not known to be anywhere.
func (r *root) follow(t *tree) *tree {
	if t.only == nil {
		return nil
	}
	path, was := t.only.elsewhere(t.path)
	if path == "" {
		return nil
	}
	next, err := r.openFile(path)
	if err != nil {
		return nil
	}
	if _, info, err := next.only.find(next); err != nil || !os.SameFile(info, was) {
		next.close()
		return nil
	}
	next.only.chosen = cmp.Or(t.only.chosen, filepath.Join(t.path, t.only.first))
	return next
}

// back returns a tree of the file that has the chosen path again after the root was
// followed away from there; nil if none has. Programs that save may move the file that
// was there to a folder for backups first. A link that leads there now is not followed:
// the owner has not chosen where it leads.
func (r *root) back(t *tree) *tree {
	if t.only == nil || t.only.chosen == "" {
		return nil
	}
	next, err := r.openFile(t.only.chosen)
	if err != nil {
		return nil
	}
	if next.path != filepath.Dir(t.only.chosen) {
		next.close()
		return nil
	}
	return next
}
