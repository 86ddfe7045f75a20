package share

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// Small reads just what Open would open.
func TestSmallFileIsWhatOpenWouldOpen(t *testing.T) {
	dir := t.TempDir()
	plant(t, dir, map[string]string{
		"a.txt": "abc", "below/deeper/a.txt": "abc", "empty": "", "large": "0123456789+", "just": "0123456789",
		".hidden": "abc", ".folder/a.txt": "abc",
	})
	out := filepath.Join(t.TempDir(), "out")
	must(t, os.WriteFile(out, []byte("abc"), 0o644))
	must(t, os.Symlink(out, filepath.Join(dir, "below", "out")))
	must(t, os.Symlink("deeper", filepath.Join(dir, "below", "link")))
	must(t, unix.Mkfifo(filepath.Join(dir, "below", "pipe"), 0o644))
	f := openedAt(t, dir, Options{})
	for name, want := range map[string]bool{
		"a.txt": true, "below/deeper/a.txt": true, "empty": true, "just": true, "large": false,
		"": false, ".": false, "below": false, "below/": false, "a.txt/": false, "none": false, "below/none": false,
		".hidden": false, ".folder/a.txt": false, "below/out": false, "below/link/a.txt": false, "below/pipe": false,
		"../" + filepath.Base(dir) + "/a.txt": false, "below/../a.txt": false, "/a.txt": false, "a.txt\x00": false,
	} {
		k := f.Small(name, 10)
		if (k != nil) != want {
			t.Errorf("%q: %v, want %v", name, k != nil, want)
		}
		if k == nil {
			continue
		}
		file, err := f.Open(name)
		must(t, err)
		content, err := os.ReadFile(filepath.Join(dir, name))
		must(t, err)
		if string(k.Content()) != string(content) || k.ETag() != file.ETag() || k.Name() != file.Name() || k.Size() != file.Size() || !k.ModTime().Equal(file.ModTime()) || k.Visited() != file.Visited() {
			t.Errorf("%q: %q %s, want %s", name, k.Content(), k.ETag(), file.ETag())
		}
		must(t, file.Close())
	}
	if f.Kept("a.txt") != nil {
		t.Error("a young file is kept")
	}
}

func TestSmallFileThatIsTakenOutIsGone(t *testing.T) {
	dir := t.TempDir()
	plant(t, dir, map[string]string{"a/a.txt": "abc", "b/b.txt": "abc"})
	a, b := Root{Path: filepath.Join(dir, "a")}, Root{Path: filepath.Join(dir, "b")}
	f, err := OpenRoots([]Root{a, b}, Options{})
	must(t, err)
	defer f.Close()
	if k := f.Small("a/a.txt", 10); k == nil || k.Name() != "a.txt" {
		t.Fatal("not read")
	}
	must(t, f.SetRoots([]Root{b}))
	if f.Small("a/a.txt", 10) != nil {
		t.Error("it is still read")
	}
}
