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
func (f *Folder) MakeFolder(name string) error {
	folder, element, err := f.spot(name)
	if err != nil {
		return err
	}
	if err := f.root.Mkdir(join(folder, element), 0o777); err != nil {
		return trouble(err)
	}
	return trouble(f.syncFolder(folder))
}

// MakeFolders makes a folder and all on the way that are not there yet.
func (f *Folder) MakeFolders(name string) error {
	for i := 0; i <= len(name); i++ {
		if i < len(name) && name[i] != '/' {
			continue
		}
		err := f.MakeFolder(name[:i])
		if errors.Is(err, fs.ErrExist) {
			_, err = f.findFolder(name[:i])
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
func (f *Folder) Move(from, to string) error {
	old, err := f.entryAt(from)
	if err != nil {
		return err
	}
	folder, element, err := f.spot(to)
	if err != nil {
		return err
	}
	new := join(folder, element)
	if new == old || strings.HasPrefix(new, old+"/") {
		return &os.LinkError{Op: "move", Old: from, New: to, Err: ErrInside}
	}
	if err := f.rename(old, new); err != nil {
		return trouble(err)
	}
	return trouble(errors.Join(f.syncFolder(parent(old)), f.syncFolder(folder)))
}

// rename is renameNew, but lets letters become large or small where the file
// system takes that for the same name.
func (f *Folder) rename(old, new string) error {
	if strings.EqualFold(old, new) {
		a, err := f.root.Lstat(old)
		b, err2 := f.root.Lstat(new)
		if err == nil && err2 == nil && os.SameFile(a, b) {
			return f.root.Rename(old, new)
		}
	}
	return f.renameNew(old, new)
}

// entryAt returns the name without links in its folders of something that can
// be seen. Its last element may be a link.
func (f *Folder) entryAt(name string) (string, error) {
	folder, element, err := f.spot(name)
	if err != nil {
		return "", failure("find", name, fs.ErrNotExist)
	}
	if _, _, err := f.find(name); err != nil {
		return "", failure("find", name, err)
	}
	return join(folder, element), nil
}

// spot returns where a name stands or would stand: its folder, which is there,
// without links, and its last element, which may be served.
func (f *Folder) spot(name string) (folder, element string, err error) {
	if name == "" || !wellFormed(name) {
		return "", "", &fs.PathError{Op: "write", Path: name, Err: fs.ErrInvalid}
	}
	above := parent(name)
	if element = name; above != "." {
		element = name[len(above)+1:]
	}
	if !f.allows(element) {
		return "", "", &fs.PathError{Op: "write", Path: name, Err: fs.ErrInvalid}
	}
	folder, err = f.findFolder(above)
	return folder, element, err
}

// findFolder is find for a name that has to be a folder's; "" is the share.
func (f *Folder) findFolder(name string) (found string, err error) {
	if name == "" {
		name = "."
	}
	if name != "." && !wellFormed(name) {
		return "", failure("write", name, fs.ErrNotExist)
	}
	found, info, err := f.find(name)
	if err == nil && !info.IsDir() {
		err = fs.ErrNotExist
	}
	if err != nil {
		return "", failure("write", name, err)
	}
	return found, nil
}

// syncFolder makes what happened to a folder's names last.
func (f *Folder) syncFolder(name string) error {
	dir, err := f.root.OpenFile(name, openFlags, 0)
	if err != nil {
		return err
	}
	defer dir.Close()
	return flush(dir)
}
