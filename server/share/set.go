package share

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Root is a file or a folder that a share of several consists of.
type Root struct {
	Path     string // absolute or relative to the working directory; links in it are followed once
	ReadOnly bool   // a [Writer] changes nothing in it; files are always read-only
}

var (
	// ErrGone says that a root has been moved or deleted since it was shared. It
	// satisfies fs.ErrNotExist.
	ErrGone error = gone{}
	// ErrNotReadable says that a root may not be read any more. It satisfies
	// fs.ErrPermission.
	ErrNotReadable error = notReadable{}
	// ErrNotAnswering says that a root lies on a drive that does not answer.
	ErrNotAnswering = errors.New("Its drive does not answer.")
	// ErrFixed says that something is part of what the owner has put together, and
	// can be neither changed nor added to.
	ErrFixed = errors.New("chosen by the owner, and fixed")
)

// gone is the type of ErrGone.
type gone struct{}

// Error says it.
func (gone) Error() string { return "It was moved or deleted since it was shared." }

// Is makes it a kind of fs.ErrNotExist.
func (gone) Is(target error) bool { return target == fs.ErrNotExist }

// notReadable is the type of ErrNotReadable.
type notReadable struct{}

// Error says it.
func (notReadable) Error() string { return "This computer may not read it any more." }

// Is makes it a kind of fs.ErrPermission.
func (notReadable) Is(target error) bool { return target == fs.ErrPermission }

// set is what a share consists of. Either a single folder is the share, and names
// are relative to it. Or there are several roots, or a file: then the first
// element of a name says which of them it is in, and nothing else is shared.
type set struct {
	options Options
	now     atomic.Pointer[contents]
	op      sync.Mutex // held while the contents change
	opened  parents
	kept    keeper
	spare   spares
	states  atomic.Pointer[rootStates]
	changed atomic.Int64 // when the contents or what is known of them changed, in nanoseconds since 1970
}

// contents are what a set consists of at one moment.
type contents struct {
	whole    *tree            // the single folder; nil if there are roots
	roots    []*root          // in the owner's order
	byName   map[string]*root // by the name in the share
	readOnly map[*root]bool
	changed  time.Time    // when the roots were chosen
	turn     atomic.Int64 // of the roots, see someRoots
	before   *root        // that was the single folder before; nil if none was
	was      *contents    // when it was that; nil if before is
}

// view is a set as visitors see it.
type view struct {
	set        *set
	companions bool      // names of companions lead to them, see [Writer.Companions]
	pinned     *contents // by which names are understood; nil for those that there are at the moment
}

// contents are those by which names are understood.
func (v view) contents() *contents {
	if v.pinned != nil {
		return v.pinned
	}
	return v.set.now.Load()
}

// at returns the tree that a name is in, and the name relative to that. The tree
// is nil for the share itself if that consists of roots. The error is ErrGone,
// ErrNotAnswering, or satisfies fs.ErrNotExist.
func (v view) at(name string) (t *tree, local string, err error) {
	c := v.contents()
	if c.whole != nil {
		return v.of(c.whole), name, nil
	}
	if name == "" || name == "." {
		return nil, "", nil
	}
	first, rest, deeper := strings.Cut(name, "/")
	r := c.byName[first]
	if r == nil || deeper && (rest == "" || rest == ".") {
		return nil, "", fs.ErrNotExist
	}
	t, local, err = r.at(rest)
	if err == nil && v.companions && t.companion == nil {
		err = fs.ErrNotExist
	}
	return v.of(t), local, err
}

// of returns a tree as it is seen.
func (v view) of(t *tree) *tree {
	if t != nil && v.companions {
		return t.companion
	}
	return t
}

// toWrite is at for what is to be changed. fixed says that the name itself is,
// so that it must not be a root.
func (v view) toWrite(name string, fixed bool) (t *tree, local string, err error) {
	t, local, err = v.at(name)
	if err != nil {
		return nil, "", &fs.PathError{Op: "write", Path: name, Err: err}
	}
	if t == nil || t.isReadOnly() || fixed && t.in.Load() != nil && local == "" {
		return nil, "", &fs.PathError{Op: "write", Path: name, Err: ErrFixed}
	}
	return t, local, nil
}

// trees yields the folders that may be written into and that answer.
func (v view) trees(yield func(*tree) bool) {
	c := v.contents()
	if c.whole != nil {
		yield(v.of(c.whole))
		return
	}
	for _, r := range c.roots {
		if t, _, err := r.at(""); err == nil && !t.isReadOnly() && !yield(v.of(t)) {
			return
		}
	}
}

// fill makes roots what the share consists of. Those that it consists of already
// stay open and keep their names. It waits a moment for drives that do not
// answer. The error is a [*MissingError] if some of them are not there, and then
// nothing has changed.
func (s *set) fill(roots []Root) error {
	s.op.Lock()
	defer s.op.Unlock()
	old := s.now.Load()
	next := &contents{byName: map[string]*root{}, changed: time.Now()}
	fresh := next.take(s, old, roots)
	s.look(fresh)
	if err := missing(fresh); err != nil {
		closeRoots(slices.DeleteFunc(fresh, func(r *root) bool { return r.tree != nil && r.tree == old.whole }))
		return err
	}
	next.name()
	next.inherit(old)
	for r, only := range next.readOnly {
		r.readOnly.Store(only)
	}
	s.now.Store(next)
	s.touch()
	old.close(next)
	return nil
}

// inherit finds the root that was all of the share before others came. Its folder
// stays open, so that what has begun in it goes on, see [Writer.Pinned].
func (c *contents) inherit(old *contents) {
	for _, r := range c.roots {
		switch {
		case old.whole != nil && r.path == old.whole.path:
			c.before, c.was = r, old
			old.whole.put(r)
		case r == old.before:
			c.before, c.was = r, old.was
		}
	}
}

// touch notes that something has changed.
func (s *set) touch() { s.changed.Store(time.Now().UnixNano()) }

// lastChange returns when the roots, or what is known of them, last changed.
func (s *set) lastChange() time.Time { return time.Unix(0, s.changed.Load()) }

// take makes the roots with these paths the contents, in that order, and returns
// those of them that are new.
func (c *contents) take(s *set, old *contents, roots []Root) (fresh []*root) {
	known := map[string]*root{}
	for _, r := range old.roots {
		known[r.path] = r
	}
	c.readOnly = map[*root]bool{}
	for _, want := range roots {
		path := want.Path
		if abs, err := filepath.Abs(path); err == nil && path != "" {
			path = abs
		}
		r := known[path]
		if r == nil {
			r = &root{path: path, set: s}
			if old.whole != nil && old.whole.path == path {
				r.tree = old.whole
			}
			fresh = append(fresh, r)
			known[path] = r
		}
		if _, twice := c.readOnly[r]; !twice {
			c.roots = append(c.roots, r)
		}
		c.readOnly[r] = want.ReadOnly
	}
	return fresh
}

// name gives each root a name that no other has. Those that have one keep it,
// since visitors know it.
func (c *contents) name() {
	for _, r := range c.roots {
		if r.name != "" {
			c.byName[r.name] = r
		}
	}
	next := map[string]int{} // so that ten thousand files of one name do not take for ever
	for _, r := range c.roots {
		if r.name != "" {
			continue
		}
		like := rootName(r.path)
		n := max(1, next[like])
		for c.byName[numberedName(like, n)] != nil {
			n++
		}
		next[like] = n + 1
		r.name = numberedName(like, n)
		c.byName[r.name] = r
	}
}

// rootName returns what something at a path is called in a share of several.
func rootName(path string) string {
	name := filepath.Base(path)
	if volume := strings.TrimRight(filepath.VolumeName(path), `:\`); name == string(filepath.Separator) {
		name = volume[strings.LastIndexByte(volume, '\\')+1:]
	}
	if len(name) >= len(reserved) && strings.EqualFold(name[:len(reserved)], reserved) {
		name = strings.TrimLeft(name, ".")
	}
	if name == "" {
		return "Files" // the root of a disk has no name
	}
	return name
}

// numberedName tells apart what has the same name elsewhere, as in "photo (2).jpg".
func numberedName(name string, n int) string {
	if n < 2 {
		return name
	}
	stem, ext := SplitExt(name)
	return stem + " (" + strconv.Itoa(n) + ")" + ext
}

// close closes what is not among the contents that came instead.
func (c *contents) close(next *contents) {
	if c.whole != nil && c.whole.in.Load() == nil {
		c.whole.close()
	}
	stay := map[*root]bool{}
	for _, r := range next.roots {
		stay[r] = true
	}
	closeRoots(slices.DeleteFunc(slices.Clone(c.roots), func(r *root) bool { return stay[r] }))
}

func closeRoots(roots []*root) {
	for _, r := range roots {
		r.close()
	}
}

// MissingError says that files or folders that were to be shared are not there, or
// cannot be shared.
type MissingError struct {
	Paths []string // as they were asked for; at least one
	Err   error    // why not the first of them; it wraps [ErrMissing] if that is the reason
}

// errSpecial says that something is neither a file nor a folder.
var errSpecial = errors.New("neither a file nor a folder")

// Error returns a sentence for a person.
func (e *MissingError) Error() string {
	template, data := e.Sentence()
	text := strings.ReplaceAll(template, "{{.Path}}", e.Paths[0])
	if more, ok := data["More"].(string); ok {
		text = strings.ReplaceAll(text, "{{.More}}", more)
	}
	return text
}

// Sentence returns that sentence as a template, and what to put into it.
func (e *MissingError) Sentence() (template string, data map[string]any) {
	data = map[string]any{"Path": e.Paths[0]}
	switch {
	case len(e.Paths) > 1:
		data["More"] = strconv.Itoa(len(e.Paths) - 1)
		return "Neither {{.Path}} nor {{.More}} more can be shared. Check that they are still there and that you may open them.", data
	case errors.Is(e.Err, errSpecial):
		return "Only files and folders can be shared, and {{.Path}} is neither.", data
	case errors.Is(e.Err, ErrUnreadable):
		return "Windowsill cannot read {{.Path}}. Check that you may open it, and that its drive is connected.", data
	}
	return "There is nothing at {{.Path}}. Check how it is written, and that its drive is connected.", data
}

// Unwrap returns why the first of them cannot be shared.
func (e *MissingError) Unwrap() error { return e.Err }

func missing(roots []*root) error {
	e := &MissingError{}
	for _, r := range roots {
		_, err := r.latest()
		if err == nil || errors.Is(err, ErrNotAnswering) {
			continue
		}
		if e.Paths = append(e.Paths, r.path); e.Err == nil {
			e.Err = err
		}
	}
	if e.Err == nil {
		return nil
	}
	return e
}
