package share

import (
	"errors"
	"io/fs"
	"os"
)

// renameNew gives what is at old the name new. It never overwrites: if there
// is something at new, the error satisfies fs.ErrExist. Both names are those
// that find returns.
func renameNew(root *os.Root, old, new string) error {
	err := renameInOneStep(root, old, new)
	if errors.Is(err, errors.ErrUnsupported) {
		return renameInSteps(root, old, new)
	}
	return err
}

// renameInSteps is for systems and file systems that know no such rename. A
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

// renameOntoClaim is for file systems that know no second link: it takes the name with something empty,
// which can be done only once, and replaces that.
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
	if folder && err != nil { // some systems do not replace even an empty folder
		root.Remove(new)
		return root.Rename(old, new)
	}
	if err != nil {
		root.Remove(new)
	}
	return err
}

// pair opens the folders of two names, for a step that the system does with
// both at once.
func pair(root *os.Root, old, new string, do func(from, to *os.File) error) error {
	from, err := root.OpenFile(parent(old), openFlags, 0)
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := root.OpenFile(parent(new), openFlags, 0)
	if err != nil {
		return err
	}
	defer to.Close()
	return do(from, to)
}
