package share

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

const someID = "abcdefghijklmnopqrst_-"

// begun makes a partial that holds text.
func begun(t testing.TB, f *Folder, folder, id, text string) *Partial {
	t.Helper()
	p, err := f.Writer().NewPartial(folder, id)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	if _, err := p.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	return p
}

func settled(t testing.TB, f *Folder, folder, id, text string) *Partial {
	t.Helper()
	p := begun(t, f, folder, id, text)
	if err := p.Finish(); err != nil {
		t.Fatal(err)
	}
	return p
}

// onDisk returns the names in a folder, hidden ones too.
func onDisk(t testing.TB, f *Folder, folder string) (all []string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(f.Path(), folder))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}

func wantContent(t testing.TB, f *Folder, name, want string) {
	t.Helper()
	if got, err := content(f, name); got != want || err != nil {
		t.Errorf("%s holds %q, %v; want %q", name, got, err, want)
	}
}

func TestPartialIsHiddenUntilPlaced(t *testing.T) {
	f := opened(t, Options{Hidden: true}, map[string]string{"in/old.txt": "old"})
	p := begun(t, f, "in", someID, "new")
	if err := p.SetNote([]byte("note")); err != nil {
		t.Fatal(err)
	}
	if got := names(t, f, "in"); !slices.Equal(got, []string{"old.txt"}) {
		t.Errorf("listed before it is whole: %q", got)
	}
	for _, name := range onDisk(t, f, "in") {
		if _, err := f.Open("in/" + name); name != "old.txt" && !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s can be opened: %v", name, err)
		}
	}
	if err := p.Finish(); err != nil {
		t.Fatal(err)
	}
	modified := time.Unix(1_500_000_000, 0)
	if err := p.Place("in/new.txt", modified); err != nil {
		t.Fatal(err)
	}
	wantContent(t, f, "in/new.txt", "new")
	if got := onDisk(t, f, "in"); !slices.Equal(got, []string{"new.txt", "old.txt"}) {
		t.Errorf("on the disk: %q", got)
	}
	info, err := os.Stat(filepath.Join(f.Path(), "in", "new.txt"))
	if err != nil || !info.ModTime().Equal(modified) {
		t.Errorf("%v, %v; want the time that was told", info.ModTime(), err)
	}
}

func TestPlaceNeverOverwrites(t *testing.T) {
	f := opened(t, Options{}, map[string]string{
		"file": "old", "folder/": "", "link": "->nowhere", ".hidden": "old",
	})
	p := settled(t, f, "", someID, "new")
	for _, name := range []string{"file", "folder", "link"} {
		if err := p.Place(name, time.Time{}); !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: %v, want fs.ErrExist", name, err)
		}
	}
	for _, name := range []string{".hidden", ".windowsill", ".windowsill-x", "", "..", "a/../b", "/etc/x", "a//b"} {
		if err := p.Place(name, time.Time{}); !errors.Is(err, fs.ErrInvalid) && !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%q: %v, want a refusal", name, err)
		}
	}
	wantContent(t, f, "file", "old")
	if err := p.Place("free", time.Time{}); err != nil {
		t.Fatalf("a name that is free: %v", err)
	}
	wantContent(t, f, "free", "new")
}

const trashID = "AAAAAAAAAAAAAAAAAAAAAA"

func TestReplaceSwapsTheContent(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"a": "old", "folder/": "", "link": "->a"})
	at := filepath.Join(f.Path(), "a")
	if err := os.Chmod(at, 0o640); err != nil {
		t.Fatal(err)
	}
	before, err := f.Open("a")
	if err != nil {
		t.Fatal(err)
	}
	defer before.Close()
	p := settled(t, f, "", someID, "new")
	if err := p.Replace("missing", trashID, time.Time{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("nothing there: %v", err)
	}
	if err := p.Replace("folder", trashID, time.Time{}); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a folder: %v", err)
	}
	if err := p.Replace("link", trashID, time.Time{}); err != nil {
		t.Fatal(err)
	}
	wantContent(t, f, "a", "new")
	wantContent(t, f, "link", "new")
	if err := f.Writer().Restore(trashID, "restored"); err != nil {
		t.Error(err)
	}
	wantContent(t, f, "restored", "old")
	if info, err := os.Lstat(filepath.Join(f.Path(), "link")); err != nil || info.Mode().Type() != fs.ModeSymlink {
		t.Errorf("the link was replaced, not what it leads to: %v, %v", info.Mode(), err)
	}
	if info, _ := os.Stat(at); info.Mode().Perm() != 0o640 && filepath.Separator == '/' {
		t.Errorf("rights are %v now, want those of before", info.Mode())
	}
	var old [3]byte
	if before.Read(old[:]); string(old[:]) != "old" {
		t.Errorf("whoever had it open reads %q", old)
	}
}

func TestPartialCanBeReopened(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"in/": ""})
	p := begun(t, f, "in", someID, "one ")
	for _, note := range []string{"first", "second"} {
		if err := p.SetNote([]byte(note)); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	if note, err := f.Writer().PartialNote("in", someID); string(note) != "second" || err != nil {
		t.Errorf("note %q, %v", note, err)
	}
	again, err := f.Writer().OpenPartial("in", someID)
	if err != nil {
		t.Fatal(err)
	}
	if size, last, err := again.Stat(); size != 4 || time.Since(last) > time.Minute || err != nil {
		t.Errorf("%d bytes at %v, %v", size, last, err)
	}
	again.Write([]byte("two three"))
	if err := errors.Join(again.Truncate(7), again.Finish(), again.Place("in/a", time.Time{})); err != nil {
		t.Fatal(err)
	}
	wantContent(t, f, "in/a", "one two")
	if _, err := f.Writer().OpenPartial("in", someID); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("after it took its place: %v", err)
	}
	if _, err := f.Writer().PartialNote("in", someID); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("its note after it took its place: %v", err)
	}
}

func TestDiscardLeavesNothing(t *testing.T) {
	f := opened(t, Options{}, nil)
	p := begun(t, f, "", someID, "x")
	if err := errors.Join(p.SetNote([]byte("n")), p.Discard()); err != nil {
		t.Fatal(err)
	}
	if got := onDisk(t, f, ""); len(got) != 0 {
		t.Errorf("left: %q", got)
	}
}

func TestPartialsStayInTheShare(t *testing.T) {
	outside := t.TempDir()
	f := opened(t, Options{}, map[string]string{"file": "", ".hidden/": "", "out": "->" + outside})
	for _, folder := range []string{"..", "out", ".hidden", "missing", "file", "/", "a//b", ".windowsill"} {
		if p, err := f.Writer().NewPartial(folder, someID); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("in %q: %v, %v; want fs.ErrNotExist", folder, p, err)
		}
	}
	for _, id := range []string{"", "short", strings.Repeat("/", 22), "../../../../../../../aa", someID + "a"} {
		if _, err := f.Writer().NewPartial("", id); err == nil {
			t.Errorf("the id %q is taken", id)
		}
	}
	if _, err := f.Writer().NewPartial("", someID); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Writer().NewPartial("", someID); !errors.Is(err, fs.ErrExist) {
		t.Errorf("twice the same id: %v", err)
	}
}

func TestRenameNewWhereTheSystemCannot(t *testing.T) {
	for name, rename := range map[string]func(t *tree, old, new string, folder bool) error{
		"one step":     func(t *tree, old, new string, _ bool) error { return renameNew(t, old, new) },
		"link":         func(t *tree, old, new string, _ bool) error { return renameInSteps(t.root, old, new) },
		"without link": func(t *tree, old, new string, folder bool) error { return renameOntoClaim(t.root, old, new, folder) },
	} {
		t.Run(name, func(t *testing.T) {
			f := opened(t, Options{}, map[string]string{"a": "a", "b": "b", "d/x": "x", "e/y": "y", "to/": ""})
			if err := rename(treeOf(f), "a", "b", false); !errors.Is(err, fs.ErrExist) {
				t.Errorf("a file onto a file: %v", err)
			}
			if err := rename(treeOf(f), "d", "e", true); !errors.Is(err, fs.ErrExist) {
				t.Errorf("a folder onto a folder: %v", err)
			}
			if err := errors.Join(rename(treeOf(f), "a", "to/a", false), rename(treeOf(f), "d", "to/d", true)); err != nil {
				t.Error(err)
			}
			for at, want := range map[string]string{"b": "b", "e/y": "y", "to/a": "a", "to/d/x": "x"} {
				wantContent(t, f, at, want)
			}
			if got := names(t, f, ""); !slices.Equal(got, []string{"e/", "to/", "b"}) {
				t.Errorf("left: %q", got)
			}
		})
	}
}

func TestRemoveStale(t *testing.T) {
	files := map[string]string{"photo.jpg": "", ".windowsill-mine.part": "", "in/deep/x": ""}
	old := []string{"in/.windowsill-" + someID + ".part", "in/.windowsill-" + someID + ".json", "in/deep/.windowsill-" + someID + ".draft"}
	growing := ".windowsill-zzzzzzzzzzzzzzzzzzzzzz"
	for _, name := range append(old, growing+".part", growing+".json") {
		files[name] = "x"
	}
	f := opened(t, Options{}, files)
	for name := range files {
		if name != growing+".part" {
			ago := time.Now().Add(-48 * time.Hour)
			if err := os.Chtimes(filepath.Join(f.Path(), name), ago, ago); err != nil {
				t.Fatal(err)
			}
		}
	}
	f.Writer().RemoveStale(t.Context(), time.Now().Add(-24*time.Hour))
	for name := range files {
		_, err := os.Stat(filepath.Join(f.Path(), name))
		if gone := errors.Is(err, fs.ErrNotExist); gone != slices.Contains(old, name) {
			t.Errorf("%s: gone is %v", name, gone)
		}
	}
}

// A program that ends before a file is whole, however it does, leaves a partial that nobody
// claims any more.
func TestPartialOfAnEndedProgramIsRemoved(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("it is not known there who writes a file")
	}
	for _, c := range []struct {
		name         string
		ended, noted bool
		age          time.Duration
		kept         bool
	}{
		{"ended", true, false, time.Minute, false},
		{"still coming in", false, false, time.Minute, true},
		{"to be continued", true, true, time.Minute, true},
		{"perhaps not yet locked", true, false, 0, true},
	} {
		f := opened(t, Options{}, map[string]string{"in/": ""})
		p, err := f.Writer().NewPartial("in", someID)
		if err != nil {
			t.Fatal(err)
		}
		if c.noted {
			err = p.SetNote([]byte("{}"))
		}
		if c.ended {
			err = errors.Join(err, p.file.Close())
		}
		path, then := filepath.Join(f.Path(), p.path(partialSuffix)), time.Now().Add(-c.age)
		if err = errors.Join(err, os.Chtimes(path, then, then)); err != nil {
			t.Fatal(err)
		}
		openedAt(t, f.Path(), Options{}).Writer().RemoveStale(t.Context(), time.Now().Add(-24*time.Hour))
		if _, err := os.Stat(path); (err == nil) != c.kept {
			t.Errorf("%s: %v, kept is to be %t", c.name, err, c.kept)
		}
		p.Close()
	}
}

func TestFree(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"in/": ""})
	if free, err := f.Writer().Free("in"); free <= 0 || err != nil {
		t.Errorf("%d, %v", free, err)
	}
	p, err := f.Writer().NewPartial("in", strings.Repeat("a", 22))
	if err != nil {
		t.Fatal(err)
	}
	defer p.Discard()
	if free, err := p.Free(); free <= 0 || err != nil {
		t.Errorf("beside a partial: %d, %v", free, err)
	}
	if _, err := f.Writer().Free("missing"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no such folder: %v", err)
	}
}
