package receive

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net/netip"
	"sync"
	"time"

	"windowsill/server/share"
)

// StaleAfter is how long something that was begun waits to be gone on with.
const StaleAfter = 24 * time.Hour

// mostAlike is how many files of one name a folder takes.
const mostAlike = 9999

// piece is the most that is taken from a device at a time, in bytes.
const piece = 256 << 10

// Why a file was not taken, besides those of share.
var (
	ErrBroken  = errors.New("the file did not arrive whole")
	ErrExists  = errors.New("there is a file of that name")
	ErrChanged = errors.New("the file is not the one that was to be replaced")
)

// Options says how a [Receiver] works.
type Options struct {
	Limits  Limits
	Changed func() // called whenever an upload got on; must be cheap and never block
}

// Receiver takes files into one shared folder. All its methods may be called
// from any goroutine.
type Receiver struct {
	folder  *share.Folder
	writer  *share.Writer // of folder
	room    room
	queue   queue
	uploads uploads
	locks   locks
	session string     // tells this receiver from those before it
	placing sync.Mutex // held from the look at what is replaced until it is
	pieces  sync.Pool  // of *[piece]byte
}

// New returns a receiver that writes into a folder, which its caller closes.
func New(w *share.Writer, o Options) *Receiver {
	if o.Changed == nil {
		o.Changed = func() {}
	}
	return &Receiver{
		folder:  w.Folder(),
		writer:  w,
		room:    room{limits: o.Limits, free: w.Free},
		uploads: uploads{changed: o.Changed},
		session: NewID(),
		pieces:  sync.Pool{New: func() any { return new([piece]byte) }},
	}
}

// trashedFor is how long what was deleted can be brought back.
const trashedFor = 30 * 24 * time.Hour

// Tidy removes what was begun and left alone for more than a day, and what was
// deleted more than 30 days ago. It looks through the whole folder, until ctx
// ends.
func (r *Receiver) Tidy(ctx context.Context) {
	r.writer.EmptyTrash(ctx, time.Now().Add(-trashedFor))
	r.writer.RemoveStale(ctx, time.Now().Add(-StaleAfter))
}

// Limits returns what the owner has room for.
func (r *Receiver) Limits() Limits { return r.room.has() }

// SetLimits changes what the owner has room for. Files that were promised room
// keep it.
func (r *Receiver) SetLimits(l Limits) { r.room.set(l) }

// Uploads returns what came in and is on its way, oldest first: all that is
// on its way, and at most 1,000 altogether.
func (r *Receiver) Uploads() []Upload { return r.uploads.list() }

// Upload returns what is known of a file that comes in pieces; not ok if that
// is nothing.
func (r *Receiver) Upload(h Handle) (u Upload, ok bool) { return r.uploads.find(h.ID) }

// Sender is who sends a file.
type Sender struct {
	Device uint64 // its number; 0 if it has none
	Addr   netip.Addr
	// May says why the sender may not write any more, or nil. It is asked
	// again and again. Where something is replaced it is asked about that.
	May func(replace bool) error
}

// senderKey tells senders apart: by number, else by address.
type senderKey struct {
	device uint64
	addr   netip.Addr
}

func (s Sender) key() senderKey {
	if s.Device != 0 {
		return senderKey{device: s.Device}
	}
	return senderKey{addr: s.Addr}
}

// Clash says what happens if there is a file of the same name.
type Clash int

// What can happen then.
const (
	KeepBoth Clash = iota // the new one is called "name (2).jpg"
	Refuse                // the new one is not taken: [ErrExists]
	Replace               // the new one takes its place
)

// File is what is known of a file before it comes.
type File struct {
	Folder   string    // of the share, that it is for; it is there
	Name     string    // in Folder; tame, with slashes if folders come with it
	Size     int64     // bytes; -1 if unknown
	Modified time.Time // when it last changed; zero if unknown
	Clash    Clash
	// Current, unless nil, is asked with Replace whether the file of that
	// name, nil if there is none, is the one that is to be replaced.
	Current func(*share.File) error
	From    Sender
}

func (f File) path() string { return inFolder(f.Folder, f.Name) }

func inFolder(folder, name string) string {
	if folder == "" {
		return name
	}
	return folder + "/" + name
}

// Placed is a file that came in.
type Placed struct {
	Name     string // in the share
	Replaced bool   // there was another one
}

// Check returns why a file would not be taken, or nil: so that nobody sends
// one in vain.
func (r *Receiver) Check(f File) error {
	b, err := r.room.book(f.Folder, 0, f.Size)
	b.end(true)
	return err
}

// Put takes a file in one go. It is whole and lasting when Put returns; if
// there is an error, nothing of it is there. The errors are those of this
// package and of share, those of ctx, and those that f.From.May returns.
func (r *Receiver) Put(ctx context.Context, f File, body io.Reader) (Placed, error) {
	leave, err := r.queue.enter(ctx, f.From.key())
	if err != nil {
		return Placed{}, err
	}
	defer leave()
	b, err := r.room.book(f.Folder, 0, f.Size)
	if err != nil {
		b.end(true)
		return Placed{}, err
	}
	p, err := r.writer.NewPartial(f.Folder, NewID())
	if err != nil {
		b.end(true)
		return Placed{}, err
	}
	u := r.uploads.begin("", Upload{Device: f.From.Device, Addr: f.From.Addr, Name: f.path(), Total: f.Size})
	err = r.fill(p, arrival{f, u, b}, body)
	if err == nil {
		err = p.Finish()
	}
	var at Placed
	if err == nil {
		at, err = r.place(p, f)
	}
	if err != nil {
		err = errors.Join(err, p.Discard())
	}
	b.end(err != nil)
	r.finish(u, at, err)
	return at, err
}

// arrival is a file while its bytes come.
type arrival struct {
	File
	upload  *Upload
	booking *booking
}

// fill writes what comes to p.
func (r *Receiver) fill(p *share.Partial, a arrival, body io.Reader) error {
	buf := r.pieces.Get().(*[piece]byte)
	defer r.pieces.Put(buf)
	for {
		n, readErr := body.Read(buf[:])
		if err := a.From.May(a.Clash == Replace); err != nil {
			return err
		}
		if err := r.take(p, a, buf[:n]); err != nil {
			return err
		}
		if readErr == io.EOF {
			return nil
		}
		if readErr != nil {
			return errors.Join(ErrBroken, readErr)
		}
	}
}

func (r *Receiver) take(p *share.Partial, a arrival, b []byte) error {
	if len(b) == 0 {
		return nil
	}
	if err := a.booking.writing(int64(len(b))); err != nil {
		return err
	}
	n, err := p.Write(b)
	r.uploads.update(a.upload, func(u *Upload) { u.Bytes += int64(n) })
	return err
}

// place gives a settled file its name.
func (r *Receiver) place(p *share.Partial, f File) (Placed, error) {
	name := f.path()
	if folder := above(f.Name); folder != "" {
		if err := r.mayHoldFolders(f); err != nil {
			return Placed{}, err
		}
		if err := r.writer.MakeFolders(inFolder(f.Folder, folder)); err != nil {
			return Placed{}, err
		}
	}
	if f.Clash == Replace {
		err := r.replace(p, f)
		if err == nil {
			return Placed{Name: name, Replaced: true}, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return Placed{}, err
		}
	}
	for n := 1; n <= mostAlike; n++ {
		err := p.Place(another(name, n), f.Modified)
		if err == nil {
			return Placed{Name: another(name, n)}, nil
		}
		if !errors.Is(err, fs.ErrExist) {
			return Placed{}, err
		}
		if f.Clash != KeepBoth {
			break
		}
	}
	return Placed{}, ErrExists
}

// mayHoldFolders returns [ErrExists] if something stands where a folder of the
// file's name would.
func (r *Receiver) mayHoldFolders(f File) error {
	for i := range len(f.Name) {
		if f.Name[i] != '/' {
			continue
		}
		at, err := r.folder.Open(inFolder(f.Folder, f.Name[:i]))
		if err != nil {
			return nil // nothing is there, or MakeFolders says what
		}
		at.Close()
		if !at.IsDir() {
			return ErrExists
		}
	}
	return nil
}

// replace puts a file in the place of another one. If there is none, the
// error satisfies fs.ErrNotExist.
func (r *Receiver) replace(p *share.Partial, f File) error {
	r.placing.Lock()
	defer r.placing.Unlock()
	if f.Current != nil {
		if err := r.compare(f); err != nil {
			return err
		}
	}
	return p.Replace(f.path(), f.Modified)
}

// compare asks f.Current.
func (r *Receiver) compare(f File) error {
	old, err := r.folder.Open(f.path())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err != nil {
		return f.Current(nil)
	}
	defer old.Close()
	return f.Current(old)
}

// finish notes what became of an upload.
func (r *Receiver) finish(u *Upload, at Placed, err error) {
	r.uploads.update(u, func(u *Upload) {
		if err != nil {
			u.State = Failed
			return
		}
		u.State, u.Name, u.Total = Arrived, at.Name, u.Bytes
	})
}
