package share

import (
	"errors"
	"os"
	"strings"
)

// errInSteps says that a file cannot take another one's place in one step.
var errInSteps = errors.New("in steps")

// MoveOver is [Writer.Move] to a name that is taken. What has that name goes
// to the trash, under an id as for [Writer.Trash]. If both are files and the
// file system has hard links, that is one step: whoever opens the name gets
// the old file or the new one.
func (w *Writer) MoveOver(from, to, id string) error {
	old, err := w.tree.findEntry(from)
	if err != nil {
		return err
	}
	gone, err := w.tree.findEntry(to)
	if err != nil || !IsPartialID(id) {
		return failure("move", to, err)
	}
	if gone == old || strings.HasPrefix(gone, old+"/") {
		return &os.LinkError{Op: "move", Old: from, New: to, Err: ErrInside}
	}
	if areFiles(w.tree.root, old, gone) {
		err := w.tree.namingOver(old, func(theirs bool) error {
			done, err := w.exchange(old, gone, to, id, theirs)
			if !done {
				err = errInSteps
			}
			return err
		}, gone, gone)
		if err == nil {
			w.tree.moveProps(propsOf(gone), w.box(id).props(gone))
			w.tree.moveProps(propsOf(old), propsOf(gone))
		}
		if err != errInSteps {
			return writeError(err)
		}
	}
	if err := w.Trash(to, id); err != nil {
		return err
	}
	if err := w.Move(from, to); err != nil {
		return errors.Join(err, w.putBack(id, gone))
	}
	return nil
}

// areFiles reports whether these are the names of two different files.
func areFiles(root *os.Root, a, b string) bool {
	one, err := root.Lstat(a)
	other, err2 := root.Lstat(b)
	return err == nil && err2 == nil && one.Mode().IsRegular() && other.Mode().IsRegular() && !os.SameFile(one, other)
}

// exchange gives the file that is to go a second name in the trash, and then
// its first name to the other file. If it cannot have a second name, done is
// false and nothing has changed. theirs is as for swap.
func (w *Writer) exchange(old, gone, name, id string, theirs bool) (done bool, err error) {
	root, b := w.tree.root, w.box(id)
	if b.make(name, theirs) != nil {
		return false, nil // Trash tries again and says why
	}
	if root.Link(gone, b.holding(gone)) != nil {
		b.remove()
		return false, nil
	}
	if err := root.Rename(old, gone); err != nil {
		root.Remove(b.holding(gone))
		b.remove()
		return true, err
	}
	return true, syncFolders(root, b.path(), trash, parent(old), parent(gone))
}
