package share

import (
	"context"
	"errors"
	"io/fs"
	"iter"
	"maps"
	"slices"
)

// ErrTwice says that a link leads to a folder that is gone through already.
var ErrTwice = errors.New("a link to a folder that is met in another place")

// Item is what [Folder.Below] comes to.
type Item struct {
	Entry
	Depth   int         // 0 for the folder gone through, 1 for what lies directly in it, and so on
	Perm    fs.FileMode // its permission bits
	Version Version     // of a file's content; zero for a folder
	Err     error       // why it cannot be read, or gone into; nil if it can
}

// Below goes through the folder of that name and everything below it: each
// folder, its files, then the folders in it, both in natural order. If only is
// not nil, then of what lies directly in the folder it takes what is named
// there; names that are not there come as items whose Err is [fs.ErrNotExist].
//
// It comes to what listings show and to nothing else. Links to folders are
// followed, but nothing is gone through twice, so that links in a circle come
// to an end: such a link is an item whose Err is [ErrTwice]. Whether files can
// be read is asked, not tried out: it opens none on Unix.
//
// If it ends before all is seen, an error comes last: that of ctx, or one like
// those of [Folder.Open] if there is no such folder.
func (f *Folder) Below(ctx context.Context, name string, only []string) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		d := descent{tree: f.tree, over: ctx.Err, yield: yield}
		if err := d.all(name, only); err != nil && err != errEnough {
			yield(Item{}, err)
		}
	}
}

// descent is a way through all that lies below a folder. Of the folders on it
// the names are held, but only one is open at a time.
type descent struct {
	tree  *tree
	over  func() error // says why to stop, nil as long as there is no reason
	yield func(Item, error) bool
	trees trees
	some  bool // of what lies directly in the folder only some is gone through
}

func (d *descent) all(name string, only []string) error {
	l, err := d.tree.enter(name)
	if err != nil {
		return failure("list", name, err)
	}
	defer l.Close()
	folders, files, err := l.read(d.over)
	if err != nil {
		return d.ended(failure("list", name, err))
	}
	if err := d.give(l.item(".", 0)); err != nil {
		return err
	}
	if only == nil {
		d.trees.add(l.found)
		return d.contents(l, folders, files, 1)
	}
	return d.chosen(l, folders, files, only)
}

// chosen goes through what is named of that which lies in a folder.
func (d *descent) chosen(l *List, folders, files, only []string) error {
	d.some = true
	wanted := make(map[string]bool, len(only))
	for _, name := range only {
		wanted[name] = true
		d.trees.add(join(l.found, name))
	}
	unwanted := func(name string) bool {
		is := wanted[name]
		delete(wanted, name)
		return !is
	}
	folders, files = slices.DeleteFunc(folders, unwanted), slices.DeleteFunc(files, unwanted)
	for _, name := range slices.SortedFunc(maps.Keys(wanted), Compare) {
		if err := d.give(Item{Entry: Entry{Name: name}, Depth: 1, Err: fs.ErrNotExist}); err != nil {
			return err
		}
	}
	return d.contents(l, folders, files, 1)
}

// ended returns why to stop, if that is the reason for err.
func (d *descent) ended(err error) error {
	if over := d.over(); over != nil {
		return over
	}
	return err
}

// give hands an item on.
func (d *descent) give(i Item) error {
	if err := d.over(); err != nil {
		return err
	}
	if !d.yield(i, nil) {
		return errEnough
	}
	return nil
}

// contents goes through what lies in a folder, which it closes.
func (d *descent) contents(l *List, folders, files []string, depth int) error {
	for _, name := range files {
		if item, ok := l.file(name, depth); ok {
			if err := d.give(item); err != nil {
				return err
			}
		}
	}
	l.Close()
	for _, name := range folders {
		if err := d.folder(join(l.found, name), name, depth); err != nil {
			return err
		}
	}
	return nil
}

// folder goes through the folder at path. One that is gone by now is left out.
func (d *descent) folder(path, name string, depth int) error {
	l, err := d.tree.enter(path)
	if err != nil {
		return d.unread(failure("list", path, err), name, depth)
	}
	defer l.Close()
	if err := d.claim(l.found, l.found != path, depth); err != nil {
		return d.unread(err, name, depth)
	}
	folders, files, err := l.read(d.over)
	if err != nil {
		return d.unread(failure("list", path, err), name, depth)
	}
	if err := d.give(l.item(name, depth)); err != nil {
		return err
	}
	return d.contents(l, folders, files, depth+1)
}

// claim returns why the folder found is not to be gone through, or nil. The
// folders that were named stand among the trees from the beginning.
func (d *descent) claim(found string, linked bool, depth int) error {
	switch {
	case d.some && depth == 1 && !linked, d.trees.claim(found, linked):
		return nil
	case linked && d.trees.full() && !d.trees.hold(found):
		return errLeftOut
	}
	return ErrTwice
}

// unread hands on a folder that is not gone into.
func (d *descent) unread(err error, name string, depth int) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return d.give(Item{Entry: Entry{Name: name, Dir: true}, Depth: depth, Err: err})
}

// item describes the folder itself.
func (l *List) item(name string, depth int) Item {
	i := Item{Entry: Entry{Name: name, Dir: true}, Depth: depth}
	info, err := l.dir.Stat()
	if err != nil {
		i.Err = failure("stat", l.found, err)
		return i
	}
	i.Perm, i.Modified = info.Mode().Perm(), info.ModTime()
	return i
}

// file describes a file in the folder; ok is false if it can be seen no more.
func (l *List) file(name string, depth int) (i Item, ok bool) {
	i = Item{Entry: Entry{Name: name}, Depth: depth}
	s, err := l.tree.inspect(l.dir, l.found, name)
	if err == nil && s.mode == fs.ModeSymlink {
		s, err = l.tree.inspectOpen(join(l.found, name))
	}
	switch {
	case err != nil:
		i.Err = failure("open", name, err)
		return i, !errors.Is(i.Err, fs.ErrNotExist)
	case kindOf(s.mode) != fileKind:
		return i, false
	}
	i.Size, i.Modified, i.Perm = s.size, s.modified, s.perm
	i.Version = Version{Size: s.size, Modified: s.modified.UnixNano(), Changed: s.changed}
	return i, true
}

// inspectOpen looks at a file by opening it, which also tells whether it can
// be read.
func (t *tree) inspectOpen(path string) (sight, error) {
	file, _, err := t.reach(path)
	if err != nil {
		return sight{}, err
	}
	defer file.Close()
	s := sightOf(file.info)
	s.perm = file.info.Mode().Perm()
	s.changed = stampOf(file.file, file.info).changed
	return s, nil
}
