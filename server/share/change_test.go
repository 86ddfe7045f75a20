package share

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

func TestMakeFolder(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"file": "", "link": "->real", "real/": "", "out": "->..", ".hidden/": ""})
	for _, c := range []struct {
		name string
		want error
	}{
		{"new", nil}, {"new", fs.ErrExist}, {"new/deeper", nil}, {"link/in", nil}, {"file", fs.ErrExist}, {"file/x", fs.ErrNotExist},
		{"missing/x", fs.ErrNotExist}, {"out/x", fs.ErrNotExist}, {".hidden/x", fs.ErrNotExist}, {".dot", fs.ErrInvalid},
		{".windowsill", fs.ErrInvalid}, {"", fs.ErrInvalid}, {"..", fs.ErrInvalid}, {"a/", fs.ErrInvalid},
	} {
		if err := f.Writer().MakeFolder(c.name); !errors.Is(err, c.want) {
			t.Errorf("%q: %v, want %v", c.name, err, c.want)
		}
	}
	wantContent(t, f, "real/in", "folder")
	if err := f.Writer().MakeFolders("real/in/a/b/c"); err != nil {
		t.Error(err)
	}
	wantContent(t, f, "real/in/a/b/c", "folder")
	if err := f.Writer().MakeFolders("file/a"); err == nil {
		t.Error("a folder was made in a file")
	}
}

func TestMove(t *testing.T) {
	f := opened(t, Options{}, map[string]string{
		"a": "a", "b": "b", "d/x": "x", "e/": "", "link": "->a", "out": "->..", ".hidden": "",
	})
	for _, c := range []struct {
		from, to string
		want     error
	}{
		{"a", "b", fs.ErrExist}, {"a", "d", fs.ErrExist}, {"missing", "z", fs.ErrNotExist}, {"out", "z", fs.ErrNotExist},
		{".hidden", "z", fs.ErrNotExist}, {"a", ".z", fs.ErrInvalid}, {"a", "../z", fs.ErrInvalid}, {"a", "out/z", fs.ErrNotExist},
		{"d", "d/in", ErrInside}, {"d", "d", ErrInside}, {"", "z", fs.ErrNotExist}, {"a", "", fs.ErrInvalid},
		{"link", "e/link2", nil}, {"a", "A", nil}, {"d", "e/d", nil},
	} {
		if err := f.Writer().Move(c.from, c.to); !errors.Is(err, c.want) {
			t.Errorf("%q to %q: %v, want %v", c.from, c.to, err, c.want)
		}
	}
	for at, want := range map[string]string{"A": "a", "b": "b", "e/d/x": "x"} {
		wantContent(t, f, at, want)
	}
	if target, err := os.Readlink(filepath.Join(f.Path(), "e", "link2")); target != "a" || err != nil {
		t.Errorf("the link leads to %q, %v: it was to be moved itself", target, err)
	}
}

func TestTrashAndRestore(t *testing.T) {
	f := opened(t, Options{Hidden: true}, map[string]string{"in/a": "a", "in/b/c": "c", "keep": "k", "link": "->keep"})
	ids := []string{"aaaaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbbbb", "cccccccccccccccccccccc"}
	for i, name := range []string{"in/a", "in/b", "link"} {
		if err := f.Writer().Trash(name, ids[i]); err != nil {
			t.Fatal(err)
		}
	}
	if got := names(t, f, ""); !slices.Equal(got, []string{"in/", "keep"}) {
		t.Errorf("listed: %q", got)
	}
	if _, err := f.Open(trash); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the trash can be opened: %v", err)
	}
	if name, err := f.Writer().Trashed(ids[1]); name != "in/b" || err != nil {
		t.Errorf("%q, %v", name, err)
	}
	plant(t, f.Path(), map[string]string{"in/a": "another"})
	if err := f.Writer().Restore(ids[0], "in/a"); !errors.Is(err, fs.ErrExist) {
		t.Errorf("onto another file: %v", err)
	}
	err := errors.Join(f.Writer().Restore(ids[0], "in/a (2)"), f.Writer().Restore(ids[1], "in/b"), f.Writer().Restore(ids[2], "link"))
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[string]string{"in/a": "another", "in/a (2)": "a", "in/b/c": "c", "link": "k"} {
		wantContent(t, f, at, want)
	}
	if left := onDisk(t, f, trash); len(left) != 0 {
		t.Errorf("left in the trash: %q", left)
	}
}

func TestTrashIsEmptiedOfWhatIsOld(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"old/a": "a", "new": "n", ".windowsill-trash/mine.txt": "m"})
	old, recent := "aaaaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbbbb"
	if err := errors.Join(f.Writer().Trash("old", old), f.Writer().Trash("new", recent)); err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	long := now.Add(-31 * 24 * time.Hour)
	if err := os.Chtimes(filepath.Join(f.Path(), trash, old+noteSuffix), long, long); err != nil {
		t.Fatal(err)
	}
	f.Writer().EmptyTrash(t.Context(), now.Add(-30*24*time.Hour))
	want := []string{recent, recent + noteSuffix, "mine.txt"}
	if got := onDisk(t, f, trash); !slices.Equal(got, want) {
		t.Errorf("left in the trash: %q, want %q", got, want)
	}
	if err := f.Writer().Restore(recent, "new"); err != nil {
		t.Error(err)
	}
}

func TestTrashRefuses(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"a": "a", ".hidden": "", "out": "->..", ".windowsill-trash/x": ""})
	for _, name := range []string{"", ".", "missing", ".hidden", "out", "..", ".windowsill-trash", "a/b"} {
		if err := f.Writer().Trash(name, someID); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%q: %v, want fs.ErrNotExist", name, err)
		}
	}
	for _, id := range []string{"", "x", "../../../../../../../../", someID} {
		if err := f.Writer().Restore(id, "b"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("restoring %q: %v, want fs.ErrNotExist", id, err)
		}
	}
	wantContent(t, f, "a", "a")
}

func TestReadOnlyFolder(t *testing.T) {
	needsRights(t)
	f := opened(t, Options{}, map[string]string{"ro/a": "a"})
	at := filepath.Join(f.Path(), "ro")
	if err := os.Chmod(at, 0o555); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(at, 0o755)
	_, err := f.Writer().NewPartial("ro", someID)
	for what, err := range map[string]error{
		"new": err, "folder": f.Writer().MakeFolder("ro/x"), "move": f.Writer().Move("ro/a", "b"), "trash": f.Writer().Trash("ro/a", someID),
	} {
		if !errors.Is(err, ErrNotWritable) {
			t.Errorf("%s: %v, want ErrNotWritable", what, err)
		}
	}
	if got := onDisk(t, f, trash); len(got) != 0 {
		t.Errorf("left in the trash: %q", got)
	}
}
