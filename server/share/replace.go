package share

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"strings"
)

// MoveOver is [Folder.Move] to a name that is taken. What has the name goes
// into the trash, under an id as for [Folder.Trash]. If it is a file, then in
// one step, where the file system knows hard links: whoever opens the name
// meets the old file or the new one.
func (f *Folder) MoveOver(from, to, id string) error {
	old, err := f.entryAt(from)
	if err != nil {
		return err
	}
	gone, err := f.entryAt(to)
	if err != nil || !IsPartialID(id) {
		return failure("move", to, err)
	}
	if gone == old || strings.HasPrefix(gone, old+"/") {
		return &os.LinkError{Op: "move", Old: from, New: to, Err: ErrInside}
	}
	if f.areFiles(old, gone) {
		if done, err := f.exchange(old, gone, to, id); done {
			return trouble(err)
		}
	}
	if err := f.Trash(to, id); err != nil {
		return err
	}
	if err := f.Move(from, to); err != nil {
		return errors.Join(err, f.Restore(id, to))
	}
	return nil
}

// areFiles reports whether both names are those of files, and of two.
func (f *Folder) areFiles(old, gone string) bool {
	a, err := f.root.Lstat(old)
	b, err2 := f.root.Lstat(gone)
	return err == nil && err2 == nil && a.Mode().IsRegular() && b.Mode().IsRegular() && !os.SameFile(a, b)
}

// exchange gives the file that is to go a second name in the trash, and then
// its first one to the other file. It is not done, and nothing has changed, if
// there can be no second name.
func (f *Folder) exchange(old, gone, name, id string) (done bool, err error) {
	if f.openBox(name, id) != nil {
		return false, nil // Trash tries it again and says why
	}
	kept := join(join(trash, id), path.Base(gone))
	if f.root.Link(gone, kept) != nil {
		f.removeBox(id)
		return false, nil
	}
	if err := f.root.Rename(old, gone); err != nil {
		f.root.Remove(kept)
		f.removeBox(id)
		return true, err
	}
	return true, errors.Join(f.syncFolder(join(trash, id)), f.syncFolder(trash), f.syncFolder(parent(old)), f.syncFolder(parent(gone)))
}

// openBox makes a place in the trash, and the trash if need be.
func (f *Folder) openBox(name, id string) error {
	if err := f.root.Mkdir(trash, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return f.makeBox(name, id)
}
