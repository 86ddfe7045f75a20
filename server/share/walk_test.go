package share

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// below returns what a walk comes to: paths, with a slash after folders, and the
// error of those that cannot be gone into.
func below(t testing.TB, f *Folder, folder string, only []string) []string {
	t.Helper()
	all := []string{}
	var path []string
	for i, err := range f.Walk(context.Background(), folder, only) {
		if err != nil {
			t.Fatal(err)
		}
		path = append(path[:i.Depth], i.Name)
		shown := strings.Join(path, "/")
		if i.Dir {
			shown += "/"
		}
		switch {
		case i.Err == ErrVisited:
			shown += " twice"
		case errors.Is(i.Err, fs.ErrNotExist):
			shown += " missing"
		case i.Err != nil:
			shown += " " + i.Err.Error()
		}
		all = append(all, shown)
	}
	return all
}

var belowCases = []struct {
	name   string
	files  map[string]string
	hidden bool
	folder string
	only   []string
	want   []string
}{
	{"files come before folders, both in order", map[string]string{"b/x": "", "a10": "", "a9": "", "B/": "", "b/c/y": ""}, false, "", nil,
		[]string{"./", "./a9", "./a10", "./B/", "./b/", "./b/x", "./b/c/", "./b/c/y"}},
	{"a folder in the share", map[string]string{"a/x": "", "b/y": ""}, false, "b", nil, []string{"./", "./y"}},
	{"hidden and reserved", map[string]string{".h": "", ".d/x": "", "a/.h": "", ".windowsill-1": ""}, false, "", nil, []string{"./", "./a/"}},
	{"hidden on wish", map[string]string{".h": "", ".d/x": "", ".windowsill-1": ""}, true, "", nil, []string{"./", "./.h", "./.d/", "./.d/x"}},
	{"links that lead out or nowhere", map[string]string{"o": "->../x", "a": "->/etc/passwd", "n": "->nothing", "l": "->l", "d": "->.."}, false, "", nil, []string{"./"}},
	{"link to a file", map[string]string{"a": "x", "l": "->a"}, false, "", nil, []string{"./", "./a", "./l"}},
	{"link to a folder in the tree", map[string]string{"a/x": "", "l": "->a"}, false, "", nil, []string{"./", "./a/", "./a/x", "./l/ twice"}},
	{"link in a circle", map[string]string{"a/l": "->.."}, false, "", nil, []string{"./", "./a/", "./a/l/ twice"}},
	{"link to a folder outside the tree", map[string]string{"a/l": "->../b", "a/m": "->../b", "b/x": "", "b/up": "->../a"}, false, "a", nil,
		[]string{"./", "./l/", "./l/x", "./l/up/ twice", "./m/ twice"}},
	{"some of it", map[string]string{"a/x": "", "b/y": "", "c": "", "d": ""}, false, "", []string{"d", "a"}, []string{"./", "./d", "./a/", "./a/x"}},
	{"some that are not there", map[string]string{"a": "", ".h": "", "b/c": ""}, false, "", []string{"a", "z", ".h", "b/c", "..", "."},
		[]string{"./", "./. missing", "./.. missing", "./.h missing", "./z missing", "./a", "./b/", "./b/c"}},
	{"some further down", map[string]string{"a/b/x": "", "a/b/y": "", "a/c/z": "", "a/d": "", "e": ""}, false, "", []string{"a/c", "a/b/x"},
		[]string{"./", "./a/", "./a/b/", "./a/b/x", "./a/c/", "./a/c/z"}},
	{"a folder, and what is in it", map[string]string{"a/x": "", "a/y": "", "b/x": "", "b/y": ""}, false, "", []string{"a/x", "a", "b", "b/x"},
		[]string{"./", "./a/", "./a/x", "./a/y", "./b/", "./b/x", "./b/y"}},
	{"some further down that are not there", map[string]string{"a/x": "", "a/.h": "", "f": ""}, false, "", []string{"a/.h", "a/../f", "a/", "f/x", "no/y", "/a/x"},
		[]string{"./", "./ missing", "./f missing", "./no missing", "./a/", "./a/ missing", "./a/.. missing", "./a/.h missing"}},
	{"some behind links", map[string]string{"a/x": "", "l": "->a", "o": "->../.."}, false, "", []string{"l/x", "o/x", "a"},
		[]string{"./", "./o missing", "./a/", "./a/x", "./l/", "./l/x"}},
	{"some with a link to what else was chosen", map[string]string{"a/x": "", "l": "->a", "b/y": "", "m": "->b"}, false, "", []string{"l", "a", "m"},
		[]string{"./", "./a/", "./a/x", "./l/ twice", "./m/", "./m/y"}},
	{"some with a link to itself", map[string]string{"a/l": "->../a"}, false, "", []string{"a"}, []string{"./", "./a/", "./a/l/ twice"}},
}

func TestWalk(t *testing.T) {
	for _, c := range belowCases {
		t.Run(c.name, func(t *testing.T) {
			f := opened(t, Options{Hidden: c.hidden}, c.files)
			if got := below(t, f, c.folder, c.only); !slices.Equal(got, c.want) {
				t.Errorf("got\n%q, want\n%q", got, c.want)
			}
		})
	}
}

func TestWalkReturnsSizeTimeAndMode(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"a": "12345", "d/": "", "l": "->a"})
	at := time.Date(2020, 5, 6, 7, 8, 9, 123456700, time.UTC)
	path := filepath.Join(f.Path(), "a")
	must(t, os.Chtimes(path, at, at))
	must(t, os.Chmod(path, 0o444))
	for i, err := range f.Walk(context.Background(), "", nil) {
		must(t, err)
		if i.Dir {
			continue
		}
		file, err := f.Open(i.Name)
		must(t, err)
		defer file.Close()
		if i.Size != 5 || !i.Modified.Equal(at) || i.Perm != 0o444 || i.Version != file.Version() {
			t.Errorf("%+v, and opened %+v", i, file.Version())
		}
	}
}

func TestWalkEndsWithItsContext(t *testing.T) {
	files := map[string]string{}
	for i := range 3 * batch {
		files[strconv.Itoa(i)] = ""
	}
	f := opened(t, Options{}, files)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	n := 0
	var last error
	for _, err := range f.Walk(ctx, "", nil) {
		if n++; n == 2 {
			cancel()
		}
		last = err
	}
	if n != 3 || last != context.Canceled {
		t.Errorf("%d items, then %v", n, last)
	}
	n = 0
	for _, err := range f.Walk(ctx, "", nil) {
		if n++; err != context.Canceled {
			t.Error(err)
		}
	}
	if n != 1 {
		t.Errorf("%d items after the end", n)
	}
}

func TestWalkOfAFileOrNothing(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"a": ""})
	for _, name := range []string{"a", "nothing", "..", "a/b"} {
		for _, err := range f.Walk(context.Background(), name, nil) {
			if !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

func TestWalkReportsWhatCannotBeRead(t *testing.T) {
	needsRights(t)
	f := opened(t, Options{}, map[string]string{"a": "", "b": "", "d/x": "", "e/y": ""})
	must(t, os.Chmod(filepath.Join(f.Path(), "a"), 0))
	must(t, os.Chmod(filepath.Join(f.Path(), "d"), 0))
	t.Cleanup(func() { os.Chmod(filepath.Join(f.Path(), "d"), 0o755) })
	denied := map[string]bool{}
	for i, err := range f.Walk(context.Background(), "", nil) {
		must(t, err)
		if i.Err != nil {
			denied[i.Name] = errors.Is(i.Err, fs.ErrPermission)
		}
	}
	if len(denied) != 2 || !denied["a"] || !denied["d"] {
		t.Error(denied)
	}
}

func TestVersionChangesWithTheContent(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"a": "12345"})
	path := filepath.Join(f.Path(), "a")
	for _, c := range []struct {
		name string
		do   func() error
	}{
		{"longer", func() error { return os.WriteFile(path, []byte("123456"), 0o666) }},
		{"shorter", func() error { return os.Truncate(path, 2) }},
		{"another time", func() error { return os.Chtimes(path, time.Time{}, time.Unix(1, 0)) }},
		{"another file", func() error {
			return errors.Join(os.WriteFile(path+".new", []byte("x"), 0o666), os.Rename(path+".new", path))
		}},
	} {
		before, err := f.Open("a")
		must(t, err)
		if !before.Unchanged() {
			t.Errorf("%s: changed before it is", c.name)
		}
		must(t, c.do())
		after, err := f.Open("a")
		must(t, err)
		if before.Version() == after.Version() {
			t.Errorf("%s: the version stays", c.name)
		}
		if c.name != "another file" && before.Unchanged() {
			t.Errorf("%s: is not noticed", c.name)
		}
		before.Close()
		after.Close()
	}
}

func TestCount(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"a": "123", "b/c": "45", "b/d/": "", ".h": "x", "l": "->b", "m": "->a"})
	got, err := f.Count(context.Background(), "")
	if want := (Count{Files: 3, Folders: 2, Bytes: 8, Complete: true}); got != want || err != nil {
		t.Errorf("%+v, %v, want %+v", got, err, want)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if got, err := f.Count(ctx, ""); got.Complete || err != nil {
		t.Errorf("without time: %+v, %v", got, err)
	}
	if _, err := f.Count(context.Background(), "nothing"); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func BenchmarkBelow(b *testing.B) {
	f := crowded(b, 100_000)
	b.ReportAllocs()
	for b.Loop() {
		if c, err := f.Count(context.Background(), ""); err != nil || c.Files != 100_000 {
			b.Fatal(c, err)
		}
	}
}
