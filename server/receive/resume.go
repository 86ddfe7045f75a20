package receive

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"

	"windowsill/server/share"
)

// Why a file could not be gone on with.
var (
	ErrOffset   = errors.New("another part of the file is missing")
	ErrTooLong  = errors.New("more came than the file should have")
	ErrChecksum = errors.New("the part was damaged on its way")
	ErrBusy     = errors.New("the file is being written by another request")
)

// Handle is by what a file is found that comes in pieces. Whoever knows its
// ID can go on with the file, unless another device began it.
type Handle struct {
	Folder string // of the share, that the file is for
	ID     string
}

// Progress is how far a file has come that comes in pieces.
type Progress struct {
	Offset  int64 // bytes that are here
	Size    int64 // bytes it will have
	Expires time.Time
	Placed  Placed // its Name is "" until the file is whole and has it
}

// note is what is remembered beside a file on the disk.
type note struct {
	Name     string
	Size     int64
	Modified time.Time
	Replace  bool
	Session  string // of the receiver that Owner belongs to
	Owner    string // who began it
	Checked  int64  // bytes after this offset were not compared with a checksum yet; -1 if none
}

// NewID makes 128 random bits, in the form that share wants.
func NewID() string {
	b := make([]byte, 16)
	rand.Read(b) // never fails, see crypto/rand
	return base64.RawURLEncoding.EncodeToString(b)
}

func (s Sender) owner() string {
	if s.Device != 0 {
		return fmt.Sprint("device ", s.Device)
	}
	return s.Addr.String()
}

// Begin makes ready for a file whose size is known. Its errors are those of
// [Receiver.Put]. A file without content is complete only after an Append of
// nothing.
func (r *Receiver) Begin(f File) (Handle, error) {
	if err := errors.Join(r.Check(f), r.mayHoldFolders(f)); err != nil {
		return Handle{}, err
	}
	h := Handle{f.Folder, NewID()}
	p, err := r.writer.NewPartial(h.Folder, h.ID)
	if err != nil {
		return Handle{}, err
	}
	n := note{
		Name: f.Name, Size: f.Size, Modified: f.Modified, Replace: f.Clash == Replace,
		Session: r.session, Owner: f.From.owner(), Checked: -1,
	}
	if err := errors.Join(n.keep(p), p.Close()); err != nil {
		return Handle{}, errors.Join(err, p.Discard())
	}
	r.uploads.begin(h.ID, Upload{Device: f.From.Device, Addr: f.From.Addr, Name: f.path(), Total: f.Size, State: Paused})
	return h, nil
}

func (n note) keep(p *share.Partial) error {
	b, err := json.Marshal(n)
	if err != nil {
		return err
	}
	return p.SetNote(b)
}

// Find tells how far a file has come. It breaks off an Append that is under
// way, because whoever asks has lost touch with that one. The error satisfies
// [fs.ErrNotExist] if there is no such file for this sender.
func (r *Receiver) Find(ctx context.Context, h Handle, from Sender) (Progress, error) {
	w, err := r.open(ctx, h, from, nil)
	if err != nil {
		return Progress{}, err
	}
	defer w.close()
	if w.offset == w.note.Size && w.partial != nil { // whole, but stopped before it got its name
		return w.settle()
	}
	return w.progress(), nil
}

// Part is a piece of a file.
type Part struct {
	Offset   int64 // of its first byte
	Body     io.Reader
	Checksum *Checksum // nil if none was sent
	// Interrupt makes a Read of Body return soon.
	Interrupt func()
}

// Append goes on with a file, and gives it its name when it is whole. What
// came of a part before it was broken off is kept, unless it has a checksum.
// The errors are those of Put and Find and of this file.
func (r *Receiver) Append(ctx context.Context, h Handle, from Sender, part Part) (Progress, error) {
	leave, err := r.queue.enter(ctx, from.key())
	if err != nil {
		return Progress{}, err
	}
	defer leave()
	w, err := r.open(ctx, h, from, part.Interrupt)
	if err != nil {
		return Progress{}, err
	}
	defer w.close()
	if part.Offset != w.offset {
		return w.progress(), ErrOffset
	}
	if w.partial == nil {
		return w.progress(), nil
	}
	if err := w.write(part); err != nil {
		return w.progress(), err
	}
	w.release.pastReading()
	if w.offset < w.note.Size {
		return w.progress(), nil
	}
	return w.settle()
}

// Cancel removes what has come of a file. The error satisfies
// [fs.ErrNotExist] if there is no such file for this sender, also if it is
// whole already.
func (r *Receiver) Cancel(ctx context.Context, h Handle, from Sender) error {
	w, err := r.open(ctx, h, from, nil)
	if err != nil {
		return err
	}
	defer w.close()
	if w.partial == nil {
		return fs.ErrNotExist
	}
	return w.discard()
}
