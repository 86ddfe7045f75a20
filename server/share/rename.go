package share

import (
	"errors"
	"io/fs"
	"os"
)

// renameNew gives what is at old the name new. It never overwrites: if new is
// taken, the error satisfies fs.ErrExist. Both names are as find returns them.
func renameNew(t *tree, old, new string) error {
	err := renameInOneStep(t, old, new)
	if errors.Is(err, errors.ErrUnsupported) {
		return renameInSteps(t.root, old, new)
	}
	return err
}

// renameInSteps is for systems and file systems without such a rename. Making a
// second link cannot overwrite either.
func renameInSteps(root *os.Root, old, new string) error {
	info, err := root.Lstat(old)
	if err != nil {
		return err
	}
	if info.Mode().IsRegular() {
		if err = root.Link(old, new); err == nil {
			return root.Remove(old)
		}
		if errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	return renameOntoClaim(root, old, new, info.IsDir())
}

// renameOntoClaim is for file systems without second links: it claims the name
// with something empty, which only one can do, and replaces that.
func renameOntoClaim(root *os.Root, old, new string, folder bool) error {
	if folder {
		if err := root.Mkdir(new, 0o777); err != nil {
			return err
		}
	} else {
		claim, err := root.OpenFile(new, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if err != nil {
			return err
		}
		claim.Close()
	}
	err := root.Rename(old, new)
	if folder && err != nil { // some systems do not replace an empty folder either
		root.Remove(new)
		return root.Rename(old, new)
	}
	if err != nil {
		root.Remove(new)
	}
	return err
}

// withParents calls do with the folders that two names are in.
func withParents(t *tree, old, new string, do func(from, to *os.File) error) error {
	from, err := t.openFolder(parent(old))
	if err != nil {
		return err
	}
	defer from.Close()
	if parent(new) == parent(old) {
		return do(from, from)
	}
	to, err := t.openFolder(parent(new))
	if err != nil {
		return err
	}
	defer to.Close()
	return do(from, to)
}

// openFolder opens the folder at a name without links, only to look at, make and
// rename what is in it.
func (t *tree) openFolder(found string) (*os.File, error) {
	if dir, ok := t.direct.folder(found); ok {
		return dir, nil
	}
	return t.root.OpenFile(found, openFlags, 0)
}
