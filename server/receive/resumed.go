package receive

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"time"

	"windowsill/server/share"
)

// resumed is a file of which a part has come, while one request has the use of
// it.
type resumed struct {
	receiver *Receiver
	handle   Handle
	in       *share.Writer // in which the handle's folder has its name
	from     Device        // pinned likewise
	note     note
	lock     *lock
	partial  *share.Partial // nil if the file has its name already
	offset   int64          // bytes that have come
	last     time.Time      // when the last of them came
	placed   Placed
	upload   *Upload // nil if nothing is written
}

// open opens a file of which a part has come.
func (r *Receiver) open(ctx context.Context, h Handle, from Device, interrupt func()) (*resumed, error) {
	w := &resumed{receiver: r, handle: h, in: r.writer.Pinned(), from: from}
	err := w.admit()
	if before := r.writer.Before(); err != nil && before != nil {
		w.in = before // it may have begun when the folder was all of the share
		err = w.admit()
	}
	if err != nil {
		return nil, err
	}
	w.from = from.pin(w.in)
	if w.lock, err = r.locks.take(ctx, h.ID, interrupt); err != nil {
		return nil, err
	}
	if err = w.load(); err != nil {
		w.close()
		return nil, err
	}
	return w, nil
}

// admit reads the note and compares the device with the one that began the file.
// After a restart of the program, devices have other IDs; then it is enough to
// know the ID of the file.
func (w *resumed) admit() error {
	b, err := w.in.PartialNote(w.handle.Folder, w.handle.ID)
	if err != nil {
		if done, ok := w.receiver.uploads.find(w.handle.ID); ok && done.State == Arrived && done.Device == w.from.ID &&
			(done.Device != 0 || done.Addr == w.from.Addr) {
			w.note, w.placed = note{Size: done.Total}, Placed{Name: done.Name}
			return nil
		}
		return err
	}
	if json.Unmarshal(b, &w.note) != nil || w.note.Size < unknown {
		return fs.ErrNotExist
	}
	if w.note.Session == w.receiver.session && w.note.Owner != w.from.owner() {
		return fs.ErrNotExist
	}
	return nil
}

// load reads what is on the disk, now that nobody else writes.
func (w *resumed) load() error {
	if w.placed.Name != "" {
		w.offset = w.note.Size
		return nil
	}
	if err := w.admit(); err != nil || w.placed.Name != "" { // another request may have finished it meanwhile
		w.offset = w.note.Size
		return err
	}
	p, err := w.in.OpenPartial(w.handle.Folder, w.handle.ID)
	if errors.Is(err, fs.ErrNotExist) { // see share.PartialNote
		w.offset, w.placed = w.note.Size, Placed{Name: w.file().now()}
		return nil
	}
	if err != nil {
		return err
	}
	w.partial = p
	if w.note.Session != w.receiver.session {
		w.receiver.quota.adoptFile() // it may be dropped
	}
	if w.offset, w.last, err = p.Stat(); err != nil {
		return err
	}
	if time.Since(w.last) > StaleAfter {
		w.discard()
		return fs.ErrNotExist
	}
	return w.own()
}

// own drops what has not passed its checksum, and after a restart makes the
// device the owner of the file.
func (w *resumed) own() error {
	stale := w.note.Session != w.receiver.session
	if good := w.note.Checked; good >= 0 {
		stale = true
		w.note.Checked = -1
		if w.offset > good {
			if err := w.partial.Truncate(good); err != nil {
				return err
			}
			w.offset = good
		}
	}
	if !stale {
		return nil
	}
	w.note.Session, w.note.Owner = w.receiver.session, w.from.owner()
	return w.note.keep(w.partial)
}

func (w *resumed) file() File {
	f := File{Folder: w.handle.Folder, Name: w.note.Name, Size: w.note.Size, Modified: w.note.Modified, From: w.from, in: w.in}
	if w.note.Replace {
		f.Clash = Replace
	}
	return f
}

func (w *resumed) progress() Progress {
	return Progress{Offset: w.offset, Size: w.note.Size, Expires: w.last.Add(StaleAfter), Placed: w.placed}
}

// learnSize takes the size of a file that was begun without one, if it is told
// now.
func (w *resumed) learnSize(size int64) error {
	switch {
	case w.note.Size != unknown || size == unknown || w.partial == nil:
		return nil
	case size < w.offset:
		return ErrTooLong
	}
	if err := w.receiver.Check(File{Folder: w.handle.Folder, Size: size, in: w.in}); err != nil {
		return err
	}
	w.note.Size = size
	return w.note.keep(w.partial)
}

// isWhole reports whether all of the file has come.
func (w *resumed) isWhole() bool { return w.offset == w.note.Size }

// write appends a part.
func (w *resumed) write(part Part, turn *turn) error {
	f := w.file()
	left := int64(unknown)
	if f.Size != unknown {
		left = f.Size - w.offset
	}
	reserved, err := w.receiver.quota.reserve(w.partial.Free, w.offset, left)
	defer reserved.end(false)
	if err != nil {
		return err
	}
	w.upload = w.receiver.uploads.begin(w.handle.ID, Upload{
		Device: w.from.ID, Addr: w.from.Addr, Name: f.path(), Bytes: w.offset, Total: f.Size, in: w.in.Folder(),
	})
	a := arrival{f, w.upload, reserved, turn}
	body := part.Body
	if left != unknown {
		body = &exactReader{part.Body, left}
	}
	if part.Checksum == nil {
		err = w.receiver.fill(w.partial, a, body)
	} else {
		err = w.fillChecked(a, body, part.Checksum)
	}
	if errors.Is(err, ErrTooLong) {
		err = errors.Join(err, w.partial.Truncate(w.offset))
	}
	if size, last, statErr := w.partial.Stat(); statErr == nil {
		w.receiver.quota.refund(w.offset + reserved.wrote - size)
		w.offset, w.last = size, last
	}
	w.receiver.uploads.update(w.upload, func(u *Upload) { u.Bytes = w.offset })
	return err
}

// fillChecked is fill for a part that is kept only if it passes its checksum.
// Until then the note says so, in case the program ends.
func (w *resumed) fillChecked(a arrival, body io.Reader, sum *Checksum) error {
	w.note.Checked = w.offset
	if err := w.note.keep(w.partial); err != nil {
		return err
	}
	err := w.receiver.fill(w.partial, a, io.TeeReader(body, sum.hash))
	if err == nil && !sum.matches() {
		err = ErrChecksum
	}
	if err != nil {
		err = errors.Join(err, w.partial.Truncate(w.offset))
	}
	w.note.Checked = -1
	return errors.Join(err, w.note.keep(w.partial))
}

// finish gives the file its name. If that fails, the file stays whole and the
// next request tries again.
func (w *resumed) finish() (Progress, error) {
	f := w.file()
	if err := w.from.May(f.path(), f.Clash == Replace); err != nil {
		return w.progress(), err
	}
	if err := w.partial.Finish(); err != nil { // a second try would not bring back what was lost
		return w.progress(), errors.Join(err, w.discard())
	}
	at, err := w.receiver.place(w.partial, f)
	if err != nil {
		return w.progress(), err
	}
	w.partial, w.placed = nil, at
	if w.upload == nil {
		w.upload = w.receiver.uploads.begin(w.handle.ID, Upload{
			Device: w.from.ID, Addr: w.from.Addr, Name: at.Name, Bytes: w.offset, Total: f.Size, in: w.receiver.folder.Pinned(),
		})
	}
	w.receiver.finish(w.upload, at, nil)
	return w.progress(), nil
}

func (w *resumed) discard() error {
	err := w.partial.Discard()
	w.partial = nil
	w.receiver.quota.refund(w.offset)
	w.receiver.quota.dropFile()
	w.receiver.uploads.drop(w.handle.ID)
	return err
}

// close lets the next request have the file.
func (w *resumed) close() {
	if w.partial != nil {
		w.partial.Close()
	}
	if w.upload != nil {
		w.receiver.uploads.update(w.upload, func(u *Upload) {
			if u.State == Arriving {
				u.State = Paused
			}
		})
	}
	w.lock.release()
}

// exactReader fails when there are more bytes than left.
type exactReader struct {
	from io.Reader
	left int64 // bytes
}

// Read reads what is left. The error is [ErrTooLong] if there is more.
func (e *exactReader) Read(b []byte) (int, error) {
	if int64(len(b)) > e.left+1 {
		b = b[:e.left+1]
	}
	n, err := e.from.Read(b)
	if int64(n) > e.left {
		return int(e.left), ErrTooLong
	}
	e.left -= int64(n)
	return n, err
}
