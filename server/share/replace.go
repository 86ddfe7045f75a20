package share

import (
	"errors"
	"os"
)

// errInSteps says that a file cannot take another one's place in one step.
var errInSteps = errors.New("in steps")

// moveOver is [Writer.MoveOver] in one tree.
func (w writer) moveOver(from, to, id string) error {
	old, err := w.tree.findEntry(from)
	if err != nil {
		return err
	}
	gone, err := w.tree.findEntry(to)
	if err != nil || !IsPartialID(id) {
		return failure("move", to, err)
	}
	if (location{w.tree, old}).overlaps(location{w.tree, gone}) {
		return &os.LinkError{Op: "move", Old: from, New: to, Err: ErrInside}
	}
	if areFiles(w.tree.root, old, gone) {
		err := pages(w).namingOver(old, func(theirs bool) error {
			done, err := w.exchange(old, gone, to, id, theirs)
			if !done {
				err = errInSteps
			}
			return err
		}, gone, gone)
		if err == nil {
			props(w).move(propsOf(gone), w.box(id).props(gone))
			props(w).move(propsOf(old), propsOf(gone))
		}
		if err != errInSteps {
			return writeError(err)
		}
	}
	if err := w.trash(to, id); err != nil {
		return err
	}
	if err := w.move(from, to); err != nil {
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
func (w writer) exchange(old, gone, name, id string, theirs bool) (done bool, err error) {
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
