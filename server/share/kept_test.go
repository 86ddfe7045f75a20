package share

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"testing/synctest"
	"time"
)

// keepFile opens a file and keeps what is in it.
func keepFile(t *testing.T, f *Folder, name string, age time.Duration) {
	t.Helper()
	file, err := f.Open(name)
	must(t, err)
	defer file.Close()
	b := make([]byte, file.Size())
	_, err = file.ReadAt(b, 0)
	must(t, err)
	f.keep(file, b, time.Now().Add(age))
}

// needsKeeping skips where nothing is kept.
func needsKeeping(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("only an open file tells what there is to compare")
	}
}

// fates are what may happen to a file that is at a path below a folder. The file
// holds "abc", and has just been written.
var fates = []struct {
	what   string
	change func(t *testing.T, dir, at string) error
	kept   bool // it is still the same
}{
	{"nothing happens", func(*testing.T, string, string) error { return nil }, true},
	{"another file changes", func(t *testing.T, dir, at string) error { return writeText(dir, at+"2", "other") }, true},
	{"other content", func(t *testing.T, dir, at string) error { return writeText(dir, at, "other content") }, false},
	{"content of the same length and time", func(t *testing.T, dir, at string) error {
		info, err := os.Stat(filepath.Join(dir, at))
		must(t, err)
		must(t, writeText(dir, at, "abc"))
		return os.Chtimes(filepath.Join(dir, at), time.Time{}, info.ModTime())
	}, false},
	{"other rights", func(t *testing.T, dir, at string) error { return os.Chmod(filepath.Join(dir, at), 0o600) }, false},
	{"it is deleted", func(t *testing.T, dir, at string) error { return os.Remove(filepath.Join(dir, at)) }, false},
	{"another file takes its place", func(t *testing.T, dir, at string) error {
		must(t, writeText(dir, "new", "abc"))
		return os.Rename(filepath.Join(dir, "new"), filepath.Join(dir, at))
	}, false},
	{"a folder takes its place", func(t *testing.T, dir, at string) error {
		must(t, os.Remove(filepath.Join(dir, at)))
		return os.Mkdir(filepath.Join(dir, at), 0o755)
	}, false},
	{"a link that leads out takes its place", func(t *testing.T, dir, at string) error {
		out := filepath.Join(t.TempDir(), "out")
		must(t, os.Rename(filepath.Join(dir, at), out))
		return os.Symlink(out, filepath.Join(dir, at))
	}, false},
	{"its folder becomes a link that leads out", func(t *testing.T, dir, at string) error {
		if filepath.Dir(at) == "." {
			return os.Remove(filepath.Join(dir, at))
		}
		out := filepath.Join(t.TempDir(), "out")
		must(t, os.Rename(filepath.Join(dir, filepath.Dir(at)), out))
		return os.Symlink(out, filepath.Join(dir, filepath.Dir(at)))
	}, false},
	{"its folder becomes a hidden one", func(t *testing.T, dir, at string) error {
		if filepath.Dir(at) == "." {
			return os.Rename(filepath.Join(dir, at), filepath.Join(dir, "."+at))
		}
		return os.Rename(filepath.Join(dir, filepath.Dir(at)), filepath.Join(dir, ".hidden"))
	}, false},
}

func writeText(dir, name, text string) error {
	return os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), []byte(text), 0o644)
}

func TestKeptFileIsWhatOpenWouldOpen(t *testing.T) {
	needsKeeping(t)
	for _, tt := range fates {
		for _, name := range []string{"a.txt", "below/a.txt"} {
			t.Run(tt.what+"/"+name, func(t *testing.T) {
				dir := t.TempDir()
				plant(t, dir, map[string]string{name: "abc"})
				f := openedAt(t, dir, Options{})
				keepFile(t, f, name, time.Hour)
				must(t, tt.change(t, dir, name))
				k := f.Kept(name)
				if (k != nil) != tt.kept {
					t.Fatalf("kept: %v", k != nil)
				}
				if k == nil {
					return
				}
				file, err := f.Open(name)
				must(t, err)
				defer file.Close()
				if string(k.Content()) != "abc" || k.ETag() != file.ETag() || k.Name() != "a.txt" || k.Size() != 3 || !k.ModTime().Equal(file.ModTime()) {
					t.Errorf("%q %s, want %s", k.Content(), k.ETag(), file.ETag())
				}
			})
		}
	}
}

// Of a file that has only just changed, the next change may bear the same time.
func TestYoungFileIsNotKept(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"a": "abc"})
	keepFile(t, f, "a", 0)
	if f.Kept("a") != nil {
		t.Error("it is kept")
	}
}

func TestOnlyWholeContentIsKept(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"a": "abc"})
	file, err := f.Open("a")
	must(t, err)
	defer file.Close()
	f.keep(file, []byte("ab"), time.Now().Add(time.Hour)) // it has grown since
	if f.Kept("a") != nil {
		t.Error("a part is kept")
	}
}

func TestKeptNamesAreCheckedAsOthers(t *testing.T) {
	needsKeeping(t)
	f := opened(t, Options{}, map[string]string{"a": "abc"})
	keepFile(t, f, "a", time.Hour)
	for _, name := range []string{"", ".", "a/", "/a", "./a", "b/../a", "a\x00"} {
		if f.Kept(name) != nil {
			t.Errorf("%q is kept", name)
		}
	}
}

func TestKeepingEndsAfterASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var k keeper
		k.put(place{name: "a"}, &Kept{})
		time.Sleep(keptFor - time.Millisecond)
		k.put(place{name: "b"}, &Kept{})
		if k.get(place{name: "a"}) == nil || k.get(place{name: "b"}) == nil {
			t.Error("gone too early")
		}
		time.Sleep(2 * time.Millisecond)
		if !k.isEmpty() || k.get(place{name: "a"}) != nil {
			t.Error("still kept")
		}
		k.put(place{name: "a"}, &Kept{})
		if k.get(place{name: "a"}) == nil {
			t.Error("not kept again")
		}
		time.Sleep(keptFor)
	})
}

func TestKeptContentIsBounded(t *testing.T) {
	var k keeper
	defer k.clear()
	for i := range 2000 {
		k.put(place{name: fmt.Sprint(i)}, &Kept{content: bytes.Repeat([]byte("x"), 16<<10)})
	}
	if k.size > maxKept || len(k.all) > 1100 || len(k.all) < 900 {
		t.Errorf("%d bytes of %d files", k.size, len(k.all))
	}
}
