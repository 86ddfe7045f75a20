package share

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// OpenRoots opens a share that consists of roots, each under its own name; those
// with the same name are numbered. The error is a [*MissingError] if some of them
// are not there. Drives that do not answer are no error, see [RootState]. The
// caller closes the folder.
func OpenRoots(roots []Root, o Options) (*Folder, error) {
	s := &set{options: o}
	s.now.Store(&contents{})
	f := &Folder{view{set: s}}
	return f, s.fill(roots)
}

// SetRoots makes roots what the share consists of, in place of those before, or of
// the folder that it was. Of those that stay nothing changes: neither their names
// nor what goes on in them. The error is a [*MissingError] if some are not there;
// then nothing changes at all.
func (f *Folder) SetRoots(roots []Root) error { return f.view.set.fill(roots) }

// RootState is how a root of a share was last seen.
type RootState struct {
	Entry        // Name is the one in the share
	Path  string // absolute
}

// Roots returns how the roots of the share were last seen, in their order; none if
// the share is a folder. It asks the system nothing. They must not be changed.
func (f *Folder) Roots() []RootState {
	s := f.view.set
	c, changed := s.now.Load(), s.changed.Load()
	if known := s.states.Load(); known != nil && known.of == c && known.changed == changed {
		return known.all
	}
	states := make([]RootState, len(c.roots))
	for i, r := range c.roots {
		states[i] = RootState{r.state(), r.path}
	}
	s.states.Store(&rootStates{c, changed, states})
	return states
}

// rootStates are kept until something has changed, since there may be ten thousand,
// and a window asks ten times a second.
type rootStates struct {
	of      *contents
	changed int64 // what set.changed was
	all     []RootState
}

// Changed returns when the roots, or how they were last seen, last changed; the
// zero Time if the share is a folder.
func (f *Folder) Changed() time.Time {
	if f.view.contents().whole != nil {
		return time.Time{}
	}
	return f.view.set.lastChange()
}

// Single reports whether the share is one file, and returns its name.
func (f *Folder) Single() (name string, ok bool) {
	c := f.view.contents()
	if c.whole != nil || len(c.roots) != 1 {
		return "", false
	}
	t, _ := c.roots[0].latest()
	return c.roots[0].name, t != nil && t.only != nil
}

// Moved returns the name that something has now that others have been added to the
// folder that was all of the share before, and reports whether it has another one. ""
// is that folder.
func (f *Folder) Moved(name string) (now string, ok bool) {
	c := f.view.contents()
	first, _, _ := strings.Cut(name, "/")
	if c.before == nil || c.byName[first] != nil {
		return "", false
	}
	return c.before.shown(name), true
}

// Name returns what people call the share: the name of its folder or, of several
// roots, the first one and the number of the others, as in "a.pdf + 2".
func (f *Folder) Name() string {
	c := f.view.contents()
	if c.whole != nil {
		return rootName(c.whole.path)
	}
	switch n := len(c.roots); n {
	case 0:
		return "Files"
	case 1:
		return c.roots[0].name
	default:
		return c.roots[0].name + " + " + strconv.Itoa(n-1)
	}
}

// looksAtOnce is how many roots [Folder.Check] asks the system about each time.
const looksAtOnce = 100

// someRoots returns those whose turn it is: all, unless they are many.
func (c *contents) someRoots() []*root {
	if len(c.roots) <= looksAtOnce {
		return c.roots
	}
	from := int(c.turn.Add(looksAtOnce)) % len(c.roots)
	return c.roots[from:min(len(c.roots), from+looksAtOnce)]
}

// open returns the share itself.
func (c *contents) open() *File {
	return &File{info: rootInfo{c.changed}, name: "."}
}

// list returns the roots, as the system describes them now.
func (s *set) list() *List {
	c := s.now.Load()
	s.look(c.roots)
	known := rootList{}
	var folders, files []string
	for _, r := range c.roots {
		e := r.state()
		known[e.Name] = e
		if e.Dir {
			folders = append(folders, e.Name)
		} else {
			files = append(files, e.Name)
		}
	}
	return &List{source: known, modified: s.lastChange(), sorter: sorter{names: append(folders, files...), folders: len(folders)}}
}

// rootList is the source of a list of roots.
type rootList map[string]Entry

func (l rootList) entry(name string) (Entry, bool) {
	e, ok := l[name]
	return e, ok
}

func (rootList) close() error { return nil }

// members yields the roots that can be had.
func (s *set) members(yield func(Member, error) bool) {
	c := s.now.Load()
	s.look(c.roots)
	for _, r := range c.roots {
		if e := r.state(); e.Err == nil && !yield(Member{Entry: e, ETag: r.tag()}, nil) {
			return
		}
	}
}

// tag returns the ETag of a file as it was last seen; "" for a folder, and where
// the file would have to be opened for that.
func (r *root) tag() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.etag
}

// walk is Walk for the share itself.
func (s *set) walk(ctx context.Context, only []string, yield func(Item, error) bool) {
	c := s.now.Load()
	s.look(c.roots)
	w := walk{ctxErr: ctx.Err, yield: yield}
	err := w.emit(Item{Entry: Entry{Name: ".", Dir: true, Modified: c.changed}, Perm: 0o755})
	wanted := pick(only)
	if only != nil {
		only = slices.SortedFunc(maps.Keys(wanted), Compare)
	}
	for _, r := range c.inOrder(only) {
		if err == nil {
			err = w.root(r, wanted)
		}
	}
	for _, name := range c.unknown(only) {
		if err == nil {
			err = w.emit(Item{Entry: Entry{Name: name}, Depth: 1, Err: fs.ErrNotExist})
		}
	}
	if err != nil && err != errStop {
		yield(Item{}, err)
	}
}

// inOrder returns the roots in the order of a walk: files first, both in natural
// order. If only is not nil, they are those with the names in it.
func (c *contents) inOrder(only []string) []*root {
	roots := slices.Clone(c.roots)
	if only != nil {
		roots = roots[:0]
		for _, name := range only {
			if r := c.byName[name]; r != nil {
				roots = append(roots, r)
			}
		}
	}
	folder := map[*root]bool{}
	for _, r := range roots {
		folder[r] = r.state().Dir
	}
	slices.SortFunc(roots, func(a, b *root) int {
		if folder[a] != folder[b] {
			if folder[a] {
				return 1
			}
			return -1
		}
		return Compare(a.name, b.name)
	})
	return slices.Compact(roots)
}

// unknown returns those names that no root has.
func (c *contents) unknown(names []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return c.byName[name] != nil })
}

// root walks a root of the share, or what is picked of it.
func (w *walk) root(r *root, wanted picks) error {
	if err := w.ctxErr(); err != nil {
		return err
	}
	t, local, err := r.at("")
	if err != nil {
		return w.emit(Item{Entry: Entry{Name: r.name, Dir: r.state().Dir}, Depth: 1, Err: err})
	}
	if t.only == nil {
		in := walk{tree: t, ctxErr: w.ctxErr, yield: w.yield}
		return in.folder(".", r.name, 1, wanted)
	}
	s, err := t.statOpened(local)
	if err == nil && wanted[r.name] != nil {
		err = fs.ErrNotExist // there is nothing below a file
	}
	if err != nil {
		return w.emit(Item{Entry: Entry{Name: r.name}, Depth: 1, Err: failure("open", r.name, err)})
	}
	i := Item{Entry: Entry{Name: r.name}, Depth: 1}
	i.describe(s)
	return w.emit(i)
}

// search is Search for the share itself: first among the roots, then in each.
func (s *set) search(ctx context.Context, text []string, yield func(Found, error) bool) {
	c := s.now.Load()
	if len(text) == 0 {
		return
	}
	var words []word
	for _, w := range text {
		words = append(words, compileWord(w))
	}
	s.look(c.roots)
	incomplete := false
	roots := c.inOrder(nil)
	for _, r := range roots {
		e := r.state()
		incomplete = incomplete || e.Err == ErrNotAnswering
		if e.Err == nil && contains(e.Name, words) && !yield(Found{Entry: e}, nil) {
			return
		}
	}
	for _, r := range roots {
		switch err := r.search(ctx, text, yield); {
		case errors.Is(err, errStop):
			return
		case ctx.Err() != nil:
			yield(Found{}, ctx.Err())
			return
		case err != nil && !errors.Is(err, fs.ErrNotExist):
			incomplete = true
		}
	}
	if incomplete {
		yield(Found{}, errIncomplete)
	}
}

// search searches what is below a root, if that is a folder.
func (r *root) search(ctx context.Context, text []string, yield func(Found, error) bool) error {
	t, _, err := r.at("")
	if err != nil || t.only != nil {
		return err
	}
	for found, err := range (reader{t}).search(ctx, ".", text) {
		if err != nil {
			return err
		}
		if found.In = r.name + "/" + found.In; found.In[len(found.In)-1] == '/' {
			found.In = r.name
		}
		if !yield(found, nil) {
			return errStop
		}
	}
	return nil
}

// rootInfo is the info of a share that consists of roots.
type rootInfo struct{ changed time.Time }

func (rootInfo) Name() string         { return "." }
func (rootInfo) Size() int64          { return 0 }
func (rootInfo) Mode() fs.FileMode    { return fs.ModeDir | 0o755 }
func (i rootInfo) ModTime() time.Time { return i.changed }
func (rootInfo) IsDir() bool          { return true }
func (rootInfo) Sys() any             { return nil }

// shown returns the name in the share of what has a name within the root.
func (r *root) shown(local string) string {
	if local == "" {
		return r.name
	}
	return r.name + "/" + local
}

// shown returns the name of what has a name within a tree.
func (v view) shown(t *tree, local string) string {
	if in := t.in.Load(); in != nil && v.contents().whole == nil {
		return in.shown(local)
	}
	return local
}
