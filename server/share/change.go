package share

import (
	"errors"
	"io/fs"
	"os"
	"strings"
)

// Why something could not be written; the system's own error is with them.
var (
	ErrNotWritable = errors.New("may not be written")
	ErrFull        = errors.New("the drive is full")
	ErrTooLarge    = errors.New("larger than files on this drive can be")
	ErrLongName    = errors.New("longer than names on this drive can be")
	ErrElsewhere   = errors.New("lies on another drive")
	ErrInside      = errors.New("a folder cannot go into itself")
)

// trouble makes an error of writing one of those above, where it is one.
func trouble(err error) error {
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

// MakeFolder makes a folder. The error satisfies [fs.ErrExist] if there is
// something of that name, [fs.ErrNotExist] if the folder that it would lie in
// is not there, and [fs.ErrInvalid] if no file may be called that.
func (w *Writer) MakeFolder(name string) error {
	folder, element, err := w.tree.spot(name)
	if err != nil {
		return err
	}
	if err := w.tree.root.Mkdir(join(folder, element), 0o777); err != nil {
		return trouble(err)
	}
	return trouble(syncFolders(w.tree.root, folder))
}

// MakeFolders makes a folder and all on the way that are not there yet.
func (w *Writer) MakeFolders(name string) error {
	for i := 0; i <= len(name); i++ {
		if i < len(name) && name[i] != '/' {
			continue
		}
		err := w.MakeFolder(name[:i])
		if errors.Is(err, fs.ErrExist) {
			_, err = w.tree.findFolder(name[:i])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Move gives a file or folder another name, which may lie in another folder.
// It never overwrites: the error satisfies [fs.ErrExist] if there is
// something. A link is moved itself, not what it leads to.
func (w *Writer) Move(from, to string) error {
	old, err := w.tree.entryAt(from)
	if err != nil {
		return err
	}
	folder, element, err := w.tree.spot(to)
	if err != nil {
		return err
	}
	new := join(folder, element)
	if new == old || strings.HasPrefix(new, old+"/") {
		return &os.LinkError{Op: "move", Old: from, New: to, Err: ErrInside}
	}
	if err := w.rename(old, new); err != nil {
		return trouble(err)
	}
	return trouble(syncFolders(w.tree.root, parent(old), folder))
}

// rename is renameNew, but lets letters become large or small where the file
// system takes that for the same name.
func (w *Writer) rename(old, new string) error {
	if strings.EqualFold(old, new) {
		a, err := w.tree.root.Lstat(old)
		b, err2 := w.tree.root.Lstat(new)
		if err == nil && err2 == nil && os.SameFile(a, b) {
			return w.tree.root.Rename(old, new)
		}
	}
	return renameNew(w.tree.root, old, new)
}

// syncFolders makes lasting what happened to the names in these folders.
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
