package share

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// needsOpenat2 skips a test where the kernel, or a sandbox around the tests,
// does not have the system call.
func needsOpenat2(t *testing.T) {
	t.Helper()
	fd, err := openat2(unix.AT_FDCWD, ".", unix.O_PATH)
	if err != nil && os.Getenv("CI") == "" {
		t.Skip("openat2:", err)
	}
	if err != nil {
		t.Fatal("openat2:", err)
	}
	unix.Close(fd)
}

func TestDirectOpensWhatHasNoLinkOnItsWay(t *testing.T) {
	needsOpenat2(t)
	f := opened(t, Options{}, map[string]string{
		"a/b/c.txt": "c", "a/link": "->b", "a/b/out": "->/etc/passwd", "a/b/same": "->c.txt", "up": "->a",
	})
	if err := unix.Mkfifo(filepath.Join(f.Path(), "a/b/pipe"), 0o666); err != nil {
		t.Fatal(err)
	}
	if file, _, ok := f.tree.direct.open("a/b/c.txt"); !ok {
		t.Error("a file was not opened")
	} else {
		defer file.Close()
		if content, err := io.ReadAll(file); string(content) != "c" || err != nil {
			t.Errorf("it holds %q, %v", content, err)
		}
	}
	if file, info, ok := f.tree.direct.open("a/b"); !ok || !info.IsDir() {
		t.Error("a folder was not opened")
	} else {
		file.Close()
	}
	for _, name := range []string{
		"a/link/c.txt", "a/b/out", "a/b/same", "up/b/c.txt", "a/b/pipe", "a/b/none", "a/../a/b/c.txt/..", "../x", "/etc/passwd", "a/b/c.txt/", "a/b/c.txt/x",
	} {
		if file, _, ok := f.tree.direct.open(name); ok {
			t.Errorf("%q was opened", name)
			file.Close()
		}
	}
	f.Close()
	if file, _, ok := f.tree.direct.open("a/b/c.txt"); ok {
		t.Error("a file was opened after the share was closed")
		file.Close()
	}
}

// A name that is opened in one step passes the same rules as one that is walked.
func TestDirectKnowsHiddenFolders(t *testing.T) {
	f := opened(t, Options{}, map[string]string{".hidden/a.txt": canary, "sub/.hidden/a.txt": canary, "sub/.a.txt": canary, ".windowsill-trash/a.txt": canary})
	for _, name := range []string{".hidden/a.txt", "sub/.hidden/a.txt", "sub/.a.txt", ".windowsill-trash/a.txt"} {
		if file, err := f.Open(name); err == nil {
			t.Errorf("%q was opened", name)
			file.Close()
		}
	}
}

// Another file, on this drive or on another one, takes the name after it was
// looked at and before it is opened.
func TestDirectOpensOnlyWhatItLookedAt(t *testing.T) {
	needsOpenat2(t)
	f := opened(t, Options{}, map[string]string{"sub/a.txt": "a", "sub/b.txt": "b"})
	dir, err := os.Open(f.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer dir.Close()
	at := int(dir.Fd())
	place, err := openat2(at, "sub/a.txt", unix.O_PATH)
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(place)
	var looked unix.Stat_t
	if err := unix.Fstat(place, &looked); err != nil {
		t.Fatal(err)
	}
	otherDrive := looked
	otherDrive.Dev++
	for _, c := range []struct {
		what, name string
		looked     unix.Stat_t
		opens      bool
	}{
		{"the same", "sub/a.txt", looked, true},
		{"another inode", "sub/b.txt", looked, false},
		{"another device", "sub/a.txt", otherDrive, false},
	} {
		fd := openSame(at, c.name, &c.looked)
		if opens := fd >= 0; opens != c.opens {
			t.Errorf("%s: opened is %v, want %v", c.what, opens, c.opens)
		}
		if fd >= 0 {
			unix.Close(fd)
		}
	}
}
