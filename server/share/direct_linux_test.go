package share

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"windowsill/server/servertest"

	"golang.org/x/sys/unix"
)

// needsOpenat2 skips a test where the kernel, or a sandbox around the tests,
// does not have the system call.
func needsOpenat2(t *testing.T) {
	t.Helper()
	fd, err := openat2(unix.AT_FDCWD, ".", unix.O_PATH, 0)
	if err != nil {
		servertest.Missing(t, "openat2: ", err)
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
	if file, _, err := treeOf(f).direct.open("a/b/c.txt"); err != nil {
		t.Error("a file was not opened")
	} else {
		defer file.Close()
		if content, err := io.ReadAll(file); string(content) != "c" || err != nil {
			t.Errorf("it holds %q, %v", content, err)
		}
	}
	if file, info, err := treeOf(f).direct.open("a/b"); err != nil || !info.IsDir() {
		t.Error("a folder was not opened")
	} else {
		file.Close()
	}
	for _, name := range []string{
		"a/link/c.txt", "a/b/out", "a/b/same", "up/b/c.txt", "a/b/pipe", "a/b/none", "a/../a/b/c.txt/..", "../x", "/etc/passwd", "a/b/c.txt/", "a/b/c.txt/x",
	} {
		if file, _, err := treeOf(f).direct.open(name); err == nil {
			t.Errorf("%q was opened", name)
			file.Close()
		}
	}
	f.Close()
	if file, _, err := treeOf(f).direct.open("a/b/c.txt"); err == nil {
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
	place, err := openat2(at, "sub/a.txt", unix.O_PATH, 0)
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
		fd, err := openSame(at, c.name, &c.looked)
		if opens := err == nil; opens != c.opens {
			t.Errorf("%s: opened is %v, want %v", c.what, opens, c.opens)
		}
		if err == nil {
			unix.Close(fd)
		}
	}
}

func TestDirectTellsWhatIsNotThereFromWhatItCannotReach(t *testing.T) {
	needsOpenat2(t)
	f := opened(t, Options{}, map[string]string{"a/b/c.txt": "c", "a/link": "->b", "a/lost": "->none"})
	for name, want := range map[string]error{
		"a/b/c.txt": nil, "a/b/none": fs.ErrNotExist, "a/none/c.txt": fs.ErrNotExist,
		"a/link/c.txt": errUnreached, "a/link/none": errUnreached, "a/link": errUnreached, "a/lost": errUnreached, "a/b/c.txt/x": errUnreached,
	} {
		file, _, err := treeOf(f).direct.open(name)
		if err != want {
			t.Errorf("%s: %v, want %v", name, err, want)
		}
		if err == nil {
			file.Close()
		}
	}
	for name, want := range map[string]fs.FileMode{"a/b/c.txt": 0, "a/b": fs.ModeDir, "a/link": fs.ModeSymlink, "a/lost": fs.ModeSymlink} {
		if s, err := treeOf(f).direct.look(name); err != nil || s.mode != want {
			t.Errorf("%s is %v, %v; want %v", name, s.mode, err, want)
		}
	}
	for _, name := range []string{"a/b/c.txt", "a/link", "a/none", "../"} {
		if dir, ok := treeOf(f).direct.folder(name); ok {
			t.Errorf("%s was opened as a folder", name)
			dir.Close()
		}
	}
	for name, want := range map[string]bool{"a/b/new": true, "a/b/c.txt": false, "a/link/new": false, "a/lost": false, "../new": false} {
		file, ok := treeOf(f).direct.create(name)
		if ok != want {
			t.Errorf("making %s: %v, want %v", name, ok, want)
		}
		if ok {
			file.Close()
		}
	}
}

func TestMemberIsWhatOpenFinds(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"a/b/c.txt": "c", "a/link": "->b", "a/lost": "->none", "a/.hidden": "x", "d.txt": "d"})
	for _, name := range []string{"", "d.txt", "a", "a/b/c.txt", "a/link", "a/link/c.txt", "a/lost", "a/.hidden", "a/none", "a//b", "../x"} {
		m, err := f.Member(name)
		file, openErr := f.Open(name)
		if (err == nil) != (openErr == nil) || errors.Is(err, fs.ErrNotExist) != errors.Is(openErr, fs.ErrNotExist) {
			t.Errorf("%q: %v, but Open says %v", name, err, openErr)
		}
		if openErr != nil {
			continue
		}
		if want := file.Member(); !m.Modified.Equal(want.Modified) || m.Dir != want.Dir || m.Size != want.Size || m.ETag != want.ETag || m.Inode != want.Inode || m.Name != want.Name {
			t.Errorf("%q: %+v, want %+v", name, m, want)
		}
		file.Close()
	}
}
