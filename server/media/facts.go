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
	// factReaders is how many files of a folder are looked into at once.
	factReaders = 2
	// maxReadFolders is how many folders are read at once.
	maxReadFolders = 4
)

// How much of a file is read for its facts.
const (
	maxFactReads = 512
	maxFactBytes = 4 << 20
)

// facts are what files say about themselves, such as when a picture was taken.
// Reading the beginning of a file takes some 50 µs from a fast disk and 10 ms from a
// slow one, so that the first to ask for a folder waits a little, and reading goes on
// without them: nobody waits for a folder of thousands. Facts are known until the
// program ends: to keep them on the disk would save what is read once in a while
// anyway, with the thumbnail.
type facts[T any] struct {
	in   func(*io.SectionReader) T // reads a file, which may be made to confuse
	most int                       // facts that are known
	wait time.Duration             // for what has to be read first
	seed maphash.Seed
	ctx  context.Context
	stop context.CancelFunc

	mu      sync.Mutex
	known   map[uint64]T             // by key
	reading map[string]chan struct{} // closed when a folder has been read; by its path
}

func newFacts[T any](in func(*io.SectionReader) T, most int, wait time.Duration) *facts[T] {
	d := &facts[T]{in: in, most: most, wait: wait, seed: maphash.MakeSeed(), known: map[uint64]T{}, reading: map[string]chan struct{}{}}
	d.ctx, d.stop = context.WithCancel(context.Background())
	return d
}

// of calls have with what is known of the entries of a folder, and reads the others.
// It waits for them a little, and returns how many are still not known. If they are
// more than atMost, nobody waits, and they are read once ctx ends: a page has been
// sent by then, which readers would slow down.
func (d *facts[T]) of(ctx context.Context, folder *share.Folder, path string, entries []share.Entry, atMost int, have func(i int, fact T)) (missing int) {
	unknown := d.lookUp(path, entries, have)
	if len(unknown) == 0 {
		return 0
	}
	if len(unknown) > atMost {
		context.AfterFunc(ctx, func() {
			if unknown := d.lookUp(path, unknown, func(int, T) {}); len(unknown) > 0 {
				d.read(folder, path, unknown)
			}
		})
		return len(unknown)
	}
	read := d.read(folder, path, unknown)
	timer := time.NewTimer(d.wait)
	defer timer.Stop()
	select {
	case <-read:
	case <-timer.C:
	case <-ctx.Done():
	}
	return len(d.lookUp(path, entries, have))
}

// key identifies a version of a file.
func (d *facts[T]) key(path string, e share.Entry) uint64 {
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

func (d *facts[T]) lookUp(path string, entries []share.Entry, have func(i int, fact T)) (unknown []share.Entry) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for i, e := range entries {
		if fact, known := d.known[d.key(path, e)]; known {
			have(i, fact)
		} else {
			unknown = append(unknown, e)
		}
	}
	return unknown
}

// note keeps a fact. All are forgotten when they are too many.
func (d *facts[T]) note(path string, e share.Entry, fact T) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.known) >= d.most {
		clear(d.known)
	}
	d.known[d.key(path, e)] = fact
}

// read begins to read a folder, unless it is being read or too many others are. The
// channel, which may be nil, is closed at the end.
func (d *facts[T]) read(folder *share.Folder, path string, unknown []share.Entry) <-chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	if done := d.reading[path]; done != nil || len(d.reading) >= maxReadFolders || d.ctx.Err() != nil {
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

func (d *facts[T]) readAll(folder *share.Folder, path string, unknown []share.Entry) {
	next := make(chan share.Entry)
	var readers sync.WaitGroup
	for range min(factReaders, len(unknown)) {
		readers.Go(func() {
			for e := range next {
				d.note(path, e, d.readOne(folder, path, e))
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

// readOne reads the fact of a file. Of one that cannot be read it is that of an empty
// file, until the file changes.
func (d *facts[T]) readOne(folder *share.Folder, path string, e share.Entry) (fact T) {
	nothing := d.in(io.NewSectionReader(eof{}, 0, 0))
	name := e.Name
	if path != "" {
		name = path + "/" + name
	}
	f, err := folder.Open(name)
	if err != nil {
		return nothing
	}
	defer f.Close()
	defer func() {
		if recover() != nil { // made to confuse
			fact = nothing
		}
	}()
	return d.in(io.NewSectionReader(&sparing{file: f, reads: maxFactReads, bytes: maxFactBytes}, 0, f.Size()))
}

var errTooMuch = errors.New("too much to read for what a file says about itself")

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
