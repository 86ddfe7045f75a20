package share

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// root is one of several files and folders on offer.
type root struct {
	set      *set
	path     string // absolute
	name     string // in the share
	readOnly atomic.Bool

	mu    sync.Mutex // guards what follows; never held while the system is asked
	tree  *tree      // nil until the system has answered
	entry Entry      // as it was last seen, but for its name
	etag  string     // likewise, see tag
	err   error      // why it cannot be had: ErrGone, ErrNotReadable, ErrNotAnswering or, before it was ever opened, why not
	asked time.Time  // when the system was asked about it, and has not answered since; zero if it has
	ended bool       // it is not part of the share any more
}

// at returns the tree of the root, and the name in that of what is called local
// below the root.
func (r *root) at(local string) (*tree, string, error) {
	t, err := r.latest()
	switch {
	case errors.Is(err, ErrGone) && t != nil && t.only != nil: // it may have come back
	case err != nil:
		return nil, "", err
	}
	if t.only == nil {
		return t, local, nil
	}
	if local != "" {
		return nil, "", fs.ErrNotExist
	}
	name, _, err := t.only.find(t)
	if err == ErrGone {
		if r.ask(); r.isTree(t) {
			return t, name, err
		}
		return r.at(local)
	}
	return t, name, err
}

// latest returns the tree, and why it cannot be had as far as that is known.
func (r *root) latest() (*tree, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case r.ended:
		return nil, ErrGone
	case r.isSilent():
		return r.tree, ErrNotAnswering
	}
	return r.tree, r.err
}

// isTree reports whether the root is still what a tree holds.
func (r *root) isTree(t *tree) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.tree == t || r.tree == nil
}

// isSilent reports whether the system has not answered for too long. It is called
// with mu held.
func (r *root) isSilent() bool { return !r.asked.IsZero() && time.Since(r.asked) > patience }

// waits reports whether the root has been waiting for an answer for a while.
func (r *root) waits() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return !r.asked.IsZero() && time.Since(r.asked) > handOver
}

// state returns how the root was last seen.
func (r *root) state() (e Entry) {
	r.mu.Lock()
	defer r.mu.Unlock()
	e, e.Name, e.Err = r.entry, r.name, r.err
	if r.isSilent() {
		e.Err = ErrNotAnswering
	}
	return e
}

// ask asks the system about the root, which may take for ever, unless somebody
// does so already.
func (r *root) ask() {
	r.mu.Lock()
	t, before, denied := r.tree, r.etag, r.err == ErrNotReadable
	if r.ended || !r.asked.IsZero() {
		r.mu.Unlock()
		return
	}
	r.asked = time.Now()
	r.mu.Unlock()
	var err error
	if t == nil {
		t, err = r.open()
	}
	var e Entry
	var etag string
	if err == nil {
		e, etag, err = t.own()
	}
	if next := r.elsewhere(t, err); next != nil {
		defer t.close()
		t = next
		e, etag, err = t.own()
	}
	if err == nil && t.only != nil && (denied || before != "" && etag != before) && errors.Is(t.mayRead(), fs.ErrPermission) {
		err = ErrNotReadable
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	news := r.err != err || err == nil && (e.Size != r.entry.Size || !e.Modified.Equal(r.entry.Modified))
	r.asked, r.tree, r.err = time.Time{}, t, err
	if err == nil {
		r.entry, r.etag = e, etag
	}
	if news {
		r.set.touch() // after that, since who hears of it looks at once
	}
	if r.ended && t != nil {
		r.tree = nil
		t.close()
	}
}

// giveUp says that nobody has the time to wait for an answer about the root.
func (r *root) giveUp() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.err = ErrNotAnswering
}

// close closes the root as soon as the system answers.
func (r *root) close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ended = true
	if r.tree != nil && r.asked.IsZero() {
		r.tree.close()
		r.tree = nil
	}
}

// open opens what is at the path, a file by the folder that it lies in.
func (r *root) open() (*tree, error) {
	at := r.path
	info, err := os.Lstat(at)
	if err == nil && isLink(info) {
		if at, err = filepath.EvalSymlinks(at); err == nil {
			info, err = os.Lstat(at)
		}
	}
	if err != nil {
		return nil, because(reason(err), err)
	}
	if info.IsDir() {
		t, err := openTree(r.path, r.set.options)
		if err == nil {
			t.put(r)
		}
		return t, err
	}
	if !info.Mode().IsRegular() {
		return nil, because(errSpecial, &fs.PathError{Op: "open", Path: r.path, Err: fs.ErrInvalid})
	}
	return r.openFile(at)
}

// openFile opens a file by the folder that it lies in.
func (r *root) openFile(at string) (*tree, error) {
	var folder *parentFolder
	dir, err := filepath.EvalSymlinks(filepath.Dir(at)) // so that back sees a link that comes later
	if err == nil {
		folder, err = r.set.opened.open(dir)
	}
	if err != nil {
		return nil, because(reason(err), err)
	}
	// The owner has chosen this very file, so it may be a hidden one.
	t := &tree{path: folder.path, root: folder.root, options: Options{Hidden: true}, parent: folder}
	t.put(r)
	t.only = &single{first: filepath.Base(at), hidden: r.set.options.Hidden}
	if err := t.mayRead(); err != nil {
		t.close()
		return nil, because(ErrUnreadable, err)
	}
	return t, nil
}

// mayRead opens the file for a moment.
func (t *tree) mayRead() error {
	name, _, err := t.only.find(t)
	if err != nil {
		return err
	}
	f, _, err := t.reach(name)
	if err != nil {
		return err
	}
	return f.Close()
}

// own describes what the tree itself is. The tag is as [File.ETag], or "" where
// that takes an open file.
func (t *tree) own() (e Entry, etag string, err error) {
	if t.only == nil {
		if err := t.check(); err != nil {
			return Entry{}, "", loss(err)
		}
		info, err := t.root.Stat(".")
		if err != nil {
			return Entry{}, "", loss(err)
		}
		return Entry{Dir: true, Modified: info.ModTime()}, "", nil
	}
	_, info, err := t.only.find(t)
	if errors.Is(err, fs.ErrPermission) {
		err = ErrNotReadable
	}
	if err != nil {
		return Entry{}, "", err
	}
	if runtime.GOOS != "windows" {
		etag = contentIDOf(info).tag()
	}
	return Entry{Size: info.Size(), Modified: info.ModTime()}, etag, nil
}

// loss returns why a folder cannot be had any more.
func loss(err error) error {
	if errors.Is(err, fs.ErrPermission) {
		return ErrNotReadable
	}
	return ErrGone
}

// parents are the folders in which files on offer lie. Each is open once, however
// many of its files are.
type parents struct {
	mu  sync.Mutex
	all map[string]*parentFolder // by path; guarded by mu
}

// parentFolder is an open folder of which only some files are on offer.
type parentFolder struct {
	path  string
	root  *os.Root
	in    *parents
	files int // on offer; guarded by in.mu
}

func (p *parents) open(path string) (*parentFolder, error) {
	if f := p.use(path, nil); f != nil {
		return f, nil
	}
	root, err := os.OpenRoot(path) // without the lock, since a drive may not answer
	if err != nil {
		return nil, err
	}
	return p.use(path, root), nil
}

// use returns the open folder at a path. If it is not open yet it becomes root,
// unless that is nil.
func (p *parents) use(path string, root *os.Root) *parentFolder {
	p.mu.Lock()
	defer p.mu.Unlock()
	f := p.all[path]
	switch {
	case f != nil && root != nil:
		root.Close() // somebody else was faster
	case f == nil && root == nil:
		return nil
	case f == nil:
		if p.all == nil {
			p.all = map[string]*parentFolder{}
		}
		f = &parentFolder{path: path, root: root, in: p}
		p.all[path] = f
	}
	f.files++
	return f
}

func (f *parentFolder) close() {
	f.in.mu.Lock()
	defer f.in.mu.Unlock()
	if f.files--; f.files == 0 {
		delete(f.in.all, f.path)
		f.root.Close()
	}
}
