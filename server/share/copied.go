package share

import (
	"io/fs"
	"os"
	"strings"
)

// copiedPrefix begins the names of what was copied to another drive and is being
// deleted. They are reserved, so that it is never served.
const copiedPrefix = reserved + "-copied-"

// deleteCopied is [Writer.DeleteCopied] in one tree.
func (w writer) deleteCopied(name, id string, copied []string) error {
	old, err := w.tree.findEntry(name)
	if err != nil || !IsPartialID(id) {
		return failure("delete", name, err)
	}
	if w.holdsMount(old) {
		return &fs.PathError{Op: "delete", Path: name, Err: ErrMounted}
	}
	aside := join(parent(old), copiedPrefix+id) // on the same drive, where nothing is added any more
	if err := pages(w).renaming(old, func() error { return w.tree.root.Rename(old, aside) }); err != nil {
		return writeError(err)
	}
	if !holdsOnly(w.tree.root, aside, copied) {
		err := &fs.PathError{Op: "delete", Path: name, Err: ErrElsewhere}
		if back := renameNew(w.tree, aside, old); back != nil {
			return writeError(back)
		}
		return err
	}
	_ = w.tree.root.RemoveAll(aside)     // what is left is out of sight, and goes when the share is tidied
	_ = w.tree.root.Remove(propsOf(old)) // most have none
	return writeError(syncFolders(w.tree.root, parent(old)))
}

// holdsOnly reports whether nothing is below a folder but what has these names there,
// and what is the product's own. A file has nothing below it.
func holdsOnly(root *os.Root, folder string, names []string) bool {
	known := make(map[string]bool, len(names))
	for _, name := range names {
		known[name] = true
	}
	err := fs.WalkDir(root.FS(), folder, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		switch {
		case path == folder || known[strings.TrimPrefix(path, folder+"/")]:
			return nil
		case IsReserved(e.Name()) && !e.IsDir() && !isPartialFile(e.Name()):
			return nil
		}
		return fs.ErrExist
	})
	return err == nil
}
