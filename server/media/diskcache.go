package media

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// cacheVersion is part of every key. If thumbnails are made in another way, it
// changes, so that older ones are no longer found. They are removed in time.
const cacheVersion = "2 "

const (
	suffix   = ".thumb"
	unsaved  = ".new"    // of a thumbnail that is being written
	staleNew = time.Hour // after that, nobody is still writing it
)

// How many bytes a file may have. A larger one is not ours.
const (
	maxThumbnailFile = 8 << 20
	maxPictureFile   = 64 << 20
)

// diskCache keeps thumbnails in a folder, each as a file of a checksum and the
// content. If a file cannot be written, has gone or is damaged, the thumbnail is
// made again, so there are no errors.
type diskCache struct {
	dir   string // "" keeps nothing
	limit int64
	most  int64 // bytes of one file
	own   bool  // nobody else uses dir, which goes when it is closed

	ctx  context.Context // done when closed
	stop context.CancelFunc
	wait sync.WaitGroup // for the sweeper

	mu       sync.Mutex
	size     int64 // of all files; the limit, until the first is written and they are counted
	sweeping bool
}

// newDiskCache uses the folder dir, which need not exist.
func newDiskCache(dir string, limit int64) *diskCache {
	d := &diskCache{dir: dir, limit: limit, most: maxThumbnailFile, size: limit}
	d.ctx, d.stop = context.WithCancel(context.Background())
	if dir != "" && os.MkdirAll(dir, 0o700) != nil {
		d.dir = ""
	}
	return d
}

// newPictureCache uses a folder in that of the thumbnails; if there is none, one that
// lasts as long as the cache.
func newPictureCache(o Options) *diskCache {
	dir := ""
	if o.CacheDir != "" {
		dir = filepath.Join(o.CacheDir, "pictures")
	} else if o.Converters != nil {
		dir, _ = os.MkdirTemp("", "windowsill-pictures-")
	}
	d := newDiskCache(dir, o.DiskBytes)
	d.most, d.own = maxPictureFile, o.CacheDir == ""
	return d
}

func (d *diskCache) close() {
	d.mu.Lock()
	d.stop()
	d.mu.Unlock()
	d.wait.Wait()
	if d.own && d.dir != "" {
		_ = os.RemoveAll(d.dir)
	}
}

// file returns the path of a thumbnail.
func (d *diskCache) file(key string) string {
	sum := sha256.Sum256([]byte(cacheVersion + key))
	return filepath.Join(d.dir, hex.EncodeToString(sum[:16])+suffix)
}

// checksum is the checksum before the content. It includes the key, so that a file
// with a wrong name is not taken for the right one.
func checksum(key string, content []byte) []byte {
	h := sha256.New()
	h.Write([]byte(cacheVersion + key + " "))
	h.Write(content)
	return h.Sum(nil)
}

// get returns the thumbnail of a key, and marks it as used.
func (d *diskCache) get(key string) (Thumbnail, bool) {
	if d.dir == "" {
		return Thumbnail{}, false
	}
	path := d.file(key)
	if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() || info.Size() > d.most {
		return Thumbnail{}, false
	}
	b, err := os.ReadFile(path)
	if err != nil || len(b) < sha256.Size {
		return Thumbnail{}, false
	}
	content := b[sha256.Size:]
	if string(checksum(key, content)) != string(b[:sha256.Size]) {
		return Thumbnail{}, false
	}
	now := time.Now()
	os.Chtimes(path, now, now)
	return Thumbnail{Type: typeOf(content), Content: content}, true
}

// open opens the picture of a key, and marks it as used. It does not keep it in
// memory, however large it is.
func (d *diskCache) open(key string) (*Converted, bool) {
	if d.dir == "" {
		return nil, false
	}
	f, err := os.Open(d.file(key))
	if err != nil {
		return nil, false
	}
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() > d.most || !isWhole(f, key) {
		f.Close()
		return nil, false
	}
	now := time.Now()
	_ = os.Chtimes(f.Name(), now, now)
	size := info.Size() - sha256.Size
	return &Converted{io.NewSectionReader(f, sha256.Size, size), f, size}, true
}

// isWhole reports whether a file is what was kept under a key.
func isWhole(f *os.File, key string) bool {
	var sum [sha256.Size]byte
	h := sha256.New()
	h.Write([]byte(cacheVersion + key + " "))
	if _, err := io.ReadFull(f, sum[:]); err != nil {
		return false
	}
	_, err := io.Copy(h, f)
	return err == nil && string(h.Sum(nil)) == string(sum[:])
}

// put keeps a thumbnail. The file gets its name only when it is complete.
func (d *diskCache) put(key string, t Thumbnail) {
	if d.dir == "" || int64(len(t.Content)) > d.most-sha256.Size {
		return
	}
	f, err := os.CreateTemp(d.dir, "*"+unsaved)
	if err != nil {
		return
	}
	content := append(checksum(key, t.Content), t.Content...)
	_, err = f.Write(content)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(f.Name(), d.file(key))
	}
	if err != nil {
		os.Remove(f.Name())
		return
	}
	d.mu.Lock()
	d.size += int64(len(content))
	full := d.size > d.limit
	d.mu.Unlock()
	if full {
		d.startSweep()
	}
}

// startSweep sweeps in the background.
func (d *diskCache) startSweep() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.sweeping || d.ctx.Err() != nil {
		return
	}
	d.sweeping, d.size = true, 0
	d.wait.Go(func() {
		size := d.sweep(time.Now())
		d.mu.Lock()
		d.size += size // what was written meanwhile may count twice
		d.sweeping = false
		d.mu.Unlock()
	})
}

// sweep counts the files, removes the least recently used ones if they exceed the
// limit, and returns the size of the rest. It frees a tenth of the limit, so that
// it need not sweep again soon.
func (d *diskCache) sweep(now time.Time) (size int64) {
	entries, _ := os.ReadDir(d.dir)
	var kept []fs.FileInfo
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() || d.ctx.Err() != nil {
			continue
		}
		switch {
		case strings.HasSuffix(e.Name(), suffix):
			kept = append(kept, info)
			size += info.Size()
		case strings.HasSuffix(e.Name(), unsaved) && now.Sub(info.ModTime()) > staleNew:
			os.Remove(filepath.Join(d.dir, e.Name()))
		}
	}
	if size <= d.limit {
		return size
	}
	slices.SortFunc(kept, func(a, b fs.FileInfo) int { return a.ModTime().Compare(b.ModTime()) })
	for _, info := range kept {
		if size <= d.limit-d.limit/10 || d.ctx.Err() != nil {
			break
		}
		if os.Remove(filepath.Join(d.dir, info.Name())) == nil {
			size -= info.Size()
		}
	}
	return size
}
