package share

import (
	"os"
	"path/filepath"
	"testing"
)

func TestOverlap(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"in/sub/deep/b", "in/sub/a", "in/sub/deeper/c", "other/a"} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		must(t, os.MkdirAll(filepath.Dir(path), 0o777))
		must(t, os.WriteFile(path, nil, 0o666))
	}
	hasLinks := os.Link(filepath.Join(dir, "in/sub/a"), filepath.Join(dir, "in/sub/second")) == nil &&
		os.Link(filepath.Join(dir, "in/sub/a"), filepath.Join(dir, "other/second")) == nil
	f, err := OpenRoots([]Root{{Path: filepath.Join(dir, "in")}, {Path: filepath.Join(dir, "in", "sub")}, {Path: filepath.Join(dir, "other")}}, Options{})
	must(t, err)
	defer f.Close()
	w := f.Writer()
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"in/sub/a", "in/sub/a", true},
		{"in/sub/a", "sub/a", true},
		{"in/sub/new", "sub/new", true},
		{"in/sub", "sub", true},
		{"in/sub", "sub/deep/b", true},
		{"in/sub/deep", "sub/deep/new/newer", false}, // there is no such folder
		{"in/sub/deep", "sub/deep/new", true},
		{"in", "sub/a", true},
		{"in/sub/deep", "sub/deeper/new", false},
		{"in/sub/a", "sub/b", false},
		{"in/sub/a", "other/a", false},
		{"in/sub/a", "missing/a", false},
		{"in/sub/a", "sub/second", false}, // a second name of one file is another entry
		{"in/sub/a", "other/second", false},
	} {
		if filepath.Base(c.b) == "second" && !hasLinks {
			continue
		}
		if w.Overlap(c.a, c.b) != c.want || w.Overlap(c.b, c.a) != c.want {
			t.Errorf("%s and %s: want %v", c.a, c.b, c.want)
		}
	}
}
