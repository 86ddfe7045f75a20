package share

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// Why a folder cannot be shared. Their texts are sentences for a person.
var (
	ErrMissing    = errors.New("There is no folder at this path. Check how it is written, and that its drive is connected.")
	ErrNotAFolder = errors.New("This is not a folder. Choose the folder that it lies in.")
	ErrUnreadable = errors.New("This folder cannot be read. Check that you may open it, and that its drive is connected.")
)

// errReplaced stands in for the system's error where there is none.
var errReplaced = errors.New("another folder is there now")

// Options says what of a folder is served.
type Options struct {
	Hidden bool // also serve hidden files
}

// Folder is an open shared folder, for reading. It is safe for concurrent use.
type Folder struct {
	tree *tree
}

// tree is what [Folder] and [Writer] have in common: the folder on disk, and
// the rules that every name in it has to pass. It has more methods than other
// types because it is the sandbox, which must not leave this package.
type tree struct {
	path    string
	root    *os.Root
	direct  direct
	info    fs.FileInfo // of the folder when it was opened
	options Options
}

// Open takes hold of the folder at path, which may be relative to the working
// directory and may be a link to a folder. Its errors wrap [ErrMissing],
// [ErrNotAFolder] or [ErrUnreadable] together with the system's own. The
// caller closes the folder.
func Open(path string, o Options) (*Folder, error) {
	if path == "" {
		return nil, because(ErrMissing, fs.ErrNotExist)
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, because(ErrMissing, err)
	}
	if err := lookAt(path, nil); err != nil {
		return nil, err
	}
	// Without the dot, a pipe that took the folder's place would hold us up.
	root, err := os.OpenRoot(path + string(filepath.Separator) + ".")
	if err != nil {
		return nil, because(reason(err), err)
	}
	t := &tree{path: path, root: root, options: o}
	if t.info, err = root.Stat("."); err == nil {
		err = t.read()
	}
	if err != nil {
		root.Close()
		return nil, because(reason(err), err)
	}
	t.direct = newDirect(root)
	return &Folder{t}, nil
}

// Close lets go of the folder. Files and lists that are open stay usable.
func (f *Folder) Close() error {
	f.tree.direct.close()
	return f.tree.root.Close()
}

// Path returns the folder's absolute path, as it was given to [Open]: links
// in it are kept.
func (f *Folder) Path() string { return f.tree.path }

// Check returns nil as long as Path leads to the very folder that was opened
// and this can be read. Otherwise its error is one like those of [Open]. It
// costs a few system calls.
func (f *Folder) Check() error {
	if err := lookAt(f.tree.path, f.tree.info); err != nil {
		return err
	}
	if err := f.tree.read(); err != nil {
		return because(reason(err), err)
	}
	return nil
}

// lookAt tells what is wrong with the folder at path: whether it is there, is
// a folder, and is the same one as known unless that is nil.
func lookAt(path string, known fs.FileInfo) error {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return because(reason(err), err)
	case !info.IsDir():
		return because(ErrNotAFolder, &fs.PathError{Op: "open", Path: path, Err: syscall.ENOTDIR})
	case known != nil && !os.SameFile(info, known):
		return because(ErrMissing, &fs.PathError{Op: "open", Path: path, Err: errReplaced})
	}
	return nil
}

// read finds out whether the folder can be read by reading a little of it: a
// drive that was pulled out shows only there.
func (t *tree) read() error {
	dir, err := t.root.OpenFile(".", openFlags, 0)
	if err != nil {
		return err
	}
	defer dir.Close()
	if _, err := dir.Readdirnames(1); err != nil && err != io.EOF {
		return err
	}
	return nil
}

// reason returns the sentence that fits a system's error.
func reason(err error) error {
	// The other one says that a file stands where a folder on the way should be.
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return ErrMissing
	}
	return ErrUnreadable
}

// problem is an error that speaks to a person by its sentence alone, and to a
// program by both.
type problem struct{ sentence, cause error }

// Error returns the sentence.
func (p *problem) Error() string { return p.sentence.Error() }

// Unwrap returns the sentence's error and the system's own.
func (p *problem) Unwrap() []error { return []error{p.sentence, p.cause} }

func because(sentence, cause error) error { return &problem{sentence, cause} }
