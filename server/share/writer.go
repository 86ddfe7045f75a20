package share

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"time"
)

// Writer changes what is in a shared folder, see [Folder.Writer]. It is safe for
// concurrent use. It has many methods because all ways to change a share are in
// this one type. What may not be changed because the owner has chosen it gives
// [ErrFixed].
type Writer struct {
	view view
}

// Writer returns what the folder is written through. Code that is given the
// Folder alone cannot write, so whoever wires the program together is the only
// one to call this.
func (f *Folder) Writer() *Writer { return &Writer{f.view} }

// Folder returns the same folder for reading.
func (w *Writer) Folder() *Folder { return &Folder{w.view} }

// in returns what writes into the tree that name is in, and the name relative to
// that. fixed says that the name itself is to be changed.
func (w *Writer) in(name string, fixed bool) (writer, string, error) {
	t, local, err := w.view.toWrite(name, fixed)
	return writer{t}, local, err
}

// NewPartial begins a file in a folder of the share. The id has to be unique,
// secret, and of the form that [IsPartialID] wants.
func (w *Writer) NewPartial(folder, id string) (*Partial, error) {
	to, local, err := w.in(folder, false)
	if err != nil {
		return nil, err
	}
	return w.partial(folder)(to.newPartial(local, id))
}

// OpenPartial opens a file that was begun earlier, to append to it. The error
// satisfies [fs.ErrNotExist] if it does not exist.
func (w *Writer) OpenPartial(folder, id string) (*Partial, error) {
	to, local, err := w.in(folder, false)
	if err != nil {
		return nil, err
	}
	return w.partial(folder)(to.openPartial(local, id))
}

// PartialNote returns the note of a file that was begun earlier. A note without
// its file means that the file has got its name. The error satisfies
// [fs.ErrNotExist] if there is no note.
func (w *Writer) PartialNote(folder, id string) ([]byte, error) {
	to, local, err := w.in(folder, false)
	if err != nil {
		return nil, err
	}
	return to.partialNote(local, id)
}

// MakeFolder makes a folder. The error satisfies [fs.ErrExist] if the name is
// taken, [fs.ErrNotExist] if the folder to make it in does not exist, and
// [fs.ErrInvalid] if nothing may have that name.
func (w *Writer) MakeFolder(name string) error {
	to, local, err := w.in(name, false)
	if err != nil {
		return err
	}
	if local == "" && to.tree.in.Load() != nil {
		return &fs.PathError{Op: "mkdir", Path: name, Err: fs.ErrExist}
	}
	return to.makeFolder(local)
}

// MakeFolders makes a folder and those on the way to it that do not exist yet.
func (w *Writer) MakeFolders(name string) error {
	to, local, err := w.in(name, false)
	if err != nil || local == "" && to.tree.in.Load() != nil {
		return err
	}
	return to.makeFolders(local)
}

// Move gives a file or folder another name, perhaps in another folder. It never
// overwrites: the error satisfies [fs.ErrExist] if the name is taken. A link is
// moved itself, not what it leads to. From one root of a share to another the
// error is [ErrOtherRoot].
func (w *Writer) Move(from, to string) error {
	in, old, new, err := w.between(from, to)
	if err != nil {
		return err
	}
	return in.move(old, new)
}

// MoveOver is [Writer.Move] to a name that is taken. What has that name goes
// to the trash, under an id as for [Writer.Trash]. If both are files and the
// file system has hard links, that is one step: whoever opens the name gets
// the old file or the new one.
func (w *Writer) MoveOver(from, to, id string) error {
	in, old, new, err := w.between(from, to)
	if err != nil {
		return err
	}
	return in.moveOver(old, new, id)
}

// between is in for two names, which have to be in one tree.
func (w *Writer) between(from, to string) (in writer, old, new string, err error) {
	in, old, err = w.in(from, true)
	if err != nil {
		return in, "", "", err
	}
	other, new, err := w.in(to, true)
	if err == nil && other != in {
		reason := ErrOtherRoot
		if w.Overlap(from, to) {
			reason = ErrInside
		}
		err = &os.LinkError{Op: "move", Old: from, New: to, Err: reason}
	}
	return in, old, new, err
}

// Trash moves a file or folder out of sight, into a folder of the share that is
// never served. The id, in the form that [IsPartialID] wants, is what
// [Writer.Restore] finds it by. The error satisfies [fs.ErrNotExist] if nothing
// of that name can be seen, [ErrElsewhere] if it lies on another drive than the
// share, and [ErrMounted] if another drive is attached in it. A link is moved itself, not what it leads to.
func (w *Writer) Trash(name, id string) error {
	to, local, err := w.in(name, true)
	if err != nil {
		return err
	}
	return to.trash(local, id)
}

// DeleteCopied deletes for good a file or folder of which there is a copy. copied is
// all that is in the copy, by its name relative to what is copied, which itself is "":
// if there is anything else by now, or a file that has changed, which would be lost,
// the error is [ErrElsewhere] and nothing has changed. The id is as for [Writer.Trash].
func (w *Writer) DeleteCopied(name, id string, copied map[string]Copied) error {
	to, local, err := w.in(name, true)
	if err != nil {
		return err
	}
	return to.deleteCopied(local, id, copied)
}

// Trashed returns the name that something in the trash had. The error
// satisfies [fs.ErrNotExist] if it is not there any more.
func (w *Writer) Trashed(id string) (name string, err error) {
	err = failure("restore", id, fs.ErrNotExist)
	for t := range w.view.trees {
		name, e := writer{t}.trashed(id)
		if e == nil {
			return w.view.shown(t, name), nil
		}
		if !errors.Is(e, fs.ErrNotExist) {
			err = e
		}
	}
	return "", err
}

// Restore takes something out of the trash and gives it a name in a folder that
// has to exist. It never overwrites: the error satisfies [fs.ErrExist] if the
// name is taken.
func (w *Writer) Restore(id, name string) error {
	to, local, err := w.in(name, true)
	if err != nil {
		return err
	}
	return to.restore(id, local)
}

// MadeFolder returns which folder has a name.
func (w *Writer) MadeFolder(name string) Made {
	to, local, err := w.in(name, true)
	if err != nil {
		return Made{}
	}
	return to.madeFolder(local)
}

// Remove deletes for good a file that a request has made and could not go on with,
// or a folder if it is empty. It reports whether that could be done: what somebody
// else has put in its place stays.
func (w *Writer) Remove(name string, made Made) bool {
	to, local, err := w.in(name, true)
	return err == nil && to.remove(local, made)
}

// Forget deletes for good what is in the trash under an id.
func (w *Writer) Forget(id string) {
	for t := range w.view.trees {
		writer{t}.forget(id)
	}
}

// EmptyTrash deletes for good what went into the trash before a time. It stops
// when ctx ends.
func (w *Writer) EmptyTrash(ctx context.Context, before time.Time) {
	for t := range w.view.trees {
		writer{t}.emptyTrash(ctx, before)
	}
}

// RemoveStale removes partial files that nobody has continued since a time or that
// nobody can continue, their program having ended; and
// companions and properties of what is not there any more. It
// looks into every folder that is served, until ctx ends, and skips those that
// it may not read. It follows no links. It rests most of the time: nobody waits
// for it.
func (w *Writer) RemoveStale(ctx context.Context, since time.Time) {
	for t := range w.view.trees {
		writer{t}.removeStale(ctx, since)
	}
}

// SetProperties notes something about a file or folder, in place of what was
// noted before. It is moved, deleted and restored together with that, and
// survives its being replaced. Nothing removes the note.
func (w *Writer) SetProperties(name string, b []byte) error {
	to, local, err := w.in(name, false)
	if err != nil {
		return err
	}
	return to.setProperties(local, b)
}

// SetModified sets the modification time of a file or folder, as near as its drive
// keeps it.
func (w *Writer) SetModified(name string, t time.Time) error {
	to, local, err := w.in(name, false)
	if err != nil {
		return err
	}
	return to.setModified(local, t)
}

// CheckName returns why nothing can have a name, or nil: an error like those of
// [Writer.MakeFolder], but for [fs.ErrExist].
func (w *Writer) CheckName(name string) error {
	to, local, err := w.in(name, true)
	if err != nil {
		return err
	}
	return to.checkName(local)
}

// AcceptPage makes the index.html of a folder its page, whoever put it there.
// The error satisfies [fs.ErrNotExist] if there is none.
func (w *Writer) AcceptPage(folder string) error {
	to, local, err := w.in(folder, false)
	if err != nil {
		return err
	}
	return to.acceptPage(local)
}

// Free returns how many bytes can still be written into a folder of the share,
// according to the file system that the folder is on.
func (w *Writer) Free(folder string) (int64, error) {
	to, local, err := w.in(folder, false)
	if err != nil {
		return 0, err
	}
	return to.free(local)
}
