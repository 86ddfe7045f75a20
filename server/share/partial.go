package share

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"time"
)

// The names of a file that is coming in, and of the note about it. Both are
// hidden and reserved, see [Folder.Open].
const (
	partialPrefix = reserved + "-"
	partialSuffix = ".part"
	noteSuffix    = ".json"
	draftSuffix   = ".draft" // a note that is being written
)

// Partial is a file that is coming in. It has a hidden name in the folder that
// it is for, until it is whole and gets its own in one step. It is used by one
// goroutine at a time.
type Partial struct {
	tree   *tree
	folder string // without links
	prefix string // of names in the share that are in the tree
	id     string
	file   *os.File // nil after Finish and Close
	noted  bool     // there may be a note beside it
	hasty  bool     // its content is not waited for
	made   Made     // which file it is; none before Finish
}

// newPartial is [Writer.NewPartial] in one tree.
func (w writer) newPartial(folder, id string) (*Partial, error) {
	return w.partial(folder, id, os.O_CREATE|os.O_EXCL)
}

// openPartial is [Writer.OpenPartial] in one tree.
func (w writer) openPartial(folder, id string) (*Partial, error) {
	return w.partial(folder, id, 0)
}

func (w writer) partial(folder, id string, flags int) (*Partial, error) {
	found, err := w.tree.findFolder(folder)
	if err != nil || !IsPartialID(id) {
		return nil, failure("write", folder, err)
	}
	p := &Partial{tree: w.tree, folder: found, id: id, noted: flags == 0}
	if flags != 0 {
		if file, ok := w.tree.direct.create(p.path(partialSuffix)); ok {
			p.file = file
			lockWhileOpen(file)
			return p, nil
		}
	}
	if p.file, err = w.tree.root.OpenFile(p.path(partialSuffix), os.O_WRONLY|os.O_APPEND|flags, 0o666); err != nil {
		return nil, writeError(err)
	}
	lockWhileOpen(p.file)
	return p, nil
}

// IsPartialID reports whether id may name a partial: 22 letters, digits, "-"
// or "_".
func IsPartialID(id string) bool {
	return len(id) == 22 && strings.Trim(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") == ""
}

func (p *Partial) path(suffix string) string { return join(p.folder, partialPrefix+p.id+suffix) }

// Write appends to the file.
func (p *Partial) Write(b []byte) (int, error) {
	n, err := p.file.Write(b)
	return n, writeError(err)
}

// Stat returns how many bytes have come, and when the last of them did.
func (p *Partial) Stat() (size int64, last time.Time, err error) {
	info, err := p.file.Stat()
	if err != nil {
		return 0, time.Time{}, err
	}
	return info.Size(), info.ModTime(), nil
}

// Free returns how many more bytes can be written, according to the file system.
func (p *Partial) Free() (int64, error) {
	free, err := freeAround(p.file)
	return free, writeError(err)
}

// Truncate drops what comes after the first size bytes.
func (p *Partial) Truncate(size int64) error { return writeError(p.file.Truncate(size)) }

// SetNote keeps b beside the file, in place of an earlier note.
func (p *Partial) SetNote(b []byte) error {
	root := p.tree.root
	p.noted = true
	if err := root.WriteFile(p.path(draftSuffix), b, 0o600); err != nil {
		root.Remove(p.path(draftSuffix))
		return writeError(err)
	}
	return writeError(root.Rename(p.path(draftSuffix), p.path(noteSuffix)))
}

// partialNote is [Writer.PartialNote] in one tree.
func (w writer) partialNote(folder, id string) ([]byte, error) {
	found, err := w.tree.findFolder(folder)
	if err != nil || !IsPartialID(id) {
		return nil, failure("read", folder, err)
	}
	p := Partial{tree: w.tree, folder: found, id: id}
	return w.tree.root.ReadFile(p.path(noteSuffix))
}

// smallFile is up to which size a file's content is on its way to the disk before
// it gets its name, but not waited for, in bytes. Waiting would make a folder of
// small files come in several times as slowly.
const smallFile = 64 << 10

// Finish flushes the content to the disk and closes the file, which Place or
// Replace can then give its name. A power failure leaves a file whole or not at all.
//
// A small file may be lost that way although its sender was told that it came: the
// file system writes it within its own interval, five seconds on ext4. Finish only
// begins to write its content, which on Linux is enough that the name does not get
// to the disk before. That is more than the servers do that people use for this:
// rclone serve, x/net/webdav, nginx, lighttpd and dufs flush nothing at any size
// (strace; for dufs, its source), so that after a power failure there may be names of
// empty files; Samba flushes when its client asks, which HTTP has no way to. A crash
// of the program loses nothing, since the system has the content by then.
func (p *Partial) Finish() error {
	info, err := p.file.Stat()
	p.made.inode, p.made.born = originOf(p.file, info)
	p.hasty = err == nil && info.Size() <= smallFile && beginFlush(p.file) == nil
	if p.hasty {
		err = p.file.Close()
		p.file = nil
		return writeError(err)
	}
	return p.FinishDurably()
}

// FinishDurably is Finish, but also a small file is on the disk once it has its name:
// for what is deleted elsewhere then.
func (p *Partial) FinishDurably() error {
	info, err := p.file.Stat()
	p.made.inode, p.made.born = originOf(p.file, info)
	err = errors.Join(err, p.file.Sync(), p.file.Close())
	p.file, p.hasty = nil, false
	return writeError(err)
}

// Place gives a finished file its name, in one step that cannot overwrite: the
// error satisfies [fs.ErrExist] if the name is taken, even by something that is
// not served, and then another name can be tried. The folder has to exist.
// modified, unless zero, becomes the file's modification time.
func (p *Partial) Place(name string, modified time.Time) error {
	name, ok := strings.CutPrefix(name, p.prefix)
	if !ok {
		return &fs.PathError{Op: "write", Path: name, Err: ErrElsewhere}
	}
	folder, element, err := p.tree.locate(name)
	if err != nil {
		return err
	}
	at := join(folder, element)
	if err := (visitors{p.tree}).noteWritten(p.made); err != nil {
		return err
	}
	put := func() error { return renameNew(p.tree, p.path(partialSuffix), at) }
	if err := (pages{p.tree}).naming(p.path(partialSuffix), put, at); err != nil {
		return writeError(err)
	}
	props{p.tree}.drop(at)
	return p.placed(at, modified)
}

// Replace puts a finished file in place of the one that has the name, which goes
// to the trash under an id as for [Writer.Trash]. If the file system has hard
// links, that is one step: whoever opens the name gets the old content or the
// new. modified is as for Place.
func (p *Partial) Replace(name, id string, modified time.Time) error {
	name, ok := strings.CutPrefix(name, p.prefix)
	if !ok {
		return &fs.PathError{Op: "write", Path: name, Err: ErrElsewhere}
	}
	found, info, err := p.tree.find(name)
	if err != nil || !IsPartialID(id) {
		return failure("replace", name, err)
	}
	if !info.Mode().IsRegular() {
		return &fs.PathError{Op: "replace", Path: name, Err: fs.ErrExist}
	}
	_ = p.tree.root.Chmod(p.path(partialSuffix), info.Mode().Perm()) // as far as the system lets us
	folder, element, err := p.tree.locate(name)
	if err != nil {
		return err
	}
	if err := (visitors{p.tree}).noteWritten(p.made); err != nil {
		return err
	}
	put := func(theirs bool) error { return p.swap(found, id, theirs) }
	if err := (pages{p.tree}).namingOver(p.path(partialSuffix), put, found, join(folder, element)); err != nil {
		return writeError(err)
	}
	return p.placed(found, modified)
}

// swap does that with a name without links. theirs says that the file there is a
// page that visitors put there.
func (p *Partial) swap(found, id string, theirs bool) error {
	w := writer{p.tree}
	if done, err := w.exchange(p.path(partialSuffix), found, found, id, theirs); done {
		return err
	}
	if err := w.trashAs(found, found, id, theirs); err != nil {
		return err
	}
	if err := p.tree.root.Rename(p.path(partialSuffix), found); err != nil {
		return errors.Join(err, w.putBack(id, found))
	}
	props{p.tree}.move(w.box(id).props(found), propsOf(found)) // they belong to the name
	return nil
}

// placed sets the modification time, flushes the new name to the disk and
// removes the note. The time is set only now because that of a partial tells
// whether anybody is still sending.
func (p *Partial) placed(at string, modified time.Time) error {
	if !modified.IsZero() { // not every drive can, which is no reason to fail
		_ = setModified(p.tree.root, at, modified)
	}
	var err error
	if !p.hasty {
		err = syncFolders(p.tree.root, parent(at))
	}
	if p.noted {
		p.tree.root.Remove(p.path(noteSuffix))
	}
	return writeError(err)
}

// Close keeps what has come, to be continued later.
func (p *Partial) Close() error {
	if p.file == nil {
		return nil
	}
	err := p.file.Close()
	p.file = nil
	return writeError(err)
}

// Discard removes the file and its note, also when the folder has been taken out of
// the share in the meantime.
func (p *Partial) Discard() error {
	p.Close()
	err := p.removeIn(p.tree.root)
	if errors.Is(err, os.ErrClosed) {
		err = p.discardInClosed()
	}
	return writeError(err)
}

func (p *Partial) removeIn(root *os.Root) error {
	root.Remove(p.path(noteSuffix)) // first, since a note alone says that the file has got its name
	return root.Remove(p.path(partialSuffix))
}

// discardInClosed opens the folder once more, if it is still the same.
func (p *Partial) discardInClosed() error {
	again, err := openTree(p.tree.path, p.tree.options)
	if err != nil {
		return err
	}
	defer again.close()
	if !os.SameFile(p.tree.info, again.info) {
		return fs.ErrNotExist
	}
	return p.removeIn(again.root)
}
