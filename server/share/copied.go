package share

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"strings"
	"time"
)

// What was copied to another drive goes in two steps, each under a name that is
// reserved, so that it is never served. Until it is known that the copy has all of it,
// it lies in a folder whose name begins with asidePrefix, from where tidying brings it
// back after a crash. From then on the name begins with copiedPrefix, and tidying
// deletes it.
const (
	asidePrefix  = reserved + "-moving-"
	copiedPrefix = reserved + "-copied-"
)

// Copied tells what a file was when it was copied. It is zero for a folder.
type Copied struct {
	Size     int64 // bytes
	Modified time.Time
}

// deleteCopied is [Writer.DeleteCopied] in one tree.
func (w writer) deleteCopied(name, id string, copied map[string]Copied) error {
	old, err := w.tree.findEntry(name)
	if err != nil || !IsPartialID(id) {
		return failure("delete", name, err)
	}
	if w.holdsMount(old) {
		return &fs.PathError{Op: "delete", Path: name, Err: ErrMounted}
	}
	gone := join(parent(old), copiedPrefix+id)
	put := func() error { return w.setAside(old, join(parent(old), asidePrefix+id), gone, copied) }
	if err := pages(w).renaming(old, put); err != nil {
		return writeError(err)
	}
	_ = w.tree.root.RemoveAll(gone)      // what is left is out of sight, and goes when the share is tidied
	_ = w.tree.root.Remove(propsOf(old)) // most have none
	return writeError(syncFolders(w.tree.root, parent(old)))
}

// setAside puts what is at old into the new folder aside, where nobody changes it any
// more, and gives that the name gone if a copy has all of it. Otherwise it brings it
// back.
func (w writer) setAside(old, aside, gone string, copied map[string]Copied) error {
	root, held := w.tree.root, join(aside, path.Base(old))
	if err := root.Mkdir(aside, 0o700); err != nil {
		return err
	}
	err := root.Rename(old, held)
	if err == nil && !holdsOnly(root, held, copied) {
		err = errors.Join(&fs.PathError{Op: "delete", Path: old, Err: ErrElsewhere}, renameNew(w.tree, held, old))
	}
	if err != nil {
		root.Remove(aside) // fails if it is not empty
		return err
	}
	return root.Rename(aside, gone)
}

// bringBack undoes a setAside that was interrupted. What has the name by now stays.
func (w writer) bringBack(aside string) {
	dir, err := w.tree.root.Open(aside)
	if err != nil {
		return
	}
	defer dir.Close()
	for e, err := range entries(dir) {
		if err != nil {
			break
		}
		held, at := join(aside, e.name), join(parent(aside), e.name)
		_ = pages(w).naming(held, func() error { return renameNew(w.tree, held, at) }, at) // whoever put it there
	}
	w.tree.root.Remove(aside)
}

// holdsOnly reports whether a file, or a folder with all in it, is what was copied,
// and what is the product's own.
func holdsOnly(root *os.Root, top string, copied map[string]Copied) bool {
	err := fs.WalkDir(root.FS(), top, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		was, known := copied[strings.TrimPrefix(strings.TrimPrefix(path, top), "/")]
		switch {
		case known && isCopied(e, was):
			return nil
		case !known && IsReserved(e.Name()) && !e.IsDir() && !isPartialFile(e.Name()):
			return nil
		}
		return fs.ErrExist
	})
	return err == nil
}

// isCopied reports whether a file is still what was copied. Of a link that may be what
// it leads to, which stays.
func isCopied(e fs.DirEntry, was Copied) bool {
	if !e.Type().IsRegular() {
		return true
	}
	info, err := e.Info()
	return err == nil && info.Size() == was.Size && info.ModTime().Equal(was.Modified)
}
