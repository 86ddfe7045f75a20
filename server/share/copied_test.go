package share

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

func TestOnlyWhatWasCopiedIsDeleted(t *testing.T) {
	const id = "aaaaaaaaaaaaaaaaaaaaaa"
	for _, c := range []struct {
		name    string
		copied  []string
		changed string // after it was copied
		err     error
	}{
		{"a", []string{""}, "", nil},
		{"a", []string{""}, "a", ErrElsewhere},
		{"in", []string{"", "b", "sub", "sub/c", "link"}, "", nil},
		{"in", []string{"", "b", "sub", "sub/c", "link"}, "in/sub/c", ErrElsewhere},
		{"in", []string{"", "b", "sub", "sub/c"}, "", ErrElsewhere},
		{"in", []string{"", "b", "link", "sub"}, "", ErrElsewhere},
		{"hidden", []string{"", "b"}, "", ErrElsewhere},
		{"begun", []string{"", "b"}, "", ErrElsewhere},
		{"noted", []string{"", "b"}, "", nil},
		{"missing", nil, "", os.ErrNotExist},
	} {
		f := opened(t, Options{}, map[string]string{
			"a": "a", "in/b": "b", "in/sub/c": "c", "in/link": "->/etc/passwd", "hidden/b": "b", "hidden/.h": "h",
			"begun/b": "b", "begun/.windowsill-" + id + ".part": "x", "noted/b": "b", "noted/.windowsill-page.json": "{}",
		})
		copied := copiedFrom(f, c.name, c.copied)
		if c.changed != "" {
			if err := os.WriteFile(filepath.Join(f.Path(), c.changed), []byte("new"), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		before := pathsIn(t, f.Path())
		err := f.Writer().DeleteCopied(c.name, rand.Text()[:22], copied)
		if !errors.Is(err, c.err) {
			t.Errorf("%s, %q: %v, want %v", c.name, c.copied, err, c.err)
		}
		left := pathsIn(t, f.Path())
		if c.err != nil {
			if !slices.Equal(left, before) {
				t.Errorf("%s, %q: %q, want %q", c.name, c.copied, left, before)
			}
			continue
		}
		for _, path := range left {
			if path == c.name || filepath.Dir(path) == c.name || IsReserved(filepath.Base(path)) && filepath.Dir(path) == "." {
				t.Errorf("%s, %q: %s is still there", c.name, c.copied, path)
			}
		}
	}
	if _, err := os.Stat("/etc/passwd"); err != nil {
		t.Error(err)
	}
}

// copiedFrom returns what a copy of these names would have noted of them.
func copiedFrom(f *Folder, name string, below []string) map[string]Copied {
	copied := map[string]Copied{}
	for _, one := range below {
		info, err := os.Lstat(filepath.Join(f.Path(), name, one))
		if err == nil && info.Mode().IsRegular() {
			copied[one] = Copied{Size: info.Size(), Modified: info.ModTime()}
		} else {
			copied[one] = Copied{}
		}
	}
	return copied
}

// pathsIn returns the paths of all that is in a folder.
func pathsIn(t *testing.T, dir string) (paths []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		at, _ := filepath.Rel(dir, path)
		paths = append(paths, at)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

func TestTidyingRemovesWhatWasCopied(t *testing.T) {
	const id = "aaaaaaaaaaaaaaaaaaaaaa"
	f := opened(t, Options{}, map[string]string{"in/.windowsill-copied-" + id + "/b/c": "", "in/x": ""})
	f.Writer().RemoveStale(context.Background(), time.Now())
	if _, err := os.Stat(filepath.Join(f.Path(), "in", ".windowsill-copied-"+id)); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}

// A crash after something was set aside, and before it was known that the copy has all
// of it, must lose nothing.
func TestTidyingBringsBackWhatWasSetAside(t *testing.T) {
	const id = "aaaaaaaaaaaaaaaaaaaaaa"
	f := opened(t, Options{}, map[string]string{
		"in/.windowsill-moving-" + id + "/b/.hidden": "h", "in/x": "x",
		"taken/.windowsill-moving-" + id + "/b": "old", "taken/b": "new",
		"site/.windowsill-moving-" + id + "/index.html": "", "empty/.windowsill-moving-" + id + "/": "",
	})
	f.Writer().RemoveStale(context.Background(), time.Now())
	for name, want := range map[string]string{"in/b/.hidden": "h", "in/x": "x", "taken/b": "new", "taken/.windowsill-moving-" + id + "/b": "old"} {
		if b, err := os.ReadFile(filepath.Join(f.Path(), name)); string(b) != want {
			t.Errorf("%s: %q, %v, want %q", name, b, err, want)
		}
	}
	if _, err := f.Page("site"); !errors.Is(err, ErrVisitorsPage) {
		t.Errorf("a page that was brought back: %v, want %v", err, ErrVisitorsPage)
	}
	for _, folder := range []string{"in", "empty"} {
		if _, err := os.Stat(filepath.Join(f.Path(), folder, ".windowsill-moving-"+id)); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: %v", folder, err)
		}
	}
}
