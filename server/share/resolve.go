package share

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// maxSteps limits the elements of a name together with those of the links on
// its way, so that neither a very long name nor links in a circle keep us busy.
const maxSteps = 255

// maxTries is how often Open looks again for something that was replaced just
// as it was opened, as by programs that save a file by renaming another one.
const maxTries = 5

// errUnreached says that only a walk tells what is at a name, or why nothing is: a
// link may lead there.
var errUnreached = errors.New("not reached in one step")

// errSwapped says that what was opened is not what was looked at.
var errSwapped = errors.New("replaced while it was opened")

// open is [Folder.Open] in one tree.
func (r reader) open(name string) (*File, error) {
	file, _, err := r.tree.reach(name)
	if err != nil {
		return nil, failure("open", name, err)
	}
	return file, nil
}

// reach opens name and also returns it without links.
func (t *tree) reach(name string) (*File, string, error) {
	if name == "" {
		name = "."
	}
	if name != "." && !wellFormed(name) {
		return nil, "", fs.ErrNotExist
	}
	if strings.Contains(name, "/") && t.options.allowsAll(name) {
		switch file, info, err := t.direct.open(name); err {
		case nil:
			return &File{file: file, info: info, tree: t, name: name}, name, nil
		case fs.ErrNotExist:
			return nil, "", err
		}
	}
	for range maxTries {
		found, looked, err := t.find(name)
		if err != nil {
			return nil, "", err
		}
		file, err := t.open(found, looked)
		if err == nil {
			file.name = name
			return file, found, nil
		}
		if err != errSwapped {
			return nil, "", err
		}
	}
	return nil, "", fs.ErrNotExist
}

// open opens what was looked at. If something else is there now, a pipe or a
// link say, it neither waits for that nor returns it.
func (t *tree) open(found string, looked fs.FileInfo) (*File, error) {
	file, err := t.root.OpenFile(found, openFlags, 0)
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err == nil && !os.SameFile(looked, info) {
		err = errSwapped
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	return &File{file: file, info: info, tree: t}, nil
}

// find follows name one element at a time, without opening anything, and
// returns the name without links. It follows links itself instead of leaving
// that to os.Root, so that no link leads to a hidden file.
func (t *tree) find(name string) (found string, info fs.FileInfo, err error) {
	found, rest := ".", name
	for range maxSteps {
		var element string
		element, rest, _ = strings.Cut(rest, "/")
		switch element {
		case "", ".": // in links only
		case "..": // in links only
			if found == "." {
				return "", nil, fs.ErrNotExist
			}
			found, info = parent(found), nil
		default:
			next := join(found, t.options.onDisk(element))
			if info, err = t.lookUp(element, next); err != nil {
				return "", nil, err
			}
			if isLink(info) {
				rest, err = t.follow(next, rest)
				info = nil
			} else {
				found = next
			}
		}
		if err != nil {
			return "", nil, err
		}
		if rest == "" {
			return t.arrive(found, info)
		}
	}
	return "", nil, fs.ErrNotExist
}

// lookUp returns what is at name, the path of element, if it may be served.
func (t *tree) lookUp(element, name string) (fs.FileInfo, error) {
	if !t.options.allows(element) || !t.only.allows(name) {
		return nil, fs.ErrNotExist
	}
	info, err := t.root.Lstat(name)
	if err == nil && !t.options.Hidden && concealed(info) {
		err = fs.ErrNotExist
	}
	return info, err
}

// follow returns where the link at name leads: to its target, then the rest.
func (t *tree) follow(name, rest string) (string, error) {
	target, err := t.root.Readlink(name)
	if err != nil {
		return "", err
	}
	target = filepath.ToSlash(target)
	if target == "" || target[0] == '/' {
		return "", fs.ErrNotExist // as for os.Root, an absolute link leads out
	}
	if rest == "" {
		return target, nil
	}
	return target + "/" + rest, nil
}

// arrive returns what find has come to, if it can be served.
func (t *tree) arrive(found string, info fs.FileInfo) (string, fs.FileInfo, error) {
	if found == "." && t.only != nil {
		return "", nil, fs.ErrNotExist // the folder that the file lies in
	}
	if info == nil {
		var err error
		if info, err = t.root.Lstat(found); err != nil {
			return "", nil, err
		}
	}
	if !servable(info) {
		return "", nil, fs.ErrNotExist
	}
	return found, info, nil
}

// findEntry returns the name, without links in its folders, of something that
// can be seen. The last element may be a link.
func (t *tree) findEntry(name string) (string, error) {
	folder, element, err := t.locate(name)
	if err != nil {
		return "", failure("find", name, fs.ErrNotExist)
	}
	if _, _, err := t.find(name); err != nil {
		return "", failure("find", name, err)
	}
	return join(folder, element), nil
}

// locate splits the name of something that may not exist yet into its folder,
// which exists, without links, and the last element, which may be served.
func (t *tree) locate(name string) (folder, element string, err error) {
	if name == "" || !wellFormed(name) {
		return "", "", &fs.PathError{Op: "write", Path: name, Err: fs.ErrInvalid}
	}
	if strings.Count(name, "/") >= maxSteps { // find would not get there
		return "", "", &fs.PathError{Op: "write", Path: name, Err: ErrLongName}
	}
	above := parent(name)
	if element = name; above != "." {
		element = name[len(above)+1:]
	}
	if !t.options.allows(element) {
		return "", "", &fs.PathError{Op: "write", Path: name, Err: fs.ErrInvalid}
	}
	folder, err = t.findFolder(above)
	return folder, t.options.onDisk(element), err
}

// findFolder is find for the name of a folder; "" is the share.
func (t *tree) findFolder(name string) (found string, err error) {
	if name == "" {
		name = "."
	}
	if name != "." && !wellFormed(name) {
		return "", failure("write", name, fs.ErrNotExist)
	}
	found, info, err := t.find(name)
	if err == nil && !info.IsDir() {
		err = fs.ErrNotExist
	}
	if err != nil {
		return "", failure("write", name, err)
	}
	return found, nil
}

// servable reports whether info is that of a regular file or a folder.
func servable(info fs.FileInfo) bool { return info.Mode().IsRegular() || info.IsDir() }

func isLink(info fs.FileInfo) bool { return info.Mode().Type() == fs.ModeSymlink }

// failure returns the error to give for a name: fs.ErrNotExist if the name
// itself is to blame, else the system's own error.
func failure(op, name string, err error) error {
	var errno syscall.Errno
	switch {
	case errors.As(err, &errno) && !absent(errno):
		err = errno
	case errors.Is(err, fs.ErrClosed):
		err = fs.ErrClosed
	default:
		err = fs.ErrNotExist
	}
	return &fs.PathError{Op: op, Path: name, Err: err}
}
