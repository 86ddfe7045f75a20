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
	ErrNotAFolder = errors.New("This is not a folder. Choose the folder it is in.")
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

// Folder is what is shared, for reading: a folder, or one that consists of several
// roots. It is safe for concurrent use.
type Folder struct {
	view view
}

// tree is a folder on disk, and the rules that every name in it has to pass. It has
// some twenty methods because it is the sandbox, which nothing gets around. What is
// noted beside the files is up to [pages], [props] and [visitors].
type tree struct {
	path     string
	root     *os.Root
	direct   direct
	info     fs.FileInfo // of the folder when it was opened
	options  Options
	pagesMu  sync.Mutex  // held while the note about a page and the page change
	noted    atomic.Bool // there are properties, or were
	searched atomic.Bool // every folder, for properties; see props.mayBe

	companion *tree // the same folder, in which names of companions lead to them; nil in itself, and of a file

	in     atomic.Pointer[root] // of a share of several; nil as long as this is all of the share
	only   *single              // what of the folder is on offer; nil if all is
	parent *parentFolder        // to be closed instead of root; nil unless only is set
}

// reader reads what is in a tree, see [Folder].
type reader struct{ tree *tree }

// writer changes what is in a tree, see [Writer].
type writer struct{ tree *tree }

// IsFolder reports whether there is a folder at a path.
func IsFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// Open opens the folder at path, which may be relative to the working directory
// and may be a link to a folder. The error wraps [ErrMissing], [ErrNotAFolder]
// or [ErrUnreadable] together with the system's own. The caller closes the
// folder.
func Open(path string, o Options) (*Folder, error) {
	t, err := openTree(path, o)
	if err != nil {
		return nil, err
	}
	s := &set{options: o}
	s.now.Store(&contents{whole: t})
	return &Folder{view{set: s}}, nil
}

func openTree(path string, o Options) (*tree, error) {
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
		err = checkReadable(root)
	}
	if err != nil {
		root.Close()
		return nil, because(reason(err), err)
	}
	t.direct = newDirect(root)
	t.companion = &tree{path: path, root: root, info: t.info, options: o}
	t.companion.options.companions = true
	return t, nil
}

func (t *tree) close() error {
	if t.parent != nil {
		t.only.mu.Lock()
		t.only.untrack()
		t.only.mu.Unlock()
		t.parent.close()
		return nil
	}
	t.direct.close()
	return t.root.Close()
}

func (t *tree) isReadOnly() bool {
	in := t.in.Load()
	return t.only != nil || in != nil && in.readOnly.Load()
}

// put makes the tree that of a root.
func (t *tree) put(in *root) {
	t.in.Store(in)
	if t.companion != nil {
		t.companion.in.Store(in)
	}
}

// check returns nil as long as the path leads to the same folder that was opened
// and it can be read.
func (t *tree) check() error {
	if err := checkPath(t.path, t.info); err != nil {
		return err
	}
	if err := checkReadable(t.root); err != nil {
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
func checkReadable(root *os.Root) error {
	dir, err := root.OpenFile(".", openFlags, 0)
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
