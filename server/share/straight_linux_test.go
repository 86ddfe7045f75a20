package share

import (
	"io"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

func TestStraightWayLeadsToWhatHasNoLinkOnIt(t *testing.T) {
	f := opened(t, Options{}, map[string]string{
		"a/b/c.txt": "c", "a/link": "->b", "a/b/out": "->/etc/passwd", "a/b/same": "->c.txt", "up": "->a",
	})
	if err := unix.Mkfifo(filepath.Join(f.Path(), "a/b/pipe"), 0o666); err != nil {
		t.Fatal(err)
	}
	if file, _, ok := f.tree.straight.open("a/b/c.txt"); !ok {
		t.Skip("this kernel has no openat2")
	} else {
		defer file.Close()
		if content, err := io.ReadAll(file); string(content) != "c" || err != nil {
			t.Errorf("it holds %q, %v", content, err)
		}
	}
	if file, info, ok := f.tree.straight.open("a/b"); !ok || !info.IsDir() {
		t.Error("it does not lead to a folder")
	} else {
		file.Close()
	}
	for _, name := range []string{
		"a/link/c.txt", "a/b/out", "a/b/same", "up/b/c.txt", "a/b/pipe", "a/b/none", "a/../a/b/c.txt/..", "../x", "/etc/passwd", "a/b/c.txt/", "a/b/c.txt/x",
	} {
		if file, _, ok := f.tree.straight.open(name); ok {
			t.Errorf("it leads to %q", name)
			file.Close()
		}
	}
	f.Close()
	if file, _, ok := f.tree.straight.open("a/b/c.txt"); ok {
		t.Error("it is open after the share was closed")
		file.Close()
	}
}

// Whoever goes straight must be refused as who goes step by step is.
func TestStraightWayKnowsHiddenFolders(t *testing.T) {
	f := opened(t, Options{}, map[string]string{".hidden/a.txt": canary, "sub/.hidden/a.txt": canary, "sub/.a.txt": canary, ".windowsill-trash/a.txt": canary})
	for _, name := range []string{".hidden/a.txt", "sub/.hidden/a.txt", "sub/.a.txt", ".windowsill-trash/a.txt"} {
		if file, err := f.Open(name); err == nil {
			t.Errorf("%q is open", name)
			file.Close()
		}
	}
}
