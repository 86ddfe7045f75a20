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
	"windowsill/server/worker"
)

// ErrNoThumbnail says that no thumbnail can be made of a file: it contains no
// picture of a known format, or one that is too large to decode.
var ErrNoThumbnail = errors.New("no thumbnail can be made of this file")

// ErrTooMuch says that a picture takes more time or memory than one may have here. A
// browser may show it. It comes together with [ErrNoThumbnail] or [ErrNoPicture].
var ErrTooMuch = errors.New("decoding this picture takes too much")

// Options are the options of a [Maker]. A zero number means its default.
type Options struct {
	CacheDir    string       // where pictures are kept across restarts; "" keeps none
	Workers     int          // how many thumbnails are made at once; default GOMAXPROCS
	MemoryBytes int64        // of thumbnails kept in memory; default 64 MB
	DiskBytes   int64        // of thumbnails kept on disk, and of converted pictures; default 500 MB each
	Converters  *worker.Pool // they do [Jobs], one at a time; nil converts nothing, and decodes all else here
}

const (
	// maxTime is how long one file may take. Some are made to be decoded for
	// hours.
	maxTime = 20 * time.Second
	// maxDecoded is how many bytes of memory all large pictures that are decoded
	// at once may take. A picture that needs more by itself is refused.
	maxDecoded = 512 << 20
	maxSmall   = 128 << 20 // besides, for small pictures
	// maxPosters is how many films another program looks into at once.
	maxPosters = 2
)

// Thumbnail is a small picture.
type Thumbnail struct {
	Type    string // image/jpeg, or image/png if it is transparent somewhere
	Content []byte // not to be changed
}

// Maker makes thumbnails and keeps them. It is safe for concurrent use.
type Maker struct {
	making  flight.Group[string, Thumbnail] // by key
	slots   *slots
	room    *room
	posters *semaphore.Weighted // of maxPosters
	cache   *memoryCache
	disk    *diskCache
	ffmpeg  string // its path; "" if the machine has none
	dates   *facts[int64]
	songs   *facts[Song]

	workers     *worker.Pool
	converting  flight.Group[string, struct{}] // by key
	conversions *slots
	pictures    *diskCache // converted ones
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
		slots:   newSlots(o.Workers),
		room:    newRoom(),
		posters: semaphore.NewWeighted(maxPosters),
		cache:   newMemoryCache(o.MemoryBytes),
		disk:    newDiskCache(o.CacheDir, o.DiskBytes),
		dates:   newDates(),
		songs:   newFacts(songIn, maxSongs, songWait),
		workers: o.Converters, conversions: newSlots(1), pictures: newPictureCache(o),
	}
	m.ffmpeg, _ = exec.LookPath("ffmpeg")
	return m
}

// Close ends what runs in the background. Thumbnails that are being made are ended
// by the contexts of those who asked for them.
func (m *Maker) Close() {
	m.dates.stop()
	m.songs.stop()
	m.disk.close()
	m.pictures.close()
}

// Thumbnail returns a picture of f that fits into a square of side pixels and is
// no larger than the original. Callers are served in turn, so that none has to
// wait for all that another one wants; of what one caller waits for, the newest
// and the oldest are made in turn. The error is ctx's, [ErrNoThumbnail], or why f
// could not be read.
func (m *Maker) Thumbnail(ctx context.Context, caller string, f *share.File, side int) (Thumbnail, error) {
	tag := f.ETag()
	key := tag + "-" + strconv.Itoa(side)
	if t, err, ok := m.cache.get(key); ok {
		return t, err
	}
	defer m.slots.want(caller, key)()
	return m.making.Do(ctx, key, func(ctx context.Context) (Thumbnail, error) {
		if t, ok := m.disk.get(key); ok {
			m.cache.put(key, t, nil)
			return t, nil
		}
		t, err := m.make(ctx, caller, f, key, tag, side)
		switch {
		case errors.Is(err, errApart):
			t, err = m.ofApart(ctx, caller, f, key, side)
		case errors.Is(err, ErrNoThumbnail):
			t, err = m.ofConverted(ctx, caller, f, key, side, err)
		}
		if err == nil || errors.Is(err, ErrNoThumbnail) {
			m.cache.put(key, t, err)
		}
		if err == nil {
			m.disk.put(key, t)
		}
		return t, err
	})
}

// make waits for a slot and makes a thumbnail. It opens the file for itself,
// because whoever asked first may leave, and close f, while others wait.
func (m *Maker) make(ctx context.Context, caller string, f *share.File, key, tag string, side int) (Thumbnail, error) {
	release, err := m.slots.acquire(ctx, key)
	if err != nil {
		return Thumbnail{}, err
	}
	defer release()
	own, err := f.Reopen()
	if err != nil {
		return Thumbnail{}, err
	}
	defer own.Close()
	if own.ETag() != tag { // its thumbnail must not be kept under this key
		return Thumbnail{}, fmt.Errorf("changed since its thumbnail was asked for: %w", fs.ErrNotExist)
	}
	w := m.thumbnailer(ctx, own, side)
	w.caller = caller
	result, err := w.thumbnail()
	switch {
	case err == nil, errors.Is(err, errApart):
		return result, err
	case ctx.Err() != nil:
		return Thumbnail{}, ctx.Err()
	case w.unread != nil:
		return Thumbnail{}, w.unread
	case w.slow:
		return Thumbnail{}, fmt.Errorf("%w: %w", ErrNoThumbnail, errTooSlow)
	case errors.Is(err, ErrTooMuch):
		return Thumbnail{}, err
	}
	return Thumbnail{}, ErrNoThumbnail
}
