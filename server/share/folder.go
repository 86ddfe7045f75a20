package share

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
)

// Why a folder cannot be shared. The texts are sentences for a person.
var (
	ErrMissing    = errors.New("There is no folder at this path. Check how it is written, and that its drive is connected.")
	ErrNotAFolder = errors.New("This is not a folder. Choose the folder that it lies in.")
	ErrUnreadable = errors.New("This folder cannot be read. Check that you may open it, and that its drive is connected.")
)

// errReplaced stands in for the system's error where there is none.
var errReplaced = errors.New("another folder is there now")

// Options says which files of a folder are served.
type Options struct {
	Hidden        bool // also serve hidden files
	VisitorsPages bool // what visitors add may become the page of a folder
	companions    bool // names of companions lead to them, see [Writer.Companions]
}

// Folder is an open shared folder, for reading. It is safe for concurrent use.
type Folder struct {
	tree *tree
}

// tree is what [Folder] and [Writer] have in common: the folder on disk, and
// the rules that every name in it has to pass. It has many methods because it is
// the sandbox, which nothing gets around.
type tree struct {
	path     string
	root     *os.Root
	direct   direct
	info     fs.FileInfo // of the folder when it was opened
	options  Options
	pages    sync.Mutex  // held while the note about a page and the page change
	noted    atomic.Bool // there are properties, or were
	searched atomic.Bool // every folder, for properties; see mayHaveProps
}

// Open opens the folder at path, which may be relative to the working directory
// and may be a link to a folder. The error wraps [ErrMissing], [ErrNotAFolder]
// or [ErrUnreadable] together with the system's own. The caller closes the
// folder.
func Open(path string, o Options) (*Folder, error) {
	if path == "" {
		return nil, because(ErrMissing, fs.ErrNotExist)
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, because(ErrMissing, err)
	}
	if err := checkPath(path, nil); err != nil {
		return nil, err
	}
	// Without the dot, this would wait for a pipe that took the folder's place.
	root, err := os.OpenRoot(path + string(filepath.Separator) + ".")
	if err != nil {
		return nil, because(reason(err), err)
	}
	t := &tree{path: path, root: root, options: o}
	if t.info, err = root.Stat("."); err == nil {
		err = t.checkReadable()
	}
	if err != nil {
		root.Close()
		return nil, because(reason(err), err)
	}
	t.direct = newDirect(root)
	return &Folder{t}, nil
}

// Close closes the folder. Files and lists that are open stay usable.
func (f *Folder) Close() error {
	f.tree.direct.close()
	return f.tree.root.Close()
}

// Path returns the absolute path of the folder that was given to [Open], with
// its links.
func (f *Folder) Path() string { return f.tree.path }

// ServesHidden reports whether hidden files are served too.
func (f *Folder) ServesHidden() bool { return f.tree.options.Hidden }

// Check returns nil as long as Path leads to the same folder that was opened and
// it can be read. Otherwise the error is one like those of [Open]. It takes a few
// system calls.
func (f *Folder) Check() error {
	if err := checkPath(f.tree.path, f.tree.info); err != nil {
		return err
	}
	if err := f.tree.checkReadable(); err != nil {
		return because(reason(err), err)
	}
	return nil
}

// checkPath returns what is wrong with the folder at path: it may not exist, not
// be a folder or, unless known is nil, be another folder than known.
func checkPath(path string, known fs.FileInfo) error {
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

// checkReadable reads a little of the folder, which is the only way to notice
// that a drive was pulled out.
func (t *tree) checkReadable() error {
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

// reason returns the sentence that fits an error of the system.
func reason(err error) error {
	// ENOTDIR says that something on the way is a file.
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return ErrMissing
	}
	return ErrUnreadable
}

// explained is an error whose text is a sentence for a person, and which wraps
// both that and its cause.
type explained struct{ sentence, cause error }

// Error returns the sentence.
func (e *explained) Error() string { return e.sentence.Error() }

// Unwrap returns the sentence's error and the system's own.
func (e *explained) Unwrap() []error { return []error{e.sentence, e.cause} }

func because(sentence, cause error) error { return &explained{sentence, cause} }
