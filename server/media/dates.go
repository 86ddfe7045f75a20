package media

import (
	"context"
	"encoding/binary"
	"errors"
	"hash/maphash"
	"io"
	"sync"
	"time"

	"windowsill/server/share"
)

const (
	// dateWait is how long [Maker.Taken] waits for what has to be read first.
	dateWait = 100 * time.Millisecond
	// maxAwaited is how many files Taken waits for; more take longer anyway.
	maxAwaited = 1000
	// dateReaders is how many files of a folder are looked into at once.
	dateReaders = 2
	// maxDatings is how many folders are read at once.
	maxDatings = 4
	// maxDates is how many dates are known at most, which takes a few MB.
	maxDates = 50_000
)

// How much of a file is read for its date.
const (
	maxDateReads = 512
	maxDateBytes = 4 << 20
)

// undated stands for a file that does not say when it was taken.
const undated = -1 << 63

// dates are when pictures and films were taken, as they say themselves. Reading
// the beginning of a file takes some 50 µs from a fast disk and 10 ms from a slow
// one, so that the first to ask for a folder waits a little, and reading goes on
// without them: nobody waits for a folder of thousands. Dates are known until the
// program ends: to keep them on the disk would save what is read once in a while
// anyway, with the thumbnail.
type dates struct {
	seed maphash.Seed
	wait time.Duration // of Taken
	ctx  context.Context
	stop context.CancelFunc

	mu      sync.Mutex
	known   map[uint64]int64         // in milliseconds since 1970, or undated; by key
	reading map[string]chan struct{} // closed when a folder has been read; by its path
}

func newDates() *dates {
	d := &dates{seed: maphash.MakeSeed(), wait: dateWait, known: map[uint64]int64{}, reading: map[string]chan struct{}{}}
	d.ctx, d.stop = context.WithCancel(context.Background())
	return d
}

// Taken returns when pictures and films of a folder were taken, in milliseconds
// since 1970: the time of Exif's DateTimeOriginal, in the zone of this computer
// unless it says another, or that in a film's header, or else the file's. Files are
// read once. If that takes longer than a moment, Taken returns nil, and has an
// answer the next time.
func (m *Maker) Taken(ctx context.Context, folder *share.Folder, path string, entries []share.Entry) []int64 {
	d := m.dates
	taken, unknown := d.lookUp(path, entries)
	if len(unknown) == 0 {
		return taken
	}
	read := d.read(folder, path, unknown)
	if len(unknown) > maxAwaited {
		return nil
	}
	timer := time.NewTimer(d.wait)
	defer timer.Stop()
	select {
	case <-read:
	case <-timer.C:
	case <-ctx.Done():
	}
	if taken, unknown = d.lookUp(path, entries); len(unknown) > 0 {
		return nil
	}
	return taken
}

// key identifies a version of a file.
func (d *dates) key(path string, e share.Entry) uint64 {
	var h maphash.Hash
	h.SetSeed(d.seed)
	var version [16]byte
	binary.LittleEndian.PutUint64(version[:], uint64(e.Size))
	binary.LittleEndian.PutUint64(version[8:], uint64(e.Modified.UnixNano()))
	h.Write(version[:])
	h.WriteString(path)
	h.WriteByte('/')
	h.WriteString(e.Name)
	return h.Sum64()
}

func (d *dates) lookUp(path string, entries []share.Entry) (taken []int64, unknown []share.Entry) {
	taken = make([]int64, len(entries))
	d.mu.Lock()
	defer d.mu.Unlock()
	for i, e := range entries {
		at, known := d.known[d.key(path, e)]
		switch {
		case !known:
			unknown = append(unknown, e)
		case at == undated:
			at = e.Modified.UnixMilli()
		}
		taken[i] = at
	}
	return taken, unknown
}

// note keeps a date. All are forgotten when they are too many.
func (d *dates) note(path string, e share.Entry, at int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.known) >= maxDates {
		clear(d.known)
	}
	d.known[d.key(path, e)] = at
}

// read begins to read a folder, unless it is being read or too many others are. The
// channel, which may be nil, is closed at the end.
func (d *dates) read(folder *share.Folder, path string, unknown []share.Entry) <-chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	if done := d.reading[path]; done != nil || len(d.reading) >= maxDatings || d.ctx.Err() != nil {
		return done
	}
	done := make(chan struct{})
	d.reading[path] = done
	go func() {
		d.readAll(folder, path, unknown)
		d.mu.Lock()
		defer d.mu.Unlock()
		delete(d.reading, path)
		close(done)
	}()
	return done
}

func (d *dates) readAll(folder *share.Folder, path string, unknown []share.Entry) {
	next := make(chan share.Entry)
	var readers sync.WaitGroup
	for range min(dateReaders, len(unknown)) {
		readers.Go(func() {
			for e := range next {
				d.note(path, e, dateIn(folder, path, e))
			}
		})
	}
	for _, e := range unknown {
		if d.ctx.Err() != nil {
			break
		}
		next <- e
	}
	close(next)
	readers.Wait()
}

// dateIn reads when a file was taken. It stays undated if it cannot be read, until
// it changes.
func dateIn(folder *share.Folder, path string, e share.Entry) (at int64) {
	name := e.Name
	if path != "" {
		name = path + "/" + name
	}
	f, err := folder.Open(name)
	if err != nil {
		return undated
	}
	defer f.Close()
	defer func() {
		if recover() != nil { // made to confuse
			at = undated
		}
	}()
	taken := takenIn(io.NewSectionReader(&sparing{file: f, reads: maxDateReads, bytes: maxDateBytes}, 0, f.Size()))
	if taken.IsZero() {
		return undated
	}
	return taken.UnixMilli()
}

// takenIn returns when a picture or film was taken; zero if it does not say.
func takenIn(file *io.SectionReader) time.Time {
	if head := headOf(file); hasMagic(head, "????ftyp") {
		if at := recorded(inside(file, "moov", "mvhd")); !at.IsZero() {
			return at
		}
	}
	return findPictures(file).taken
}

// recorded returns the time in the header of a film (ISO/IEC 14496-12 8.2.2).
func recorded(mvhd *io.SectionReader) time.Time {
	head := read(orEmpty(mvhd), 0, 12)
	if head == nil {
		return time.Time{}
	}
	seconds := uint64(binary.BigEndian.Uint32(head[4:]))
	if head[0] == 1 {
		seconds = binary.BigEndian.Uint64(head[4:])
	}
	begin := time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
	at := time.Unix(int64(min(seconds, 1<<40))+begin, 0)
	if at.Unix() <= 0 || at.Year() > 9999 { // no camera's clock
		return time.Time{}
	}
	return at
}

var errTooMuch = errors.New("too much to read for a date")

// sparing reads a little of a file.
type sparing struct {
	file         io.ReaderAt
	reads, bytes int // left
}

func (s *sparing) ReadAt(p []byte, off int64) (int, error) {
	if s.reads--; s.reads < 0 || len(p) > s.bytes {
		return 0, errTooMuch
	}
	s.bytes -= len(p)
	return s.file.ReadAt(p, off)
}
