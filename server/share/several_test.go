package share

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// several plants files in a new folder and shares some of them.
func several(t testing.TB, files map[string]string, paths ...string) (*Folder, string) {
	t.Helper()
	dir := t.TempDir()
	plant(t, dir, files)
	f, err := OpenRoots(rootsIn(dir, paths...), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f, dir
}

func rootsIn(dir string, paths ...string) (roots []Root) {
	for _, path := range paths {
		roots = append(roots, Root{Path: filepath.Join(dir, filepath.FromSlash(path))})
	}
	return roots
}

func TestRootsAreListedUnderTheirNames(t *testing.T) {
	f, _ := several(t, map[string]string{
		"a/report.pdf": "1", "b/report.pdf": "2", "c/report.pdf/x": "3",
		"d/Photos/1.jpg": "4", "e/Photos/2.jpg": "5", "f/notes": "6", ".hidden.txt": "7",
		"g/.windowsill-note/in": "8",
	}, "a/report.pdf", "d/Photos", "b/report.pdf", "c/report.pdf", "e/Photos", "f/notes", ".hidden.txt", "g/.windowsill-note", "a/report.pdf")
	want := []string{"Photos/", "Photos (2)/", "report (3).pdf/", "windowsill-note/", ".hidden.txt", "notes", "report (2).pdf", "report.pdf"}
	if got := names(t, f, ""); !reflect.DeepEqual(got, want) {
		t.Errorf("listed %q, want %q", got, want)
	}
	for name, want := range map[string]string{
		"report.pdf": "1", "report (2).pdf": "2", "report (3).pdf/x": "3", "Photos/1.jpg": "4", "Photos (2)/2.jpg": "5",
		"notes": "6", ".hidden.txt": "7", "windowsill-note/in": "8", "Photos": "folder", "": "folder", ".": "folder",
	} {
		if got, err := content(f, name); got != want {
			t.Errorf("%q: %q, %v; want %q", name, got, err, want)
		}
	}
	if got, want := f.Name(), "report.pdf + 7"; got != want {
		t.Errorf("the share is called %q, want %q", got, want)
	}
}

func TestFilesHaveTheNamesThatVisitorsSee(t *testing.T) {
	f, _ := several(t, map[string]string{"a/x.pdf": "1", "b/x.pdf": "2", "c/x.pdf/in.txt": "3"}, "a/x.pdf", "b/x.pdf", "c/x.pdf")
	for name, want := range map[string]string{"x (2).pdf": "x (2).pdf", "x (3).pdf": "x (3).pdf", "x (3).pdf/in.txt": "in.txt", "": "."} {
		file, err := f.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		again, err := file, error(nil)
		if !file.IsDir() {
			again, err = file.Reopen()
		}
		if err != nil || file.Name() != want {
			t.Errorf("%q is called %q, %v; want %q", name, file.Name(), err, want)
		}
		again.Close()
		file.Close()
	}
}

// hostileNames would lead somewhere else in a share that joined them to a path.
var hostileNames = []string{
	"secret.txt", "../secret.txt", "a.txt/../secret.txt", "a.txt/secret.txt", "a.txt/.", "a.txt/", "a.txt/..", "./a.txt", "./secret.txt", "/a.txt",
	"in/../secret.txt", "in/../../secret.txt", "in/..", "in/.", "in//x", "in/", "in/up", "in/up/secret.txt", "in/out", "in/beside",
	"..", "../", "/", "//", "x", ".windowsill-trash", ".windowsill-props-x.json", "in/.windowsill-trash", "a.txt\x00", "\x00", "A.TXT",
	"link-to-secret", "folder-of-a/secret.txt", "in/.hid",
}

func TestNothingBesideTheRootsCanBeHad(t *testing.T) {
	f, dir := several(t, map[string]string{
		"a.txt": "mine", "secret.txt": canary, "in/x": "mine", "in/up": "->..", "in/out": "->../secret.txt", "in/beside": "->../a.txt", "in/.hid": canary,
		"link-to-secret": "->secret.txt", ".windowsill-trash/AAAAAAAAAAAAAAAAAAAAAA/y": canary,
	}, "a.txt", "in")
	plant(t, dir, map[string]string{propsOf("a.txt"): canary})
	for _, name := range hostileNames {
		if got, err := content(f, name); err == nil || !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("Open(%q): %q, %v", name, got, err)
		}
		if l, err := f.List(name); err == nil {
			l.Close()
			t.Errorf("List(%q) lists something", name)
		}
		if p, _ := f.Properties(name); len(p) > 0 {
			t.Errorf("Properties(%q): %q", name, p)
		}
		if page, err := f.Page(name); err == nil {
			page.Close()
			t.Errorf("Page(%q) is there", name)
		}
	}
	var walked []string
	for i, err := range f.Walk(t.Context(), "", nil) {
		if err != nil {
			t.Fatal(err)
		}
		walked = append(walked, fmt.Sprint(i.Depth, i.Name))
	}
	if want := []string{"0.", "1a.txt", "1in", "2x"}; !slices.Equal(walked, want) {
		t.Errorf("walked %q, want %q", walked, want)
	}
	for _, word := range []string{"secret", "hid", "windowsill", "link", "beside", "out", "up"} {
		for found, err := range f.Search(t.Context(), "", []string{word}) {
			t.Errorf("searching %q found %+v, %v", word, found, err)
		}
	}
}

func FuzzNamesInRoots(f *testing.F) {
	for _, name := range hostileNames {
		f.Add(name)
	}
	shared, dir := several(f, map[string]string{"a.txt": "mine", "secret.txt": canary, "in/x": "mine", "in/up": "->..", "in/out": "->../secret.txt", "a.txt.d/secret": canary}, "a.txt", "in")
	writer := shared.Writer()
	f.Fuzz(func(t *testing.T, name string) {
		if got, err := content(shared, name); err == nil && got != "mine" && got != "folder" || strings.Contains(got, canary) {
			t.Errorf("Open(%q): %q", name, got)
		}
		if l, err := shared.List(name); err == nil {
			for n := range l.Names(0, l.Len()) {
				if n == "secret.txt" || n == "a.txt.d" {
					t.Errorf("List(%q) lists %q", name, n)
				}
			}
			l.Close()
		}
		if !strings.HasPrefix(name, "in/") {
			if writer.MakeFolder(name) == nil || writer.Trash(name, strings.Repeat("A", 22)) == nil {
				t.Errorf("%q was written", name)
			}
		}
		if got, _ := os.ReadFile(filepath.Join(dir, "secret.txt")); string(got) != canary {
			t.Fatalf("%q changed what is not shared", name)
		}
	})
}

func TestAFileIsFollowedWhateverHappensToIt(t *testing.T) {
	followed := "" // into another folder
	if runtime.GOOS == "linux" {
		followed = "mine"
	}
	for _, c := range []struct {
		name   string
		happen func(at func(string) string) error
		want   string // content; "" if it is gone
	}{
		{"nothing", func(func(string) string) error { return nil }, "mine"},
		{"changed", func(at func(string) string) error { return os.WriteFile(at("a.txt"), []byte("new"), 0o666) }, "new"},
		{"saved by replacing", func(at func(string) string) error {
			return errors.Join(os.WriteFile(at("tmp"), []byte("new"), 0o666), os.Rename(at("tmp"), at("a.txt")))
		}, "new"},
		{"saved with a backup", func(at func(string) string) error {
			return errors.Join(os.Rename(at("a.txt"), at("a.txt~")), os.WriteFile(at("a.txt"), []byte("new"), 0o666))
		}, "new"},
		{"renamed", func(at func(string) string) error { return os.Rename(at("a.txt"), at("b.txt")) }, "mine"},
		{"renamed twice", func(at func(string) string) error {
			return errors.Join(os.Rename(at("a.txt"), at("b.txt")), os.Rename(at("b.txt"), at("c.txt")))
		}, "mine"},
		{"renamed, and another takes the name", func(at func(string) string) error {
			return errors.Join(os.Rename(at("a.txt"), at("b.txt")), os.WriteFile(at("a.txt"), []byte("new"), 0o666))
		}, "new"},
		{"backed up only", func(at func(string) string) error { return os.Rename(at("a.txt"), at("a.txt~")) }, ""},
		{"hidden", func(at func(string) string) error { return os.Rename(at("a.txt"), at(".a.txt")) }, ""},
		{"moved into another folder", func(at func(string) string) error { return os.Rename(at("a.txt"), at("other/b.txt")) }, followed},
		{"moved twice", func(at func(string) string) error {
			return errors.Join(os.Rename(at("a.txt"), at("other/a.txt")), os.Rename(at("other/a.txt"), at("secret.txt")))
		}, followed},
		{"moved, and another takes the name there", func(at func(string) string) error {
			return errors.Join(os.Rename(at("a.txt"), at("other/b.txt")), os.Remove(at("other/b.txt")), os.WriteFile(at("other/b.txt"), []byte(canary), 0o666))
		}, ""},
		{"moved into a hidden folder", func(at func(string) string) error {
			return errors.Join(os.Mkdir(at(".x"), 0o777), os.Rename(at("a.txt"), at(".x/a.txt")))
		}, ""},
		{"put into the trash", func(at func(string) string) error {
			return errors.Join(os.MkdirAll(at("Trash/files"), 0o777), os.Rename(at("a.txt"), at("Trash/files/a.txt")))
		}, ""},
		{"deleted", func(at func(string) string) error { return os.Remove(at("a.txt")) }, ""},
		{"deleted, and its number used again", func(at func(string) string) error {
			err := os.Remove(at("a.txt"))
			for i := range 20 {
				err = errors.Join(err, os.WriteFile(at(fmt.Sprint("secret", i)), []byte(canary), 0o666))
			}
			return err
		}, ""},
		{"a link to a secret instead", func(at func(string) string) error {
			return errors.Join(os.Remove(at("a.txt")), os.Symlink("secret.txt", at("a.txt")))
		}, ""},
		{"a folder instead", func(at func(string) string) error {
			return errors.Join(os.Remove(at("a.txt")), os.Mkdir(at("a.txt"), 0o777), os.WriteFile(at("a.txt/x"), []byte(canary), 0o666))
		}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, dir := several(t, map[string]string{"a.txt": "mine", "secret.txt": canary, "other/x": canary}, "a.txt")
			if got, err := content(f, "a.txt"); got != "mine" {
				t.Fatal(got, err)
			}
			if err := c.happen(func(name string) string { return filepath.Join(dir, name) }); err != nil {
				t.Fatal(err)
			}
			got, err := content(f, "a.txt")
			if got != c.want || c.want == "" && (!errors.Is(err, ErrGone) || !errors.Is(err, fs.ErrNotExist)) {
				t.Errorf("%q, %v; want %q", got, err, c.want)
			}
			l, err := f.List("")
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			for e := range l.Entries(0, l.Len()) {
				if gone := e.Err == ErrGone; e.Name != "a.txt" || gone != (c.want == "") || !gone && e.Size != int64(len(c.want)) {
					t.Errorf("listed as %+v", e)
				}
			}
			for _, name := range []string{"a.txt/x", "b.txt", "c.txt", "secret.txt", "other/x"} {
				if got, err := content(f, name); err == nil {
					t.Errorf("%s: %q", name, got)
				}
			}
			for i, err := range f.Walk(t.Context(), "", nil) {
				if err != nil || i.Depth == 1 && (i.Name != "a.txt" || (i.Err != nil) != (c.want == "")) {
					t.Errorf("walked to %+v, %v", i, err)
				}
			}
		})
	}
}

func TestWhatMayNotBeReadIsNotGone(t *testing.T) {
	if os.Geteuid() <= 0 {
		t.Skip("permissions do not bind the administrator, nor Windows")
	}
	f, dir := several(t, map[string]string{"a.txt": "mine", "b/c.txt": "mine"}, "a.txt", "b")
	may := func(a, b os.FileMode) {
		t.Helper()
		if err := errors.Join(os.Chmod(filepath.Join(dir, "a.txt"), a), os.Chmod(filepath.Join(dir, "b"), b), f.Check()); err != nil {
			t.Fatal(err)
		}
	}
	may(0o600, 0o700) // so that there is something to compare with
	for range 2 {
		may(0, 0)
		for i, name := range []string{"a.txt", "b/c.txt"} {
			if state := f.Roots()[i]; state.Err != ErrNotReadable {
				t.Errorf("%s: %v", state.Name, state.Err)
			}
			if _, err := content(f, name); !errors.Is(err, fs.ErrPermission) || errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%s: %v", name, err)
			}
		}
		changed := f.Changed()
		if may(0, 0); f.Changed() != changed {
			t.Error("that it is still so counts as news")
		}
		may(0o600, 0o700)
		for i, name := range []string{"a.txt", "b/c.txt"} {
			if got, err := content(f, name); got != "mine" || err != nil || f.Roots()[i].Err != nil {
				t.Errorf("%s may be read again: %q, %v, %v", name, got, err, f.Roots()[i].Err)
			}
		}
	}
}

// Programs that save may move what was there to a folder for backups before.
func TestAFileIsWhatHasItsPathAgain(t *testing.T) {
	f, dir := several(t, map[string]string{"a.txt": "old", "backups/other": ""}, "a.txt")
	at := func(name string) string { return filepath.Join(dir, name) }
	if err := errors.Join(os.Rename(at("a.txt"), at("backups/a 1.txt")), f.Check()); err != nil {
		t.Fatal(err)
	}
	if got, err := content(f, "a.txt"); runtime.GOOS == "linux" && got != "old" {
		t.Fatalf("the moved file is %q, %v", got, err)
	}
	if err := errors.Join(os.Mkdir(at("a.txt"), 0o777), f.Check(), os.Remove(at("a.txt"))); err != nil {
		t.Fatal(err)
	}
	if got, err := content(f, "a.txt"); runtime.GOOS == "linux" && got != "old" {
		t.Fatalf("the moved file is %q after there was a folder of its name, %v", got, err)
	}
	if err := errors.Join(os.WriteFile(at("a.txt"), []byte("new"), 0o666), f.Check()); err != nil {
		t.Fatal(err)
	}
	if got, err := content(f, "a.txt"); got != "new" {
		t.Errorf("the file at the path that was chosen is %q, %v", got, err)
	}
}

// Only a file may come back to the chosen path: a link there would lead to what was not
// chosen.
func TestALinkAtTheOldPathOfAMovedFile(t *testing.T) {
	f, dir := several(t, map[string]string{"a/a.txt": "mine", "b/a.txt": canary, "other/x": ""}, "a/a.txt")
	at := func(name string) string { return filepath.Join(dir, name) }
	check := func(what string) {
		t.Helper()
		if err := f.Check(); err != nil {
			t.Fatal(err)
		}
		if got, err := content(f, "a.txt"); got == canary || runtime.GOOS == "linux" && got != "mine" {
			t.Errorf("%s: %q, %v", what, got, err)
		}
	}
	if err := os.Rename(at("a/a.txt"), at("other/a.txt")); err != nil {
		t.Fatal(err)
	}
	check("moved")
	if err := os.Symlink("../b/a.txt", at("a/a.txt")); err != nil {
		t.Fatal(err)
	}
	check("a link where it was")
	if err := errors.Join(os.RemoveAll(at("a")), os.Symlink("b", at("a"))); err != nil {
		t.Fatal(err)
	}
	check("a link where its folder was")
}

func TestAFileThatComesBackIsThereAgain(t *testing.T) {
	f, dir := several(t, map[string]string{"a.txt": "mine", "b.txt": "mine"}, "a.txt", "b.txt")
	if err := os.Rename(filepath.Join(dir, "a.txt"), filepath.Join(dir, ".a")); err != nil {
		t.Fatal(err)
	}
	if _, err := content(f, "a.txt"); !errors.Is(err, ErrGone) {
		t.Fatal(err)
	}
	if err := f.Check(); err != nil {
		t.Fatal("one of two files is gone, and that is an error of all:", err)
	}
	if state := f.Roots(); state[0].Err != ErrGone || state[1].Err != nil {
		t.Errorf("states %+v", state)
	}
	if err := os.Rename(filepath.Join(dir, ".a"), filepath.Join(dir, "a.txt")); err != nil {
		t.Fatal(err)
	}
	if got, err := content(f, "a.txt"); got != "mine" {
		t.Error(got, err)
	}
}

func TestWritingIntoRoots(t *testing.T) {
	id := strings.Repeat("A", 22)
	for _, c := range []struct {
		name  string
		write func(w *Writer) error
		want  error
	}{
		{"a folder in a folder", func(w *Writer) error { return w.MakeFolder("in/new") }, nil},
		{"folders", func(w *Writer) error { return w.MakeFolders("in/a/b/c") }, nil},
		{"a file", func(w *Writer) error { return put(w, "in", "in/new.txt", id) }, nil},
		{"a name", func(w *Writer) error { return w.Move("in/x", "in/y") }, nil},
		{"over another", func(w *Writer) error { return w.MoveOver("in/x", "in/z", id) }, nil},
		{"the trash", func(w *Writer) error { return w.Trash("in/x", id) }, nil},
		{"a note", func(w *Writer) error { return w.SetProperties("in/x", []byte("{}")) }, nil},
		{"a folder beside the roots", func(w *Writer) error { return w.MakeFolder("new") }, fs.ErrNotExist},
		{"a file beside the roots", func(w *Writer) error { return put(w, "", "new.txt", id) }, ErrFixed},
		{"a file into another root", func(w *Writer) error { return put(w, "in", "too/new.txt", id) }, ErrElsewhere},
		{"a file beside the roots, begun in one", func(w *Writer) error { return put(w, "in", "new.txt", id) }, ErrElsewhere},
		{"a root's name", func(w *Writer) error { return w.Move("in", "on") }, ErrFixed},
		{"a file's name", func(w *Writer) error { return w.Move("a.txt", "in/a.txt") }, ErrFixed},
		{"over a file", func(w *Writer) error { return w.MoveOver("in/x", "a.txt", id) }, ErrFixed},
		{"over a root", func(w *Writer) error { return w.MoveOver("in/x", "too", id) }, ErrFixed},
		{"from root to root", func(w *Writer) error { return w.Move("in/x", "too/x") }, ErrOtherRoot},
		{"deleting a root", func(w *Writer) error { return w.Trash("in", id) }, ErrFixed},
		{"deleting a file", func(w *Writer) error { return w.Trash("a.txt", id) }, ErrFixed},
		{"deleting the share", func(w *Writer) error { return w.Trash("", id) }, ErrFixed},
		{"a note about a file", func(w *Writer) error { return w.SetProperties("a.txt", []byte("{}")) }, ErrFixed},
		{"the time of a file", func(w *Writer) error { return w.SetModified("a.txt", time.Now()) }, ErrFixed},
		{"a root that is there", func(w *Writer) error { return w.MakeFolder("in") }, fs.ErrExist},
		{"a read-only root", func(w *Writer) error { return w.MakeFolder("fast/new") }, ErrFixed},
		{"a file in a read-only root", func(w *Writer) error { return put(w, "fast", "fast/new", id) }, ErrFixed},
		{"the name of a read-only root's", func(w *Writer) error { return w.Move("fast/x", "fast/y") }, ErrFixed},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			plant(t, dir, map[string]string{"a.txt": "mine", "in/x": "x", "in/z": "z", "too/y": "y", "fast/x": "x"})
			roots := rootsIn(dir, "a.txt", "in", "too", "fast")
			roots[3].ReadOnly = true
			f, err := OpenRoots(roots, Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if err := c.write(f.Writer()); !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
			if all, _ := filepath.Glob(filepath.Join(dir, "*")); len(all) != 4 {
				t.Errorf("beside the roots there is %q", all)
			}
			if got, _ := os.ReadFile(filepath.Join(dir, "a.txt")); string(got) != "mine" {
				t.Errorf("the file is %q now", got)
			}
		})
	}
}

// put writes a file as package receive does.
func put(w *Writer, folder, name, id string) error {
	p, err := w.NewPartial(folder, id)
	if err != nil {
		return err
	}
	defer p.Discard()
	_, err = p.Write([]byte("new"))
	if err = errors.Join(err, p.Finish()); err != nil {
		return err
	}
	return p.Place(name, time.Time{})
}

func TestWhatWasDeletedComesBackToItsRoot(t *testing.T) {
	f, _ := several(t, map[string]string{"in/x": "x", "too/x": "y"}, "in", "too")
	w, id := f.Writer(), strings.Repeat("B", 22)
	if err := w.Trash("too/x", id); err != nil {
		t.Fatal(err)
	}
	name, err := w.Trashed(id)
	if err != nil || name != "too/x" {
		t.Fatal(name, err)
	}
	if err := w.Restore(id, "in/y"); !errors.Is(err, fs.ErrNotExist) {
		t.Error("it came into another root:", err)
	}
	if err := w.Restore(id, name); err != nil {
		t.Fatal(err)
	}
	if got, err := content(f, "too/x"); got != "y" {
		t.Error(got, err)
	}
	if _, err := w.Trashed(id); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

func TestSearchingRoots(t *testing.T) {
	f, _ := several(t, map[string]string{"hit.txt": "1", "in/hit.jpg": "2", "in/deep/hit/x": "3", "hits/other": "4"}, "hit.txt", "in", "hits")
	var found []string
	for hit, err := range f.Search(t.Context(), "", []string{"hit"}) {
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, hit.In+":"+hit.Name)
	}
	if want := []string{":hit.txt", ":hits", "in:hit.jpg", "in/deep:hit"}; !slices.Equal(found, want) {
		t.Errorf("found %q, want %q", found, want)
	}
	found = nil
	for hit := range f.Search(t.Context(), "in", []string{"hit"}) {
		found = append(found, hit.In+":"+hit.Name)
	}
	if want := []string{":hit.jpg", "deep:hit"}; !slices.Equal(found, want) {
		t.Errorf("found %q, want %q", found, want)
	}
}

func TestMembersOfRootsHaveTheTagsOfFiles(t *testing.T) {
	f, dir := several(t, map[string]string{"a.txt": "1", "b.txt": "2", "in/x": "3"}, "a.txt", "b.txt", "in")
	if err := os.Remove(filepath.Join(dir, "b.txt")); err != nil {
		t.Fatal(err)
	}
	var got []string
	for m, err := range f.Members(t.Context(), "", nil) {
		if err != nil {
			t.Fatal(err)
		}
		file, err := f.Open(m.Name)
		if err != nil {
			t.Fatal(err)
		}
		if !m.Dir && m.ETag != "" && m.ETag != file.ETag() {
			t.Errorf("%s: %s and %s", m.Name, m.ETag, file.ETag())
		}
		file.Close()
		got = append(got, m.Name)
	}
	if want := []string{"a.txt", "in"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestChoosingOthersKeepsTheRest(t *testing.T) {
	f, dir := several(t, map[string]string{"a/x.txt": "1", "b/x.txt": "2", "c/x.txt": "3", "d/in": "4"}, "a/x.txt", "b/x.txt")
	if err := f.SetRoots(rootsIn(dir, "b/x.txt", "c/x.txt", "d")); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"x (2).txt": "2", "x.txt": "3", "d/in": "4"} {
		if got, err := content(f, name); got != want {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	err := f.SetRoots(rootsIn(dir, "b/x.txt", "no", "neither"))
	missing, ok := errors.AsType[*MissingError](err)
	if !ok || len(missing.Paths) != 2 || !errors.Is(err, ErrMissing) || !strings.Contains(err.Error(), "nor 1 more can be shared") {
		t.Errorf("error %v", err)
	}
	if got := names(t, f, ""); len(got) != 3 {
		t.Errorf("the old ones are not there any more: %q", got)
	}
}

func TestWhatComesInGoesWithTheFolderThatIsTakenOut(t *testing.T) {
	f, dir := several(t, map[string]string{"a.txt": "1", "d/in": "2"}, "a.txt", "d")
	p, err := f.Writer().NewPartial("d", someID)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.SetNote([]byte("{}")); err != nil {
		t.Fatal(err)
	}
	if err := f.SetRoots(rootsIn(dir, "a.txt")); err != nil {
		t.Fatal(err)
	}
	if err := p.Discard(); err != nil {
		t.Error(err)
	}
	left, err := os.ReadDir(filepath.Join(dir, "d"))
	if err != nil || len(left) != 1 {
		t.Errorf("the folder holds %v, %v", left, err)
	}
}

func TestAFolderBecomesOneOfSeveral(t *testing.T) {
	dir := t.TempDir()
	plant(t, dir, map[string]string{"in/x": "1", "a.txt": "2"})
	f := openedAt(t, filepath.Join(dir, "in"), Options{})
	file, err := f.Open("x")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := f.SetRoots(rootsIn(dir, "in", "a.txt")); err != nil {
		t.Fatal(err)
	}
	if got, err := content(f, "in/x"); got != "1" {
		t.Error(got, err)
	}
	if _, err := content(f, "x"); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the old name is still there")
	}
	var b bytes.Buffer
	if _, err := b.ReadFrom(file); err != nil || b.String() != "1" {
		t.Error("what was being sent was cut:", b.String(), err)
	}
}

func TestWatchingRoots(t *testing.T) {
	f, dir := several(t, map[string]string{"a.txt": "1", "in/x": "2"}, "a.txt", "in")
	w := NewWatcher(f)
	defer w.Close()
	share, err := w.Watch("")
	if err != nil {
		t.Fatal(err)
	}
	defer share.Stop()
	l, err := f.List("")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if !l.Modified().Equal(share.Modified) {
		t.Error("a page of the roots looks out of date at once")
	}
	inside, err := w.Watch("in")
	if err != nil {
		t.Fatal(err)
	}
	defer inside.Stop()
	if err := os.Remove(filepath.Join(dir, "a.txt")); err != nil {
		t.Fatal(err)
	}
	plant(t, dir, map[string]string{"in/new": "3"})
	f.Check()
	for what, changed := range map[string]<-chan struct{}{"the share": share.Changed, "a folder in it": inside.Changed} {
		select {
		case <-changed:
		case <-time.After(20 * time.Second):
			t.Errorf("nothing heard of %s", what)
		}
	}
}

func TestARootThatIsNotThereIsASentence(t *testing.T) {
	dir := t.TempDir()
	plant(t, dir, map[string]string{"a.txt": "1"})
	for _, path := range []string{"no.txt", "a.txt/x"} {
		f, err := OpenRoots(rootsIn(dir, path), Options{})
		f.Close()
		if want := "There is nothing at " + filepath.Join(dir, path) + ". Check how it is written, and that its drive is connected."; err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

func TestTenThousandFilesAreFast(t *testing.T) {
	dir, ctx := t.TempDir(), context.Background()
	var roots []Root
	for i := range 10_000 {
		path := filepath.Join(dir, fmt.Sprint("f", i, ".txt"))
		if err := os.WriteFile(path, []byte("x"), 0o666); err != nil {
			t.Fatal(err)
		}
		roots = append(roots, Root{Path: path})
	}
	begun := time.Now()
	f, err := OpenRoots(roots, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	opened := time.Since(begun)
	begun = time.Now()
	l, err := f.List("")
	if err != nil || l.Len() != len(roots) {
		t.Fatal(l.Len(), err)
	}
	listed := time.Since(begun)
	begun = time.Now()
	c, err := f.Count(ctx, "")
	if err != nil || c.Files != len(roots) || c.Bytes != int64(len(roots)) {
		t.Fatal(c, err)
	}
	t.Logf("opened in %v, listed in %v, walked in %v", opened, listed, time.Since(begun))
	if opened > 10*time.Second || listed > 3*time.Second {
		t.Error("slow")
	}
}

func TestWalkTakesSomeOfTheRoots(t *testing.T) {
	f, _ := several(t, map[string]string{"a/x": "", "a/b/y": "", "a/b/z": "", "n.txt": "", "c/v": ""}, "a", "n.txt", "c")
	got := below(t, f, "", []string{"a/b/y", "c", "n.txt", "n.txt/below", "gone/x"})
	if want := []string{"./", "./n.txt", "./a/", "./a/b/", "./a/b/y", "./c/", "./c/v", "./gone missing"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%q, want\n%q", got, want)
	}
	if got, want := below(t, f, "", []string{"n.txt/below", "a"}), []string{"./", "./n.txt missing", "./a/", "./a/x", "./a/b/", "./a/b/y", "./a/b/z"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%q, want\n%q", got, want)
	}
}
