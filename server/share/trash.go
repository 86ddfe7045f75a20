package share

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"path"
	"strings"
	"time"
)

// trash is the folder for what was deleted. In it each thing has a folder of
// its own, in which it keeps its name, and a note beside that says where it
// came from.
const trash = reserved + "-trash"

// trashed is a note in the trash.
type trashed struct {
	Name string // where it was
}

// Trash takes a file or folder out of sight, into a folder of the share that
// is never served. The id, of the form that [IsPartialID] wants, is by what
// [Folder.Restore] finds it. The error satisfies [fs.ErrNotExist] if there is
// nothing to be seen of that name; it is [ErrElsewhere] if it lies on another
// drive than the share. A link goes itself, not what it leads to.
func (f *Folder) Trash(name, id string) error {
	old, err := f.entryAt(name)
	if err != nil || !IsPartialID(id) {
		return failure("delete", name, err)
	}
	if err := f.openBox(name, id); err != nil {
		return trouble(err)
	}
	box := join(trash, id)
	if err := f.root.Rename(old, join(box, path.Base(old))); err != nil {
		f.removeBox(id)
		return trouble(err)
	}
	return trouble(errors.Join(f.syncFolder(box), f.syncFolder(trash), f.syncFolder(parent(old))))
}

// makeBox makes a place in the trash for what has that name.
func (f *Folder) makeBox(name, id string) error {
	note, err := json.Marshal(trashed{Name: name})
	if err != nil {
		return err
	}
	box := join(trash, id)
	if err := f.root.Mkdir(box, 0o700); err != nil {
		return err
	}
	if err := f.root.WriteFile(box+noteSuffix, note, 0o600); err != nil {
		f.removeBox(id)
		return err
	}
	return nil
}

// removeBox removes a place in the trash if nothing is left in it.
func (f *Folder) removeBox(id string) {
	if f.root.Remove(join(trash, id)) == nil {
		f.root.Remove(join(trash, id) + noteSuffix)
	}
}

// Trashed returns the name that something in the trash had. The error
// satisfies [fs.ErrNotExist] if it is not there any more.
func (f *Folder) Trashed(id string) (name string, err error) {
	if !IsPartialID(id) {
		return "", failure("restore", id, fs.ErrNotExist)
	}
	note, err := f.root.ReadFile(join(trash, id) + noteSuffix)
	if err != nil {
		return "", failure("restore", id, err)
	}
	var t trashed
	if json.Unmarshal(note, &t) != nil || !wellFormed(t.Name) {
		return "", failure("restore", id, fs.ErrNotExist)
	}
	return t.Name, nil
}

// Restore takes something out of the trash and gives it a name, in a folder
// that has to be there. It never overwrites: the error satisfies
// [fs.ErrExist] if there is something.
func (f *Folder) Restore(id, name string) error {
	was, err := f.Trashed(id)
	if err != nil {
		return err
	}
	folder, element, err := f.spot(name)
	if err != nil {
		return err
	}
	if err := f.renameNew(join(join(trash, id), path.Base(was)), join(folder, element)); err != nil {
		return trouble(err)
	}
	f.removeBox(id)
	return trouble(f.syncFolder(folder))
}

// EmptyTrash removes for good what went into the trash before a time, until
// ctx ends.
func (f *Folder) EmptyTrash(ctx context.Context, before time.Time) {
	dir, err := f.root.Open(trash)
	if err != nil {
		return
	}
	defer dir.Close()
	for e, err := range entries(dir) {
		if err != nil || ctx.Err() != nil {
			return
		}
		id, isNote := strings.CutSuffix(e.name, noteSuffix)
		if !isNote || !IsPartialID(id) {
			continue
		}
		// What was renamed keeps its own times; its note was written when it came.
		note := join(trash, e.name)
		if info, err := f.root.Lstat(note); err == nil && info.ModTime().Before(before) && f.root.RemoveAll(join(trash, id)) == nil {
			f.root.Remove(note)
		}
	}
}
