package share

import (
	"context"
	"errors"
	"io/fs"
	"iter"
	"maps"
	"slices"
	"strings"
)

// ErrVisited says that a link leads to a folder that is part of the walk
// anyway.
var ErrVisited = errors.New("a link to a folder that is in another place as well")

// Item is one file or folder that [Folder.Walk] comes to.
type Item struct {
	Entry
	Depth   int         // 0 for the folder that is walked, 1 for what is directly in it, and so on
	Perm    fs.FileMode // its permission bits
	Version Version     // of a file's content; zero for a folder
	Inode   uint64      // of a file; as [File.Inode]
	Err     error       // why it cannot be read, or gone into; nil if it can
}

// walk is [Folder.Walk] in one tree.
func (r reader) walk(ctx context.Context, name string, only []string) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		w := walk{tree: r.tree, ctxErr: ctx.Err, yield: yield}
		if err := w.all(name, only); err != nil && err != errStop {
			yield(Item{}, err)
		}
	}
}

// walk is a walk in progress. It holds the names of the folders that are still
// to come, but keeps only one of them open at a time.
type walk struct {
	tree    *tree
	ctxErr  func() error
	yield   func(Item, error) bool
	visited visited
}

// picks are what is walked of a folder, by name: all that the name stands for if
// there is nothing more to it, or else these names below it.
type picks map[string][]string

func pick(names []string) picks {
	p := picks{}
	for _, name := range names {
		first, rest, below := strings.Cut(name, "/")
		switch known, is := p[first]; {
		case !below:
			p[first] = nil
		case !is || known != nil:
			p[first] = append(known, rest)
		}
	}
	return p
}

func (w *walk) all(name string, only []string) error {
	d, err := w.tree.openDir(name)
	if err != nil {
		return failure("list", name, err)
	}
	defer d.close()
	folders, files, err := d.readSorted(w.ctxErr)
	if err != nil {
		return w.orCtxErr(failure("list", name, err))
	}
	if err := w.emit(d.item(".", 0)); err != nil {
		return err
	}
	if only == nil {
		w.visited.add(d.path)
		return w.contents(d, folders, files, 1, nil)
	}
	for _, name := range only { // so that no link in one of them leads to another
		w.visited.add(join(d.path, name))
	}
	return w.some(d, folders, files, only, 1)
}

// some walks of a folder, which it closes, just what has the names in only.
func (w *walk) some(d *openDir, folders, files, only []string, depth int) error {
	wanted := pick(only)
	folders = slices.DeleteFunc(folders, func(name string) bool { _, is := wanted[name]; return !is })
	files = slices.DeleteFunc(files, func(name string) bool { below, is := wanted[name]; return !is || below != nil })
	missing := maps.Clone(wanted)
	for _, name := range slices.Concat(folders, files) {
		delete(missing, name)
	}
	for _, name := range slices.SortedFunc(maps.Keys(missing), Compare) {
		if err := w.emit(Item{Entry: Entry{Name: name}, Depth: depth, Err: fs.ErrNotExist}); err != nil {
			return err
		}
	}
	return w.contents(d, folders, files, depth, wanted)
}

// orCtxErr returns the context's error if there is one, since that is what led
// to err then.
func (w *walk) orCtxErr(err error) error {
	if ctxErr := w.ctxErr(); ctxErr != nil {
		return ctxErr
	}
	return err
}

func (w *walk) emit(i Item) error {
	if err := w.ctxErr(); err != nil {
		return err
	}
	if !w.yield(i, nil) {
		return errStop
	}
	return nil
}

// contents walks what is in a folder, which it closes. The picks are nil if that is
// everything.
func (w *walk) contents(d *openDir, folders, files []string, depth int, wanted picks) error {
	for item := range d.fileItems(files, depth) {
		if err := w.emit(item); err != nil {
			return err
		}
	}
	d.close()
	for _, name := range folders {
		if err := w.folder(join(d.path, name), name, depth, wanted); err != nil {
			return err
		}
	}
	return nil
}

// folder walks the folder at path. One that has gone meanwhile is left out.
func (w *walk) folder(path, name string, depth int, wanted picks) error {
	d, err := w.tree.openDir(path)
	if err != nil {
		return w.emitUnread(failure("list", path, err), name, depth)
	}
	defer d.close()
	only, picked := wanted[name]
	if only == nil {
		if err := w.claim(d.path, d.path != path, picked); err != nil {
			return w.emitUnread(err, name, depth)
		}
	}
	folders, files, err := d.readSorted(w.ctxErr)
	if err != nil {
		return w.emitUnread(failure("list", path, err), name, depth)
	}
	if err := w.emit(d.item(name, depth)); err != nil {
		return err
	}
	if only != nil {
		return w.some(d, folders, files, only, depth+1)
	}
	return w.contents(d, folders, files, depth+1, nil)
}

// claim returns why the folder at path is not to be walked, or nil. Those that are
// picked count as visited from the beginning.
func (w *walk) claim(path string, linked, picked bool) error {
	switch {
	case picked && !linked, w.visited.claim(path, linked):
		return nil
	case linked && w.visited.full() && !w.visited.cover(path):
		return errIncomplete
	}
	return ErrVisited
}

// emitUnread emits a folder that is not gone into.
func (w *walk) emitUnread(err error, name string, depth int) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return w.emit(Item{Entry: Entry{Name: name, Dir: true}, Depth: depth, Err: err})
}

// item describes the folder itself.
func (d *openDir) item(name string, depth int) Item {
	i := Item{Entry: Entry{Name: name, Dir: true}, Depth: depth}
	info, err := d.file.Stat()
	if err != nil {
		i.Err = failure("stat", d.path, err)
		return i
	}
	i.Perm, i.Modified = info.Mode().Perm(), info.ModTime()
	return i
}

// fileItems describes files in the folder.
func (d *openDir) fileItems(names []string, depth int) iter.Seq[Item] {
	look := func(name string) (Item, bool) { return d.fileItem(name, depth) }
	return ahead(len(names), func(i, end int) []Item { return together(names[i:end], look) })
}

// fileItem describes a file in the folder; ok is false if it can no longer be
// seen.
func (d *openDir) fileItem(name string, depth int) (i Item, ok bool) {
	i = Item{Entry: Entry{Name: name}, Depth: depth}
	s, err := d.tree.lstatAccess(d.file, d.path, name)
	if err == nil && s.mode == fs.ModeSymlink {
		s, err = d.tree.statOpened(join(d.path, name))
	}
	switch {
	case err != nil:
		i.Err = failure("open", name, err)
		return i, !errors.Is(i.Err, fs.ErrNotExist)
	case kindOf(s.mode) != fileKind:
		return i, false
	}
	i.describe(s)
	return i, true
}

// describe fills in what the system tells about a file.
func (i *Item) describe(s stat) {
	i.Size, i.Modified, i.Perm = s.size, s.modified, s.perm
	i.Version = Version{Size: s.size, Modified: s.modified.UnixNano(), Changed: s.changed}
	i.Inode = s.inode
}

// statOpened opens a file to look at it, which also tells whether it can be
// read.
func (t *tree) statOpened(path string) (stat, error) {
	file, _, err := t.reach(path)
	if err != nil {
		return stat{}, err
	}
	defer file.Close()
	s := statOf(file.info)
	s.perm = file.info.Mode().Perm()
	identity := stampOf(file.file, file.info)
	s.changed, s.inode = identity.changed, identity.inode
	return s, nil
}
