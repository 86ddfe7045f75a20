package receive

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"net/netip"
	"sync"
	"time"

	"windowsill/server/share"
)

// StaleAfter is how long a file that was begun is kept to be continued.
const StaleAfter = 24 * time.Hour

// maxNumber is the highest number in a name like "photo (2).jpg".
const maxNumber = 9999

// bufferSize is how many bytes are read from a device at a time at most.
const bufferSize = 256 << 10

// Why a file was not taken, besides those of share.
var (
	ErrBroken  = errors.New("the file did not arrive whole")
	ErrExists  = errors.New("there is a file of that name")
	ErrChanged = errors.New("the file is not the one that was to be replaced")
)

// Options says how a [Receiver] works.
type Options struct {
	Limits  Limits
	Changed func() // called when an upload has made progress; must be cheap and not block
}

// Receiver takes files into one shared folder. It is safe for concurrent use. It
// has many methods because files in one go and files in parts share all they need.
type Receiver struct {
	folder  *share.Folder
	writer  *share.Writer // of folder
	quota   quota
	queue   *queue
	uploads uploads
	locks   locks
	session string     // different for each receiver
	placing sync.Mutex // held while a file is compared with what is expected and replaced
	buffers sync.Pool  // of *[bufferSize]byte
}

// New returns a receiver that writes into a folder, which its caller closes.
func New(w *share.Writer, o Options) *Receiver {
	if o.Changed == nil {
		o.Changed = func() {}
	}
	return &Receiver{
		folder:  w.Folder(),
		writer:  w,
		quota:   quota{limits: o.Limits},
		queue:   newQueue(),
		uploads: uploads{changed: o.Changed},
		session: NewID(),
		buffers: sync.Pool{New: func() any { return new([bufferSize]byte) }},
	}
}

// trashTime is how long what was deleted can be restored.
const trashTime = 30 * 24 * time.Hour

// Tidy removes what was begun and not continued for more than a day, and what
// was deleted more than 30 days ago. It walks the whole folder, until ctx ends.
func (r *Receiver) Tidy(ctx context.Context) {
	r.writer.EmptyTrash(ctx, time.Now().Add(-trashTime))
	r.writer.RemoveStale(ctx, time.Now().Add(-StaleAfter))
}

// Limits returns how much the owner takes.
func (r *Receiver) Limits() Limits { return r.quota.get() }

// SetLimits changes how much the owner takes. It does not affect what is reserved
// for files already.
func (r *Receiver) SetLimits(l Limits) { r.quota.set(l) }

// Uploads returns the uploads, oldest first: at most 1,000, those that ended
// being dropped first.
func (r *Receiver) Uploads() []Upload { return r.uploads.list() }

// Upload returns the upload of a file that comes in parts; ok is false if there
// is none.
func (r *Receiver) Upload(h Handle) (u Upload, ok bool) { return r.uploads.find(h.ID) }

// Device is the device that sends a file.
type Device struct {
	ID    uint64 // 0 if it has none
	Addr  netip.Addr
	Group netip.Addr // as which Addr counts; the zero Addr if that is Addr
	// Into is the folder that files go into which the device sends to the share
	// itself, with a safe name; "" for none.
	Into string
	// May returns why the device may not write a file of that name, or nil. It is called again and
	// again; replace says whether the file is to replace another one.
	May func(name string, replace bool) error
	// Interrupt makes a Read of what it sends return early; nil if nothing
	// does. It may be called from any goroutine, and must not block.
	Interrupt func()
	// MayTake returns why the device may not write to a name of the share, or nil;
	// an error that satisfies [fs.ErrExist] if the next name may do. It is called
	// just before something gets that name. It is nil if all may be taken.
	MayTake func(name string) error
}

func (d Device) mayTake(name string) error {
	if d.MayTake == nil {
		return nil
	}
	return d.MayTake(name)
}

func (d Device) sender() sender { return sender{d.ID, cmp.Or(d.Group, d.Addr)} }

// Clash says what to do if there is a file of the same name.
type Clash int

// The ways to resolve a clash.
const (
	KeepBoth Clash = iota // the new file is called "name (2).jpg"
	Refuse                // the new file is not taken: [ErrExists]
	Replace               // the new file replaces it
)

// File is what is known of a file before it comes in.
type File struct {
	Folder   string    // in the share; it exists
	Name     string    // in Folder; safe, with slashes if it comes with folders
	Size     int64     // bytes; -1 if unknown
	Modified time.Time // when it last changed; zero if unknown
	Clash    Clash
	// Current, unless nil, returns why the file of that name, nil if there is
	// none, is not the one to replace. It is called with Replace only.
	Current func(*share.File) error
	From    Device
	Durable bool // as with [share.Partial.FinishDurably]; with Put only

	in *share.Writer // in which the names are those that there were at [Receiver.Pin]
}

// Pin has a file keep its names while it comes in, see [share.Writer.Pinned]. Put and
// Begin do so by themselves; it serves those who send several files at once.
func (r *Receiver) Pin(f File) File {
	if f.in == nil {
		f.in = r.writer.Pinned()
		f.From = f.From.pin(f.in)
	}
	return f
}

// pin has a device be asked by the present names about what goes by the pinned ones.
func (d Device) pin(in *share.Writer) Device {
	now, may, mayTake := in.Folder().Now, d.May, d.MayTake
	d.May = func(name string, replace bool) error { return may(now(name), replace) }
	if mayTake != nil {
		d.MayTake = func(name string) error { return mayTake(now(name)) }
	}
	return d
}

// now returns the name that the file would have in the share at present.
func (f File) now() string { return f.in.Folder().Now(f.path()) }

// sorted returns the file with the folder in its name that what its device sends
// goes into.
func (f File) sorted() File {
	if f.Folder == "" && f.From.Into != "" {
		f.Name = f.From.Into + "/" + f.Name
	}
	return f
}

func (f File) path() string { return inFolder(f.Folder, f.Name) }

func inFolder(folder, name string) string {
	if folder == "" {
		return name
	}
	return folder + "/" + name
}

// Placed is a file that came in, or a folder that was made.
type Placed struct {
	Name     string // in the share
	Replaced string // ID in the trash of the file that it replaced; "" if there was none, or it was empty
	made     share.Made
}

// Check returns why a file would not be taken, or nil, so that it need not be
// sent in vain.
func (r *Receiver) Check(f File) error {
	in := cmp.Or(f.in, r.writer)
	free := func() (int64, error) { return in.Free(f.Folder) }
	reserved, err := r.quota.reserve(free, 0, f.Size)
	reserved.end(true)
	return err
}

// Put takes a file in one go. When Put returns, all of it is on the disk, or
// will be in some seconds if it is small (see [share.Partial.Finish]), or nothing
// if there is an error: one of this package or of share, that of ctx, or
// one that f.From.May returned.
func (r *Receiver) Put(ctx context.Context, f File, body io.Reader) (Placed, error) {
	f = r.Pin(f).sorted()
	turn, err := r.queue.enter(ctx, f.From.sender(), f.From.Interrupt)
	if err != nil {
		return Placed{}, err
	}
	defer turn.leave()
	if err := r.quota.addFile(len(r.lacking(f))); err != nil {
		return Placed{}, err
	}
	at, err := r.put(f, body, turn)
	if err != nil {
		r.quota.dropFile()
	}
	return at, err
}

// put takes a file that counts already.
func (r *Receiver) put(f File, body io.Reader, turn *turn) (at Placed, err error) {
	p, err := f.in.NewPartial(f.Folder, NewID())
	if err != nil {
		return Placed{}, err
	}
	reserved, err := r.quota.reserve(p.Free, 0, f.Size)
	if err != nil {
		reserved.end(true)
		return Placed{}, errors.Join(err, p.Discard())
	}
	u := r.uploads.begin("", Upload{Device: f.From.ID, Addr: f.From.Addr, Name: f.path(), Total: f.Size, in: f.in.Folder()})
	err = r.fill(p, arrival{f, u, reserved, turn}, body)
	if err == nil && f.Durable {
		err = p.FinishDurably()
	} else if err == nil {
		err = p.Finish()
	}
	if err == nil {
		made := p.Made()
		at, err = r.place(p, f)
		at.made = made
	}
	if err != nil {
		at, err = Placed{}, errors.Join(err, p.Discard())
	}
	reserved.end(err != nil)
	r.finish(u, at, err)
	return at, err
}

// arrival is a file while its bytes come in.
type arrival struct {
	File
	upload   *Upload
	reserved *reservation
	turn     *turn
}

// fill writes what comes in to p.
func (r *Receiver) fill(p *share.Partial, a arrival, body io.Reader) error {
	buf := r.buffers.Get().(*[bufferSize]byte)
	defer r.buffers.Put(buf)
	for {
		n, readErr := body.Read(buf[:])
		if err := a.From.May(a.path(), a.Clash == Replace); err != nil {
			return err
		}
		if err := r.take(p, a, buf[:n]); err != nil {
			return err
		}
		if readErr == io.EOF {
			return nil
		}
		if err := a.turn.received(n); err != nil {
			return err
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
	if err := a.reserved.use(int64(len(b))); err != nil {
		return err
	}
	n, err := p.Write(b)
	r.uploads.update(a.upload, func(u *Upload) { u.Bytes += int64(n) })
	return err
}

// place gives a finished file its name.
func (r *Receiver) place(p *share.Partial, f File) (Placed, error) {
	at, err := r.name(p, f)
	if err == nil {
		at.Name = f.in.Folder().Now(at.Name)
	}
	return at, err
}

func (r *Receiver) name(p *share.Partial, f File) (Placed, error) {
	name := f.path()
	if err := r.checkFolders(f); err != nil {
		return Placed{}, err
	}
	if err := r.makeFolders(f.in, r.lacking(f), f.From.mayTake); err != nil {
		return Placed{}, err
	}
	if f.Clash == Replace {
		if err := f.From.mayTake(name); err != nil {
			return Placed{}, err
		}
		id := NewID()
		wasEmpty, err := r.replace(p, f, id)
		if err == nil && wasEmpty { // many clients make a file before they fill it
			f.in.Forget(id)
			return Placed{Name: name}, nil
		}
		if err == nil {
			return Placed{Name: name, Replaced: id}, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return Placed{}, err
		}
	}
	for n := 1; n <= maxNumber; n++ {
		at := numbered(name, n)
		err := f.From.mayTake(at)
		if err == nil {
			err = p.Place(at, f.Modified)
		}
		if err == nil {
			return Placed{Name: at}, nil
		}
		if !errors.Is(err, fs.ErrExist) {
			return Placed{}, err
		}
		if f.Clash != KeepBoth {
			return Placed{}, errors.Join(err, ErrExists)
		}
	}
	return Placed{}, ErrExists
}

// replace replaces another file, which goes to the trash under an ID. If there is
// none, the error satisfies fs.ErrNotExist.
func (r *Receiver) replace(p *share.Partial, f File, id string) (wasEmpty bool, err error) {
	r.placing.Lock()
	defer r.placing.Unlock()
	old, err := f.in.Folder().Open(f.path())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	if old != nil {
		defer old.Close()
		wasEmpty = !old.IsDir() && old.Size() == 0
	}
	if f.Current != nil {
		if err := f.Current(old); err != nil {
			return false, err
		}
	}
	return wasEmpty, p.Replace(f.path(), id, f.Modified)
}

// finish records what became of an upload.
func (r *Receiver) finish(u *Upload, at Placed, err error) {
	r.uploads.update(u, func(u *Upload) {
		if err != nil {
			u.State = Failed
			return
		}
		u.State, u.Name, u.in, u.Total = Arrived, at.Name, r.folder.Pinned(), u.Bytes
	})
}
