package media

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os/exec"
	"runtime"
	"strconv"
	"time"

	"golang.org/x/sync/semaphore"

	"windowsill/server/flight"
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
	// patience is how long one file may take, from looking for pictures in it
	// to the last of them. Some are built to be decoded for hours.
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
	making flight.Group[string, Thumbnail] // by key
	slots  *slots
	room   *semaphore.Weighted // bytes of maxDecoded
	memory *memory
	disk   *disk
	ffmpeg string // its path; "" if the machine has none
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
		slots:  newSlots(o.Workers),
		room:   semaphore.NewWeighted(maxDecoded),
		memory: newMemory(o.MemoryBytes),
		disk:   newDisk(o.CacheDir, o.DiskBytes),
	}
	m.ffmpeg, _ = exec.LookPath("ffmpeg")
	return m
}

// Close ends what goes on behind the thumbnails. What is still being made is
// ended by the contexts of those who asked for it.
func (m *Maker) Close() { m.disk.close() }

// Thumbnail returns a picture of f that fits into a square of side pixels
// and is no larger than the original. When several wait, the one that asked
// last and the one that asked first are served in turn. The error is ctx's, [ErrNoThumbnail], or why f could
// not be read.
func (m *Maker) Thumbnail(ctx context.Context, f *share.File, side int) (Thumbnail, error) {
	tag := f.ETag()
	key := tag + "-" + strconv.Itoa(side)
	if t, err, ok := m.memory.get(key); ok {
		return t, err
	}
	m.slots.promote(key)
	return m.making.Do(ctx, key, func(ctx context.Context) (Thumbnail, error) {
		if t, ok := m.disk.get(key); ok {
			m.memory.put(key, t, nil)
			return t, nil
		}
		t, err := m.make(ctx, f, key, tag, side)
		if err == nil || errors.Is(err, ErrNoThumbnail) {
			m.memory.put(key, t, err)
		}
		if err == nil {
			m.disk.put(key, t)
		}
		return t, err
	})
}

// make waits for a slot and makes a thumbnail. It opens the file for itself,
// because whoever asked first may leave, and close f, while others wait.
func (m *Maker) make(ctx context.Context, f *share.File, key, tag string, side int) (Thumbnail, error) {
	if err := m.slots.acquire(ctx, key); err != nil {
		return Thumbnail{}, err
	}
	defer m.slots.release()
	own, err := f.Reopen()
	if err != nil {
		return Thumbnail{}, err
	}
	defer own.Close()
	if own.ETag() != tag { // its thumbnail must not be kept under this key
		return Thumbnail{}, fmt.Errorf("changed since its thumbnail was asked for: %w", fs.ErrNotExist)
	}
	w := m.work(ctx, own, side)
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
