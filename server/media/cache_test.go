package media

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"testing/synctest"
	"time"
)

func TestMemoryCacheKeepsRecentlyUsed(t *testing.T) {
	of := func(n int) Thumbnail { return Thumbnail{Content: make([]byte, n)} }
	m := newMemoryCache(3 * (1000 + perEntry + 1))
	for _, key := range []string{"a", "b", "c"} {
		m.put(key, of(1000), nil)
	}
	m.get("a")
	m.put("d", of(1000), nil)
	for key, want := range map[string]bool{"a": true, "b": false, "c": true, "d": true} {
		if _, _, ok := m.get(key); ok != want {
			t.Errorf("%s is kept: %v, want %v", key, ok, want)
		}
	}
	m.put("d", of(10), nil)
	m.put("huge", of(10_000), nil)
	if m.size > m.limit || m.order.Len() != len(m.byKey) {
		t.Errorf("%d of %d bytes, %d and %d entries", m.size, m.limit, m.order.Len(), len(m.byKey))
	}
}

func TestNoThumbnailIsRemembered(t *testing.T) {
	dir := t.TempDir()
	at := filepath.Join(dir, "a.txt")
	must(t, os.WriteFile(at, []byte("hello"), 0o644))
	f, m := openIn(t, dir, "a.txt"), maker(t, Options{})
	m.Thumbnail(t.Context(), "a", f, 160)
	must(t, os.Remove(at)) // so that it cannot be read again
	if _, err := m.Thumbnail(t.Context(), "a", f, 160); err != ErrNoThumbnail {
		t.Errorf("%v", err)
	}
}

func TestFailureForLackOfTimeIsForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMemoryCache(1 << 20)
		m.put("slow", Thumbnail{}, fmt.Errorf("%w: %w", ErrNoThumbnail, errTooSlow))
		m.put("never", Thumbnail{}, ErrNoThumbnail)
		time.Sleep(tryAgain - time.Second)
		if _, err, ok := m.get("slow"); !ok || !errors.Is(err, ErrNoThumbnail) {
			t.Errorf("after a while: %v, %v", err, ok)
		}
		time.Sleep(2 * time.Second)
		if _, err, ok := m.get("slow"); ok {
			t.Errorf("in the end: %v", err)
		}
		if _, _, ok := m.get("never"); !ok {
			t.Error("what cannot be has been forgotten")
		}
	})
}

// kept returns the files in which thumbnails are kept.
func kept(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*"+suffix))
	must(t, err)
	return files
}

func TestThumbnailsOutliveARestart(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "to be made", "thumbnails")
	shared := t.TempDir()
	at := filepath.Join(shared, "a.jpg")
	must(t, os.WriteFile(at, encodedJPEG(photo), 0o644))
	f := openIn(t, shared, "a.jpg")
	m := maker(t, Options{CacheDir: dir})
	first, err := m.Thumbnail(t.Context(), "a", f, 160)
	must(t, err)
	m.Close()
	if n := len(kept(t, dir)); n != 1 {
		t.Fatalf("%d files", n)
	}
	must(t, os.Remove(at)) // so that it cannot be made again
	again, err := maker(t, Options{CacheDir: dir}).Thumbnail(t.Context(), "a", f, 160)
	must(t, err)
	if !bytes.Equal(first.Content, again.Content) || first.Type != again.Type {
		t.Error("another one comes back")
	}
}

func TestDamagedFilesAreMadeAnew(t *testing.T) {
	for name, damage := range map[string]func(path string, b []byte) error{
		"a bit":  func(path string, b []byte) error { b[len(b)-9] ^= 1; return os.WriteFile(path, b, 0o600) },
		"cut":    func(path string, b []byte) error { return os.WriteFile(path, b[:len(b)/2], 0o600) },
		"empty":  func(path string, b []byte) error { return os.WriteFile(path, nil, 0o600) },
		"folder": func(path string, b []byte) error { os.Remove(path); return os.Mkdir(path, 0o700) },
		"another thumbnail": func(path string, b []byte) error {
			other := Thumbnail{Content: []byte("another")}
			return os.WriteFile(path, append(checksum("another", other.Content), other.Content...), 0o600)
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			f := fileOf(t, "a.jpg", string(encodedJPEG(photo)))
			first, err := maker(t, Options{CacheDir: dir}).Thumbnail(t.Context(), "a", f, 160)
			must(t, err)
			path := kept(t, dir)[0]
			b, err := os.ReadFile(path)
			must(t, err)
			must(t, damage(path, b))
			again, err := maker(t, Options{CacheDir: dir}).Thumbnail(t.Context(), "a", f, 160)
			must(t, err)
			if !bytes.Equal(first.Content, again.Content) {
				t.Error("the damage shows")
			}
		})
	}
}

func TestEditedFileHasAnotherThumbnail(t *testing.T) {
	dir := t.TempDir()
	at := filepath.Join(dir, "a.jpg")
	must(t, os.WriteFile(at, encodedJPEG(photo), 0o644))
	m := maker(t, Options{CacheDir: t.TempDir()})
	before, err := m.Thumbnail(t.Context(), "a", openIn(t, dir, "a.jpg"), 160)
	must(t, err)
	must(t, os.WriteFile(at, encodedJPEG(orientation(3).apply(photo)), 0o644))
	after, err := m.Thumbnail(t.Context(), "a", openIn(t, dir, "a.jpg"), 160)
	must(t, err)
	if bytes.Equal(before.Content, after.Content) {
		t.Error("the old picture is shown")
	}
}

func TestDiskCacheStaysBelowItsLimit(t *testing.T) {
	dir := t.TempDir()
	const limit = 100_000
	put := func(d *diskCache, i int) {
		key := strconv.Itoa(i)
		d.put(key, Thumbnail{Content: make([]byte, 1000)})
		used := time.Unix(int64(1_000_000+i), 0)
		os.Chtimes(d.file(key), used, used)
	}
	d := newDiskCache(dir, 10*limit)
	for i := range 200 {
		put(d, i)
	}
	d.get("0")
	d.close()
	d = newDiskCache(dir, limit)
	put(d, 200) // the first that is kept has all counted, and removed what is too much
	until(t, "swept", func() bool {
		d.mu.Lock()
		defer d.mu.Unlock()
		return !d.sweeping
	})
	defer d.close()
	if n := len(kept(t, dir)); n*1032 > limit || n*1032 < limit/2 {
		t.Errorf("%d files", n)
	}
	for key, want := range map[string]bool{"0": true, "1": false, "199": true} {
		if _, ok := d.get(key); ok != want {
			t.Errorf("%s is kept: %v, want %v", key, ok, want)
		}
	}
}

func TestDiskCacheIsSweptWhileItFills(t *testing.T) {
	dir := t.TempDir()
	d := newDiskCache(dir, 10_000)
	defer d.close()
	for i := range 100 {
		d.put(strconv.Itoa(i), Thumbnail{Content: make([]byte, 1000)})
	}
	until(t, "swept", func() bool {
		d.put("one more", Thumbnail{Content: make([]byte, 1000)})
		return len(kept(t, dir)) <= 11
	})
}

func TestLeftoversOfACrashAreRemoved(t *testing.T) {
	dir := t.TempDir()
	stale, fresh, foreign := filepath.Join(dir, "1"+unsaved), filepath.Join(dir, "2"+unsaved), filepath.Join(dir, "notes.txt")
	for _, path := range []string{stale, fresh, foreign} {
		must(t, os.WriteFile(path, make([]byte, 1000), 0o600))
	}
	old := time.Now().Add(-2 * staleNew)
	must(t, os.Chtimes(stale, old, old))
	d := newDiskCache(dir, 10)
	d.sweep(time.Now())
	d.close()
	for path, want := range map[string]bool{stale: false, fresh: true, foreign: true} {
		if _, err := os.Stat(path); (err == nil) != want {
			t.Errorf("%s is there: %v, want %v", filepath.Base(path), err == nil, want)
		}
	}
}

func TestFolderThatCannotBeWrittenIsNoFailure(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	must(t, os.WriteFile(file, nil, 0o600))
	f := fileOf(t, "a.jpg", string(encodedJPEG(photo)))
	if _, err := maker(t, Options{CacheDir: filepath.Join(file, "below")}).Thumbnail(t.Context(), "a", f, 160); err != nil {
		t.Error(err)
	}
}
