package share

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestOnlyWhatWasCopiedIsDeleted(t *testing.T) {
	const id = "aaaaaaaaaaaaaaaaaaaaaa"
	for _, c := range []struct {
		name   string
		copied []string
		err    error
	}{
		{"a", nil, nil},
		{"in", []string{"b", "sub", "sub/c", "link"}, nil},
		{"in", []string{"b", "sub", "sub/c"}, ErrElsewhere},
		{"in", []string{"b", "link", "sub"}, ErrElsewhere},
		{"hidden", []string{"b"}, ErrElsewhere},
		{"begun", []string{"b"}, ErrElsewhere},
		{"noted", []string{"b"}, nil},
		{"missing", nil, os.ErrNotExist},
	} {
		f := opened(t, Options{}, map[string]string{
			"a": "a", "in/b": "b", "in/sub/c": "c", "in/link": "->/etc/passwd", "hidden/b": "b", "hidden/.h": "h",
			"begun/b": "b", "begun/.windowsill-" + id + ".part": "x", "noted/b": "b", "noted/.windowsill-page.json": "{}",
		})
		before := pathsIn(t, f.Path())
		err := f.Writer().DeleteCopied(c.name, rand.Text()[:22], c.copied)
		if !errors.Is(err, c.err) {
			t.Errorf("%s, %q: %v, want %v", c.name, c.copied, err, c.err)
		}
		left := pathsIn(t, f.Path())
		if c.err != nil {
			if len(left) != len(before) {
				t.Errorf("%s, %q: %q, want %q", c.name, c.copied, left, before)
			}
			continue
		}
		for _, path := range left {
			if path == c.name || filepath.Dir(path) == c.name {
				t.Errorf("%s, %q: %s is still there", c.name, c.copied, path)
			}
		}
	}
	if _, err := os.Stat("/etc/passwd"); err != nil {
		t.Error(err)
	}
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
