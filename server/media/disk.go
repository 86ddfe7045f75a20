package media

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// generation is part of every key, so that thumbnails that an earlier version
// made otherwise are not found any more. They go when room is needed.
const generation = "1 "

const (
	suffix   = ".thumb"
	unsaved  = ".new"    // a thumbnail that is being written
	staleNew = time.Hour // after that, nobody is writing it any more
)

// maxKept is the length in bytes beyond which a file is none of ours.
const maxKept = 8 << 20

// disk keeps thumbnails in a folder, each as a file of a checksum and the
// content. All of it may fail, vanish or be damaged: the thumbnail is made
// again then, so no error is told to anybody.
type disk struct {
	dir   string // "" keeps nothing
	limit int64

	ctx  context.Context // done when closed
	stop context.CancelFunc
	wait sync.WaitGroup // for the sweeper

	mu       sync.Mutex
	size     int64 // of all files, once they were counted
	sweeping bool
}

// newDisk uses the folder dir, which need not exist.
func newDisk(dir string, limit int64) *disk {
	d := &disk{dir: dir, limit: limit}
	d.ctx, d.stop = context.WithCancel(context.Background())
	if dir != "" && os.MkdirAll(dir, 0o700) != nil {
		d.dir = ""
	}
	if d.dir != "" {
		d.startSweep()
	}
	return d
}

func (d *disk) close() {
	d.mu.Lock()
	d.stop()
	d.mu.Unlock()
	d.wait.Wait()
}

// file returns the path of a thumbnail.
func (d *disk) file(key string) string {
	sum := sha256.Sum256([]byte(generation + key))
	return filepath.Join(d.dir, hex.EncodeToString(sum[:16])+suffix)
}

// seal is the checksum that stands before the content. It knows the key, so
// that a file under a wrong name is not taken for the right one.
func seal(key string, content []byte) []byte {
	h := sha256.New()
	h.Write([]byte(generation + key + " "))
	h.Write(content)
	return h.Sum(nil)
}

// get returns the thumbnail of a key and notes that it was used.
func (d *disk) get(key string) (Thumbnail, bool) {
	if d.dir == "" {
		return Thumbnail{}, false
	}
	path := d.file(key)
	if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() || info.Size() > maxKept {
		return Thumbnail{}, false
	}
	b, err := os.ReadFile(path)
	if err != nil || len(b) < sha256.Size {
		return Thumbnail{}, false
	}
	content := b[sha256.Size:]
	if string(seal(key, content)) != string(b[:sha256.Size]) {
		return Thumbnail{}, false
	}
	now := time.Now()
	os.Chtimes(path, now, now)
	return Thumbnail{Type: typeOf(content), Content: content}, true
}

// put keeps a thumbnail. It appears under its name only when it is whole.
func (d *disk) put(key string, t Thumbnail) {
	if d.dir == "" || len(t.Content) > maxKept-sha256.Size {
		return
	}
	f, err := os.CreateTemp(d.dir, "*"+unsaved)
	if err != nil {
		return
	}
	content := append(seal(key, t.Content), t.Content...)
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

// startSweep sweeps behind the back of whoever asked for a thumbnail.
func (d *disk) startSweep() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.sweeping || d.ctx.Err() != nil {
		return
	}
	d.sweeping, d.size = true, 0
	d.wait.Go(func() {
		size := d.sweep(time.Now())
		d.mu.Lock()
		d.size += size // what came meanwhile may count twice: better than not at all
		d.sweeping = false
		d.mu.Unlock()
	})
}

// sweep counts what is there, removes the least recently used files if that
// is over the limit, and returns the size of what remains. It leaves a tenth
// of the room free, to have its peace for a while.
func (d *disk) sweep(now time.Time) (size int64) {
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
