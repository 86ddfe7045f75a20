package share

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

func openedDir(t *testing.T, path string) *os.File {
	t.Helper()
	dir, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { dir.Close() })
	return dir
}

// The system returns several entries at a time, and none may get lost between
// two times.
func TestEntriesAreThoseOfTheSystem(t *testing.T) {
	dir := t.TempDir()
	plant(t, dir, map[string]string{"folder/": "", "link": "->folder", "dead": "->nowhere", "\xff": "", ".hidden": "", strings.Repeat("n", 255): ""})
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o600); err != nil {
		t.Fatal(err)
	}
	for i := range 2000 {
		plant(t, dir, map[string]string{fmt.Sprint(i): ""})
	}
	want := map[string]fs.FileMode{}
	all, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		want[e.Name()] = e.Type()
	}
	for e, err := range entries(openedDir(t, dir)) {
		if err != nil {
			t.Fatal(err)
		}
		mode, ok := want[e.name]
		if !ok || kindOf(mode) != kindOf(e.mode) || (mode == fs.ModeSymlink) != (e.mode == fs.ModeSymlink) {
			t.Errorf("%q is %v, want %v (%v)", e.name, e.mode, mode, ok)
		}
		delete(want, e.name)
	}
	if len(want) > 0 {
		t.Errorf("missing: %v", want)
	}
	for range entries(openedDir(t, dir)) {
		break // leaving early must not go on
	}
}

func TestEntriesWithoutTypes(t *testing.T) {
	dir := t.TempDir()
	plant(t, dir, map[string]string{"folder/": "", "link": "->folder", "file": ""})
	d := openedDir(t, dir)
	for name, want := range map[string]fs.FileMode{"folder": fs.ModeDir, "link": fs.ModeSymlink, "file": 0} {
		e := entry{name: name}
		if !e.setMode(d, unix.DT_UNKNOWN) || e.mode != want {
			t.Errorf("%q is %v, want %v", name, e.mode, want)
		}
	}
	gone := entry{name: "gone"}
	if gone.setMode(d, unix.DT_UNKNOWN) {
		t.Error("what is gone is there")
	}
}

func TestEntriesOfAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, err := range entries(openedDir(t, path)) {
		if n++; err == nil || n > 1 {
			t.Errorf("%d: error %v", n, err)
		}
	}
	if n != 1 {
		t.Error("there is no error")
	}
}
