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

// work is a file that came in part, while one request has it for itself.
type work struct {
	*Receiver
	handle  Handle
	from    Sender
	note    note
	release *lock
	partial *share.Partial // nil if the file has its name already
	offset  int64          // bytes that are here
	last    time.Time      // when they came
	placed  Placed
	upload  *Upload // nil if nothing is written
}

// open takes hold of a file that came in part.
func (r *Receiver) open(ctx context.Context, h Handle, from Sender, interrupt func()) (*work, error) {
	w := &work{Receiver: r, handle: h, from: from}
	if err := w.admit(); err != nil {
		return nil, err
	}
	var err error
	if w.release, err = r.locks.take(ctx, h.ID, interrupt); err != nil {
		return nil, err
	}
	if err = w.load(); err != nil {
		w.close()
		return nil, err
	}
	return w, nil
}

// admit reads the note and compares the sender with who began the file. A
// device has another number after the program was started again; then its
// knowing the ID is enough.
func (w *work) admit() error {
	b, err := w.writer.PartialNote(w.handle.Folder, w.handle.ID)
	if err != nil {
		if done, ok := w.uploads.find(w.handle.ID); ok && done.State == Arrived && done.Device == w.from.Device &&
			(done.Device != 0 || done.Addr == w.from.Addr) {
			w.note, w.placed = note{Size: done.Total}, Placed{Name: done.Name}
			return nil
		}
		return err
	}
	if json.Unmarshal(b, &w.note) != nil || w.note.Size < 0 {
		return fs.ErrNotExist
	}
	if w.note.Session == w.session && w.note.Owner != w.from.owner() {
		return fs.ErrNotExist
	}
	return nil
}

// load finds out what is on the disk, now that nobody else writes.
func (w *work) load() error {
	if w.placed.Name != "" {
		w.offset = w.note.Size
		return nil
	}
	if err := w.admit(); err != nil || w.placed.Name != "" { // somebody else may have come to the end meanwhile
		w.offset = w.note.Size
		return err
	}
	p, err := w.writer.OpenPartial(w.handle.Folder, w.handle.ID)
	if errors.Is(err, fs.ErrNotExist) { // see share.PartialNote
		w.offset, w.placed = w.note.Size, Placed{Name: inFolder(w.handle.Folder, w.note.Name)}
		return nil
	}
	if err != nil {
		return err
	}
	w.partial = p
	if w.offset, w.last, err = p.Stat(); err != nil {
		return err
	}
	if time.Since(w.last) > StaleAfter {
		w.discard()
		return fs.ErrNotExist
	}
	return w.own()
}

// own drops what was never compared with its checksum, and makes the file
// that of whoever came back to it after a restart.
func (w *work) own() error {
	stale := w.note.Session != w.session
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
	w.note.Session, w.note.Owner = w.session, w.from.owner()
	return w.note.keep(w.partial)
}

func (w *work) file() File {
	f := File{Folder: w.handle.Folder, Name: w.note.Name, Size: w.note.Size, Modified: w.note.Modified, From: w.from}
	if w.note.Replace {
		f.Clash = Replace
	}
	return f
}

func (w *work) progress() Progress {
	return Progress{Offset: w.offset, Size: w.note.Size, Expires: w.last.Add(StaleAfter), Placed: w.placed}
}

// write adds a part.
func (w *work) write(part Part) error {
	f := w.file()
	b, err := w.room.book(f.Folder, w.offset, f.Size-w.offset)
	defer func() { b.end(false) }()
	if err != nil {
		return err
	}
	w.upload = w.uploads.begin(w.handle.ID, Upload{
		Device: w.from.Device, Addr: w.from.Addr, Name: f.path(), Bytes: w.offset, Total: f.Size,
	})
	a := arrival{f, w.upload, b}
	body := &exactly{part.Body, f.Size - w.offset}
	if part.Checksum == nil {
		err = w.fill(w.partial, a, body)
	} else {
		err = w.fillChecked(a, body, part.Checksum)
	}
	if errors.Is(err, ErrTooLong) {
		err = errors.Join(err, w.partial.Truncate(w.offset))
	}
	if size, last, statErr := w.partial.Stat(); statErr == nil {
		w.room.giveBack(w.offset + b.wrote - size)
		w.offset, w.last = size, last
	}
	w.uploads.update(w.upload, func(u *Upload) { u.Bytes = w.offset })
	return err
}

// fillChecked is fill for a part that is kept only if its checksum is right.
// Until that is known the note says so, for the case that the program ends.
func (w *work) fillChecked(a arrival, body io.Reader, sum *Checksum) error {
	w.note.Checked = w.offset
	if err := w.note.keep(w.partial); err != nil {
		return err
	}
	err := w.fill(w.partial, a, io.TeeReader(body, sum.hash))
	if err == nil && !sum.matches() {
		err = ErrChecksum
	}
	if err != nil {
		err = errors.Join(err, w.partial.Truncate(w.offset))
	}
	w.note.Checked = -1
	return errors.Join(err, w.note.keep(w.partial))
}

// settle gives the file its name. If there is none to be had it stays whole,
// and the next request tries again.
func (w *work) settle() (Progress, error) {
	f := w.file()
	if err := w.from.May(f.Clash == Replace); err != nil {
		return w.progress(), err
	}
	if err := w.partial.Finish(); err != nil { // what the system lost, no second try brings back
		return w.progress(), errors.Join(err, w.discard())
	}
	at, err := w.place(w.partial, f)
	if err != nil {
		return w.progress(), err
	}
	w.partial, w.placed = nil, at
	if w.upload == nil {
		w.upload = w.uploads.begin(w.handle.ID, Upload{
			Device: w.from.Device, Addr: w.from.Addr, Name: at.Name, Bytes: w.offset, Total: f.Size,
		})
	}
	w.finish(w.upload, at, nil)
	return w.progress(), nil
}

func (w *work) discard() error {
	err := w.partial.Discard()
	w.partial = nil
	w.room.giveBack(w.offset)
	w.uploads.drop(w.handle.ID)
	return err
}

// close lets the next request have the file.
func (w *work) close() {
	if w.partial != nil {
		w.partial.Close()
	}
	if w.upload != nil {
		w.uploads.update(w.upload, func(u *Upload) {
			if u.State == Arriving {
				u.State = Paused
			}
		})
	}
	w.release.end()
}

// exactly reads at most so many bytes; one more is an error.
type exactly struct {
	from io.Reader
	left int64 // bytes
}

// Read reads what is left, or fails with [ErrTooLong].
func (e *exactly) Read(b []byte) (int, error) {
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
