package share

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// watching opens a folder with a file in it and watches it.
func watching(t *testing.T, name string) (dir string, w *Watcher, v *Watch) {
	t.Helper()
	dir = t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "below"), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	w = NewWatcher(f)
	t.Cleanup(w.Close)
	if v, err = w.Watch(name); err != nil {
		t.Fatal(err)
	}
	return dir, w, v
}

func write(t *testing.T, path string) {
	t.Helper()
	if err := os.WriteFile(path, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
}

// changes reports whether a change is reported in time.
func changes(v *Watch, within time.Duration) bool {
	select {
	case <-v.Changed:
		return true
	case <-time.After(within):
		return false
	}
}

func TestWatchReportsWhatCanBeSeen(t *testing.T) {
	for what, do := range map[string]func(dir string) error{
		"a new file":     func(dir string) error { return os.WriteFile(filepath.Join(dir, "new"), nil, 0o644) },
		"a new folder":   func(dir string) error { return os.Mkdir(filepath.Join(dir, "new"), 0o755) },
		"a folder gone":  func(dir string) error { return os.Remove(filepath.Join(dir, "below")) },
		"another name":   func(dir string) error { return os.Rename(filepath.Join(dir, "below"), filepath.Join(dir, "b")) },
		"another moment": func(dir string) error { return os.Chtimes(dir, time.Time{}, time.Now().Add(time.Hour)) },
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			dir, w, v := watching(t, "")
			if err := do(dir); err != nil {
				t.Fatal(err)
			}
			if what == "another moment" {
				w.poll(true)
			}
			if !changes(v, 10*time.Second) {
				t.Error("no change was reported")
			}
		})
	}
}

func TestWatchIgnoresWhatCannotBeSeen(t *testing.T) {
	t.Parallel()
	dir, _, v := watching(t, "")
	write(t, filepath.Join(dir, ".windowsill-0123456789abcdef012345.part"))
	write(t, filepath.Join(dir, ".hidden"))
	write(t, filepath.Join(dir, "below", "further down"))
	if changes(v, 4*debounce) {
		t.Error("a change was reported")
	}
}

func TestWatchPollsWhereTheSystemReportsNothing(t *testing.T) {
	t.Parallel()
	dir, w, v := watching(t, "below")
	w.mu.Lock()
	for path, s := range w.folders {
		s.reported = false
		if w.system != nil {
			w.system.Remove(path)
		}
	}
	w.mu.Unlock()
	write(t, filepath.Join(dir, "below", "new"))
	if !changes(v, 10*time.Second) {
		t.Error("no change was reported")
	}
}

func TestWatchesAreBoundedAndEnd(t *testing.T) {
	t.Parallel()
	_, w, v := watching(t, "")
	if _, err := w.Watch("not there"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder that is not there: %v", err)
	}
	w.mu.Lock()
	for i := range maxWatched - 1 {
		w.folders[string(rune(i))] = &watched{}
	}
	w.mu.Unlock()
	if _, err := w.Watch("below"); !errors.Is(err, ErrTooManyWatched) {
		t.Errorf("one too many: %v", err)
	}
	if again, err := w.Watch(""); err != nil {
		t.Errorf("one that is watched already: %v", err)
	} else {
		again.Stop()
	}
	v.Stop()
	if len(w.folders) != maxWatched-1 {
		t.Error("a watch that ended is still there")
	}
}
