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

// Why a file could not be continued.
var (
	ErrOffset   = errors.New("another part of the file is missing")
	ErrTooLong  = errors.New("more came than the file should have")
	ErrChecksum = errors.New("the part was damaged on its way")
	ErrBusy     = errors.New("the file is being written by another request")
)

// Handle identifies a file that comes in parts. Whoever knows its ID can
// continue the file, unless another device began it.
type Handle struct {
	Folder string // in the share, that the file is for
	ID     string
}

// Progress is how much has come of a file that comes in parts.
type Progress struct {
	Offset  int64 // bytes that have come
	Size    int64 // bytes it will have; -1 if unknown
	Expires time.Time
	Placed  Placed // its Name is "" until the file is whole and has one
}

// note is what is stored next to a file on the disk.
type note struct {
	Name     string
	Size     int64
	Modified time.Time
	Replace  bool
	Session  string // of the receiver that knows Owner
	Owner    string // who began it
	Checked  int64  // offset after which bytes have not passed their checksum yet; -1 if all have
}

// NewID makes 128 random bits, in the form that share wants.
func NewID() string {
	b := make([]byte, 16)
	rand.Read(b) // never fails, see crypto/rand
	return base64.RawURLEncoding.EncodeToString(b)
}

func (d Device) owner() string {
	if d.ID != 0 {
		return fmt.Sprint("device ", d.ID)
	}
	return d.Addr.String()
}

// unknown stands for the size of a file that is not known yet.
const unknown = -1

// Begin begins a file. The error is one like those of
// [Receiver.Put]. An empty file is complete only after an Append of nothing.
func (r *Receiver) Begin(f File) (Handle, error) {
	f = r.Pin(f).sorted()
	if err := errors.Join(r.Check(f), r.checkFolders(f)); err != nil {
		return Handle{}, err
	}
	if err := r.quota.addFile(len(r.lacking(f))); err != nil {
		return Handle{}, err
	}
	h, err := r.begin(f)
	if err != nil {
		r.quota.dropFile()
	}
	return h, err
}

// begin begins a file that counts already.
func (r *Receiver) begin(f File) (Handle, error) {
	h := Handle{f.Folder, NewID()}
	p, err := f.in.NewPartial(h.Folder, h.ID)
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
	r.uploads.begin(h.ID, Upload{Device: f.From.ID, Addr: f.From.Addr, Name: f.path(), Total: f.Size, State: Paused, in: f.in.Folder()})
	return h, nil
}

func (n note) keep(p *share.Partial) error {
	b, err := json.Marshal(n)
	if err != nil {
		return err
	}
	return p.SetNote(b)
}

// Find returns how much of a file has come. It interrupts an Append in progress,
// since whoever asks has lost the connection to that. The error satisfies
// [fs.ErrNotExist] if there is no such file for this device.
func (r *Receiver) Find(ctx context.Context, h Handle, from Device) (Progress, error) {
	w, err := r.open(ctx, h, from, nil)
	if err != nil {
		return Progress{}, err
	}
	defer w.close()
	if w.isWhole() && w.partial != nil { // whole, but without its name yet
		return w.finish()
	}
	return w.progress(), nil
}

// Part is a part of a file.
type Part struct {
	Offset   int64 // of its first byte
	Size     int64 // of the whole file, if it was begun without one; -1 if unknown
	Body     io.Reader
	Checksum *Checksum // nil if none was sent
}

// Append continues a file, and gives it its name when it is whole. If a part is
// interrupted, what has come of it is kept, unless it has a checksum. The error
// is one like those of Put and Find, or one of those above.
func (r *Receiver) Append(ctx context.Context, h Handle, from Device, part Part) (Progress, error) {
	turn, err := r.queue.enter(ctx, from.sender(), from.Interrupt)
	if err != nil {
		return Progress{}, err
	}
	defer turn.leave()
	w, err := r.open(ctx, h, from, from.Interrupt)
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
	if err := w.learnSize(part.Size); err != nil {
		return w.progress(), err
	}
	if err := w.write(part, turn); err != nil {
		return w.progress(), err
	}
	w.lock.ignoreInterrupt()
	if !w.isWhole() {
		return w.progress(), nil
	}
	return w.finish()
}

// Cancel removes what has come of a file. The error satisfies [fs.ErrNotExist]
// if there is no such file for this device, or it is whole already.
func (r *Receiver) Cancel(ctx context.Context, h Handle, from Device) error {
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
