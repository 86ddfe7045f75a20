package share

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
)

// Why something could not be written. The error that is returned also wraps the
// system's own.
var (
	ErrNotWritable = errors.New("may not be written")
	ErrFull        = errors.New("the drive is full")
	ErrTooLarge    = errors.New("larger than files on this drive can be")
	ErrLongName    = errors.New("longer than names on this drive can be")
	ErrElsewhere   = errors.New("lies on another drive")
	ErrMounted     = errors.New("another drive is attached there")
	ErrInside      = errors.New("a folder cannot go into itself")
	ErrOtherRoot   = fmt.Errorf("in another root of the share: %w", ErrElsewhere)
)

// writeError explains an error of writing by one of those above, if one fits.
func writeError(err error) error {
	if err == nil {
		return nil
	}
	if reason := writeReason(err); reason != nil {
		return because(reason, err)
	}
	if errors.Is(err, fs.ErrPermission) {
		return because(ErrNotWritable, err)
	}
	return err
}

// makeFolder is [Writer.MakeFolder] in one tree.
func (w writer) makeFolder(name string) error {
	folder, element, err := w.tree.locate(name)
	if err != nil {
		return err
	}
	if err := w.tree.root.Mkdir(join(folder, element), 0o777); err != nil {
		return writeError(err)
	}
	props(w).drop(join(folder, element))
	return writeError(syncFolders(w.tree.root, folder))
}

// makeFolders is [Writer.MakeFolders] in one tree.
func (w writer) makeFolders(name string) error {
	for i := 0; i <= len(name); i++ {
		if i < len(name) && name[i] != '/' {
			continue
		}
		err := w.makeFolder(name[:i])
		if errors.Is(err, fs.ErrExist) {
			_, err = w.tree.findFolder(name[:i])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// move is [Writer.Move] in one tree.
func (w writer) move(from, to string) error {
	old, err := w.tree.findEntry(from)
	if err != nil {
		return err
	}
	folder, element, err := w.tree.locate(to)
	if err != nil {
		return err
	}
	new := join(folder, element)
	if new == old || strings.HasPrefix(new, old+"/") {
		return &os.LinkError{Op: "move", Old: from, New: to, Err: ErrInside}
	}
	if err := pages(w).naming(old, func() error { return w.rename(old, new) }, new); err != nil {
		return writeError(err)
	}
	props(w).move(propsOf(old), propsOf(new))
	return writeError(syncFolders(w.tree.root, parent(old), folder))
}

// rename is renameNew, but can change the case of letters where the file system
// takes both for the same name.
func (w writer) rename(old, new string) error {
	if strings.EqualFold(old, new) {
		a, err := w.tree.root.Lstat(old)
		b, err2 := w.tree.root.Lstat(new)
		if err == nil && err2 == nil && (os.SameFile(a, b) || !lists(w.tree.root, new)) {
			return renameCase(w.tree, old, new)
		}
	}
	return renameNew(w.tree, old, new)
}

// lists reports whether the folder of a name lists it, or cannot be read. What is
// there and not listed is listed in another case. FUSE numbers files by their names,
// so that [os.SameFile] cannot tell.
func lists(root *os.Root, found string) bool {
	dir, err := root.Open(parent(found))
	if err != nil {
		return true
	}
	defer dir.Close()
	for e, err := range entries(dir) {
		if err != nil || e.name == path.Base(found) {
			return true
		}
	}
	return false
}

// syncFolders flushes changes of the names in these folders to the disk.
func syncFolders(root *os.Root, names ...string) error {
	var errs []error
	for _, name := range names {
		errs = append(errs, syncFolder(root, name))
	}
	return errors.Join(errs...)
}

func syncFolder(root *os.Root, name string) error {
	dir, err := root.OpenFile(name, openFlags, 0)
	if err != nil {
		return err
	}
	defer dir.Close()
	return flush(dir)
}
