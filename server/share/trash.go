package share

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path"
	"strings"
	"time"
	"unicode/utf8"
)

// trash is the folder that holds what was deleted. It is reserved, so it is
// never served.
const trash = reserved + "-trash"

// trash is [Writer.Trash] in one tree.
func (w writer) trash(name, id string) error {
	old, err := w.tree.findEntry(name)
	if err != nil || !IsPartialID(id) {
		return failure("delete", name, err)
	}
	return pages(w).renaming(old, func() error { return w.trashAs(old, name, id, pages(w).isVisitors(old)) })
}

// trashAs does that with what is at old without links, and is remembered by name.
// theirs is as for swap.
func (w writer) trashAs(old, name, id string, theirs bool) error {
	if w.holdsMount(old) {
		return &fs.PathError{Op: "delete", Path: name, Err: ErrMounted} // emptying the trash would delete what is on the drive
	}
	b := w.box(id)
	if err := b.make(name, theirs); err != nil {
		return writeError(err)
	}
	if err := w.tree.root.Rename(old, b.holding(old)); err != nil {
		b.remove()
		return writeError(err)
	}
	props(w).move(propsOf(old), b.props(old))
	return writeError(syncFolders(w.tree.root, b.path(), trash, parent(old)))
}

// trashed is [Writer.Trashed] in one tree.
func (w writer) trashed(id string) (name string, err error) {
	note, err := w.box(id).read()
	if err != nil {
		return "", failure("restore", id, err)
	}
	return note.Name, nil
}

// restore is [Writer.Restore] in one tree.
func (w writer) restore(id, name string) error {
	b := w.box(id)
	note, err := b.read()
	if err != nil {
		return failure("restore", id, err)
	}
	folder, element, err := w.tree.locate(name)
	if err != nil {
		return err
	}
	was := w.tree.options.onDisk(path.Base(note.Name))
	old, at := b.holding(was), join(folder, element)
	put := func() error { return renameNew(w.tree, old, at) }
	if note.Visitors {
		err = pages(w).naming(old, put, at)
	} else {
		err = pages(w).renaming(old, put, at)
	}
	if err != nil {
		return writeError(err)
	}
	props(w).move(b.props(was), propsOf(at))
	b.remove()
	return writeError(syncFolders(w.tree.root, folder))
}

// putBack undoes a Trash that has just been, by its name without links.
func (w writer) putBack(id, found string) error {
	b := w.box(id)
	err := renameNew(w.tree, b.holding(found), found)
	props(w).move(b.props(found), propsOf(found))
	b.remove()
	return err
}

// forget is [Writer.Forget] in one tree.
func (w writer) forget(id string) {
	if IsPartialID(id) && w.tree.root.RemoveAll(w.box(id).path()) == nil {
		w.tree.root.Remove(w.box(id).note())
	}
}

// emptyTrash is [Writer.EmptyTrash] in one tree.
func (w writer) emptyTrash(ctx context.Context, before time.Time) {
	dir, err := w.tree.root.Open(trash)
	if err != nil {
		return
	}
	defer dir.Close()
	for e, err := range entries(dir) {
		if err != nil || ctx.Err() != nil {
			return
		}
		id, isNote := strings.CutSuffix(e.name, noteSuffix)
		if isNote && IsPartialID(id) && !w.holdsMount(w.box(id).path()) {
			w.box(id).removeIfOlder(before)
		}
	}
}

func (w writer) box(id string) box { return box{w.tree.root, id} }

// box is a place in the trash: a folder that holds one file or folder under the
// last element of the name it had, perhaps with its properties, and a note beside
// the folder with the whole name.
type box struct {
	root *os.Root
	id   string
}

// boxNote is the note, as JSON.
type boxNote struct {
	Name     string
	Raw      []byte `json:",omitempty"` // the name if it is no UTF-8, which JSON cannot hold
	Visitors bool   `json:",omitempty"` // it was the page of a folder, and visitors had put it there
}

func (b box) path() string { return join(trash, b.id) }

func (b box) note() string { return b.path() + noteSuffix }

// holding returns where the box keeps what has that name.
func (b box) holding(name string) string { return join(b.path(), path.Base(name)) }

// props returns where the box keeps the properties of what has that name.
func (b box) props(name string) string { return join(b.path(), propsName(path.Base(name))) }

// make makes an empty box for what has that name, and the trash if need be.
func (b box) make(name string, visitors bool) error {
	if err := b.root.Mkdir(trash, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	n := boxNote{Name: name, Visitors: visitors}
	if !utf8.ValidString(name) {
		n.Raw = []byte(name)
	}
	note, err := json.Marshal(n)
	if err != nil {
		return err
	}
	if err := b.root.Mkdir(b.path(), 0o700); err != nil {
		return err
	}
	if err := b.root.WriteFile(b.note(), note, 0o600); err != nil {
		b.remove()
		return err
	}
	return nil
}

// read returns the note.
func (b box) read() (n boxNote, err error) {
	if !IsPartialID(b.id) {
		return n, fs.ErrNotExist
	}
	note, err := b.root.ReadFile(b.note())
	if err != nil {
		return n, err
	}
	if json.Unmarshal(note, &n) != nil {
		return n, fs.ErrNotExist
	}
	if n.Raw != nil {
		n.Name = string(n.Raw)
	}
	if !wellFormed(n.Name) {
		return n, fs.ErrNotExist
	}
	return n, nil
}

// remove removes the box if nothing is left in it.
func (b box) remove() {
	if b.root.Remove(b.path()) == nil {
		b.root.Remove(b.note())
	}
}

// removeIfOlder removes the box with its content if that went in before a time.
// A renamed file keeps its own times, so the note's time is what counts.
func (b box) removeIfOlder(than time.Time) {
	info, err := b.root.Lstat(b.note())
	if err == nil && info.ModTime().Before(than) && b.root.RemoveAll(b.path()) == nil {
		b.root.Remove(b.note())
	}
}
