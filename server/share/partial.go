package share

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"time"
)

// The names of what is on its way in: the file itself, and what is to be
// remembered about it. Both are hidden and reserved, see [Folder.Open].
const (
	partialPrefix = reserved + "-"
	partialSuffix = ".part"
	noteSuffix    = ".json"
	draftSuffix   = ".draft" // a note that is being written
)

// Partial is a file on its way in: it lies under a hidden name in the folder
// that it comes to, until it is whole and takes its place in one step. It is
// used by one goroutine at a time.
type Partial struct {
	tree   *tree
	folder string // without links
	id     string
	file   *os.File // nil after Settle and Close
}

// NewPartial begins a file in a folder of the share. The id, which is told to
// nobody else, has to be unique and of the form that [IsPartialID] wants.
func (w *Writer) NewPartial(folder, id string) (*Partial, error) {
	return w.partial(folder, id, os.O_CREATE|os.O_EXCL)
}

// OpenPartial opens a file that was begun earlier, to go on at its end. Its
// error satisfies [fs.ErrNotExist] if it is not there.
func (w *Writer) OpenPartial(folder, id string) (*Partial, error) {
	return w.partial(folder, id, 0)
}

func (w *Writer) partial(folder, id string, flags int) (*Partial, error) {
	found, err := w.tree.findFolder(folder)
	if err != nil || !IsPartialID(id) {
		return nil, failure("write", folder, err)
	}
	p := &Partial{tree: w.tree, folder: found, id: id}
	if p.file, err = w.tree.root.OpenFile(p.at(partialSuffix), os.O_WRONLY|os.O_APPEND|flags, 0o666); err != nil {
		return nil, trouble(err)
	}
	return p, nil
}

// IsPartialID reports whether id may name a partial: 22 letters, digits, "-"
// or "_".
func IsPartialID(id string) bool {
	return len(id) == 22 && strings.Trim(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") == ""
}

func (p *Partial) at(suffix string) string { return join(p.folder, partialPrefix+p.id+suffix) }

// Write adds to the end of the file.
func (p *Partial) Write(b []byte) (int, error) {
	n, err := p.file.Write(b)
	return n, trouble(err)
}

// Stat returns how many bytes are there, and when the last of them came.
func (p *Partial) Stat() (size int64, last time.Time, err error) {
	info, err := p.file.Stat()
	if err != nil {
		return 0, time.Time{}, err
	}
	return info.Size(), info.ModTime(), nil
}

// Truncate drops what comes after the first size bytes.
func (p *Partial) Truncate(size int64) error { return trouble(p.file.Truncate(size)) }

// SetNote keeps b beside the file, instead of an earlier note.
func (p *Partial) SetNote(b []byte) error {
	root := p.tree.root
	if err := root.WriteFile(p.at(draftSuffix), b, 0o600); err != nil {
		root.Remove(p.at(draftSuffix))
		return trouble(err)
	}
	return trouble(root.Rename(p.at(draftSuffix), p.at(noteSuffix)))
}

// PartialNote returns the note of a file that was begun earlier. A note
// without its file means that the file took its place. The error satisfies
// [fs.ErrNotExist] if there is none.
func (w *Writer) PartialNote(folder, id string) ([]byte, error) {
	found, err := w.tree.findFolder(folder)
	if err != nil || !IsPartialID(id) {
		return nil, failure("read", folder, err)
	}
	p := Partial{tree: w.tree, folder: found, id: id}
	return w.tree.root.ReadFile(p.at(noteSuffix))
}

// Settle flushes the content to the disk and closes the file: it is ready to
// take its place.
func (p *Partial) Settle() error {
	err := errors.Join(p.file.Sync(), p.file.Close())
	p.file = nil
	return trouble(err)
}

// Place gives a settled file its name in one step that cannot overwrite: the
// error satisfies [fs.ErrExist] if there is something, also something that is
// not served. Then another name can be tried. The folder has to be there. Unless
// modified is zero it becomes the time of change.
func (p *Partial) Place(name string, modified time.Time) error {
	folder, element, err := p.tree.spot(name)
	if err != nil {
		return err
	}
	at := join(folder, element)
	if err := renameNew(p.tree.root, p.at(partialSuffix), at); err != nil {
		return trouble(err)
	}
	return p.placed(at, modified)
}

// Replace puts a settled file in the place of the one that has that name, in
// one step: whoever opens the name gets the old content or the new one. Modified
// is that of Place.
func (p *Partial) Replace(name string, modified time.Time) error {
	found, info, err := p.tree.find(name)
	if err != nil {
		return failure("replace", name, err)
	}
	if !info.Mode().IsRegular() {
		return &fs.PathError{Op: "replace", Path: name, Err: fs.ErrExist}
	}
	_ = p.tree.root.Chmod(p.at(partialSuffix), info.Mode().Perm()) // as far as the system lets us
	if err := p.tree.root.Rename(p.at(partialSuffix), found); err != nil {
		return trouble(err)
	}
	return p.placed(found, modified)
}

// placed makes the new name last, and forgets the note. The time comes last of
// all, because the time of a partial tells whether anybody is still sending.
func (p *Partial) placed(at string, modified time.Time) error {
	if !modified.IsZero() { // a drive that keeps no times is no reason to fail
		_ = p.tree.root.Chtimes(at, time.Time{}, modified)
	}
	err := syncFolders(p.tree.root, parent(at))
	p.tree.root.Remove(p.at(noteSuffix))
	return trouble(err)
}

// Close leaves the file as far as it has come, to go on later.
func (p *Partial) Close() error {
	if p.file == nil {
		return nil
	}
	err := p.file.Close()
	p.file = nil
	return trouble(err)
}

// Discard removes the file and its note.
func (p *Partial) Discard() error {
	p.Close()
	p.tree.root.Remove(p.at(noteSuffix)) // first: alone it would say that the file took its place
	return trouble(p.tree.root.Remove(p.at(partialSuffix)))
}
