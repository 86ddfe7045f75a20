package media

import (
	"context"
	"errors"
	"os/exec"
	"runtime"
	"strconv"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"windowsill/server/share"
)

// ErrNoThumbnail says that none can be made of a file: it holds no picture
// that is understood, or one too large to be decoded.
var ErrNoThumbnail = errors.New("no thumbnail can be made of this file")

// Options are the limits of a [Maker]. The zero value of a number stands for
// its default.
type Options struct {
	CacheDir    string // where thumbnails are kept between two runs; "" keeps none on disk
	Workers     int    // how many are made at once; default GOMAXPROCS
	MemoryBytes int64  // of thumbnails kept in memory; default 64 MB
	DiskBytes   int64  // of thumbnails kept on disk; default 500 MB
}

const (
	// patience is how long the pictures of one file may take to decode. Some
	// are built to be decoded for hours.
	patience = 20 * time.Second
	// maxDecoded bounds the memory, in bytes, of all pictures that are decoded
	// at once; what needs more alone is refused.
	maxDecoded = 512 << 20
)

// Thumbnail is a small picture.
type Thumbnail struct {
	Type    string // image/jpeg, or image/png if it is transparent somewhere
	Content []byte // not to be changed
}

// Maker makes thumbnails and keeps them. It is safe for concurrent use.
type Maker struct {
	queue  *queue
	room   *semaphore.Weighted // bytes of maxDecoded
	memory *memory
	disk   *disk
	ffmpeg string // its path; "" if the machine has none

	mu      sync.Mutex
	flights map[string]*flight // the thumbnails that are asked for just now
}

// flight is a thumbnail on its way, made by the first who asked for it.
type flight struct {
	ticket ticket
	done   chan struct{} // closed when what follows is set
	result Thumbnail
	err    error
	left   bool // who made it has left: somebody else has to
}

// New returns a maker, which the caller closes.
func New(o Options) *Maker {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.MemoryBytes <= 0 {
		o.MemoryBytes = 64 << 20
	}
	if o.DiskBytes <= 0 {
		o.DiskBytes = 500 << 20
	}
	m := &Maker{
		queue:   newQueue(o.Workers),
		room:    semaphore.NewWeighted(maxDecoded),
		memory:  newMemory(o.MemoryBytes),
		disk:    newDisk(o.CacheDir, o.DiskBytes),
		flights: make(map[string]*flight),
	}
	m.ffmpeg, _ = exec.LookPath("ffmpeg")
	return m
}

// Close ends what goes on behind the thumbnails. What is still being made is
// ended by the contexts of those who asked for it.
func (m *Maker) Close() { m.disk.close() }

// Thumbnail returns a picture of f that fits into a square of side pixels
// and is no larger than the original. When several wait, the one that asked
// last is served first. Its errors are ctx's, [ErrNoThumbnail], or why f could
// not be read.
func (m *Maker) Thumbnail(ctx context.Context, f *share.File, side int) (Thumbnail, error) {
	key := f.ETag() + "-" + strconv.Itoa(side)
	for ctx.Err() == nil {
		if t, err, ok := m.memory.get(key); ok {
			return t, err
		}
		fl, first := m.join(key)
		if first {
			return m.lead(ctx, fl, key, f, side)
		}
		select {
		case <-ctx.Done():
		case <-fl.done:
			if !fl.left {
				return fl.result, fl.err
			}
		}
	}
	return Thumbnail{}, ctx.Err()
}

// join returns the flight of a thumbnail, and whether it begins just now: the
// caller has to make the thumbnail then. One that was asked for before moves
// to the head of the queue.
func (m *Maker) join(key string) (fl *flight, first bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if fl := m.flights[key]; fl != nil {
		m.queue.raise(&fl.ticket)
		return fl, false
	}
	fl = &flight{ticket: newTicket(), done: make(chan struct{})}
	m.flights[key] = fl
	return fl, true
}

// lead makes a thumbnail for all who asked for it, and keeps it.
func (m *Maker) lead(ctx context.Context, fl *flight, key string, f *share.File, side int) (Thumbnail, error) {
	t, onDisk := m.disk.get(key)
	if !onDisk {
		t, fl.err = m.make(ctx, &fl.ticket, f, side)
	}
	fl.result = t
	fl.left = fl.err != nil && ctx.Err() != nil
	if fl.err == nil || errors.Is(fl.err, ErrNoThumbnail) && !fl.left {
		m.memory.put(key, t, fl.err)
	}
	m.mu.Lock()
	delete(m.flights, key)
	m.mu.Unlock()
	close(fl.done)
	if fl.err == nil && !onDisk {
		m.disk.put(key, t)
	}
	return t, fl.err
}

// make waits for its turn and makes a thumbnail.
func (m *Maker) make(ctx context.Context, t *ticket, f *share.File, side int) (Thumbnail, error) {
	if err := m.queue.enter(ctx, t); err != nil {
		return Thumbnail{}, err
	}
	defer m.queue.leave()
	w := &work{maker: m, ctx: ctx, file: f.Content(), size: f.Size(), name: f.Name(), side: side}
	result, err := w.thumbnail()
	switch {
	case err == nil:
		return result, nil
	case ctx.Err() != nil:
		return Thumbnail{}, ctx.Err()
	case w.unread != nil:
		return Thumbnail{}, w.unread
	}
	return Thumbnail{}, ErrNoThumbnail
}
