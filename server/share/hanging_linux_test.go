package share

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// hang mounts a file system at a folder that never answers, until release is
// called.
func hang(t *testing.T, at string) (release func()) {
	t.Helper()
	fuse, err := os.OpenFile("/dev/fuse", os.O_RDWR, 0)
	if err != nil {
		t.Skip("no FUSE:", err)
	}
	if err := unix.Mount("hanging", at, "fuse", 0, fmt.Sprintf("fd=%d,rootmode=40000,user_id=0,group_id=0", fuse.Fd())); err != nil {
		fuse.Close()
		t.Skip("mounting takes rights:", err)
	}
	release = func() {
		fuse.Close() // what waits for an answer gets an error
		unix.Unmount(at, unix.MNT_DETACH)
	}
	t.Cleanup(release)
	return release
}

func TestADriveThatHangsHoldsUpNothingElse(t *testing.T) {
	dir := t.TempDir()
	plant(t, dir, map[string]string{"a.txt": "1", "in/x": "2", "mnt/": ""})
	release := hang(t, filepath.Join(dir, "mnt"))
	paths := []string{"a.txt", "mnt", "in"}
	for i := range 20 {
		paths = append(paths, fmt.Sprint("mnt/", i))
	}
	begun := time.Now()
	f, err := OpenRoots(rootsIn(dir, paths...), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if took := time.Since(begun); took > 2*patience {
		t.Errorf("opening took %v", took)
	}
	w := NewWatcher(f)
	defer w.Close()
	for range 3 {
		begun = time.Now()
		silent := 0
		l, err := f.List("")
		if err != nil {
			t.Fatal(err)
		}
		for e := range l.Entries(0, l.Len()) {
			if e.Err == ErrNotAnswering {
				silent++
			}
		}
		l.Close()
		if took := time.Since(begun); silent != 21 || took > patience/2 {
			t.Errorf("listed %d as not answering, in %v", silent, took)
		}
	}
	begun = time.Now()
	for name, want := range map[string]string{"a.txt": "1", "in/x": "2"} {
		if got, err := content(f, name); got != want {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	if _, err := f.Open("mnt/x"); !errors.Is(err, ErrNotAnswering) {
		t.Error(err)
	}
	if _, err := w.Watch("mnt"); !errors.Is(err, ErrNotAnswering) {
		t.Error(err)
	}
	for i, err := range f.Walk(t.Context(), "", nil) {
		if err != nil || i.Depth == 1 && (i.Err != nil) != (i.Name != "a.txt" && i.Name != "in") {
			t.Errorf("walked to %+v, %v", i, err)
		}
	}
	f.Check()
	if took := time.Since(begun); took > patience/2 {
		t.Errorf("all others took %v", took)
	}
	f.Close()
	release()
}

// A folder is searched together with the next one, which may be a drive that hangs.
func TestASearchTellsWhatIsBeforeADriveThatHangs(t *testing.T) {
	dir := t.TempDir()
	plant(t, dir, map[string]string{"a/beach": "", "b/": ""})
	f := openedAt(t, dir, Options{})
	release := hang(t, filepath.Join(dir, "b"))
	told, ended := make(chan string, 1), make(chan struct{})
	go func() {
		defer close(ended)
		for e, err := range f.Search(t.Context(), "", []string{"beach"}) {
			if err == nil {
				told <- e.In + "/" + e.Name
			}
		}
	}()
	select {
	case got := <-told:
		if got != "a/beach" {
			t.Errorf("found %q", got)
		}
	case <-time.After(2 * patience):
		t.Error("nothing was told")
	}
	release()
	<-ended
}
