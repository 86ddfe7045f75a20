package share

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestOpenTakesFolders(t *testing.T) {
	dir := t.TempDir()
	plant(t, dir, map[string]string{"films/a.txt": "a", "link": "->films"})
	t.Chdir(dir)
	for _, path := range []string{filepath.Join(dir, "films"), "films", "./films/", "link"} {
		t.Run(path, func(t *testing.T) {
			f, err := Open(path, Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if got, err := content(f, "a.txt"); got != "a" || err != nil {
				t.Errorf("a.txt holds %q, %v", got, err)
			}
			want := filepath.Join(dir, filepath.Clean(path))
			if filepath.IsAbs(path) {
				want = path
			}
			if f.Path() != want {
				t.Errorf("Path() = %q, want %q", f.Path(), want)
			}
			if err := f.Check(); err != nil {
				t.Errorf("Check() = %v", err)
			}
		})
	}
}

func TestOpenRefusesWithASentenceAndTheCause(t *testing.T) {
	dir := t.TempDir()
	plant(t, dir, map[string]string{"file": "x", "broken": "->nowhere", "tofile": "->file"})
	for _, c := range []struct {
		path     string
		sentence error
		cause    error
	}{
		{"", ErrMissing, fs.ErrNotExist},
		{dir + "/nothing", ErrMissing, fs.ErrNotExist},
		{dir + "/broken", ErrMissing, fs.ErrNotExist},
		{dir + "/file/below", ErrMissing, syscall.ENOTDIR},
		{dir + "/file", ErrNotAFolder, syscall.ENOTDIR},
		{dir + "/tofile", ErrNotAFolder, syscall.ENOTDIR},
	} {
		f, err := Open(c.path, Options{})
		if f != nil || !errors.Is(err, c.sentence) || !errors.Is(err, c.cause) {
			t.Errorf("Open(%q) = %v, %v; want %q and %q", c.path, f, err, c.sentence, c.cause)
			continue
		}
		if !strings.HasPrefix(err.Error(), c.sentence.Error()) {
			t.Errorf("%q does not begin with the sentence for a person", err)
		}
	}
}

func TestOpenRefusesUnreadableFolder(t *testing.T) {
	needsRights(t)
	dir := t.TempDir()
	for _, mode := range []fs.FileMode{0, 0o300, 0o600} {
		if err := os.Chmod(dir, mode); err != nil {
			t.Fatal(err)
		}
		f, err := Open(dir, Options{})
		if mode == 0o600 && err == nil {
			f.Close() // can be listed, though nothing in it can be had
			continue
		}
		if !errors.Is(err, ErrUnreadable) || !errors.Is(err, fs.ErrPermission) {
			t.Errorf("mode %v: %v", mode, err)
		}
	}
	os.Chmod(dir, 0o700)
}

func TestReasonOfOtherErrorsIsUnreadable(t *testing.T) {
	for _, cause := range []error{fs.ErrPermission, syscall.EIO, syscall.EACCES, errors.New("odd")} {
		if got := reason(cause); got != ErrUnreadable {
			t.Errorf("reason(%v) = %v", cause, got)
		}
	}
}

func TestCheckNotices(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(dir string) error
		want error
	}{
		{"nothing", func(string) error { return nil }, nil},
		{"new files", func(dir string) error { return os.WriteFile(dir+"/new", nil, 0o666) }, nil},
		{"removed", os.Remove, ErrMissing},
		{"renamed", func(dir string) error { return os.Rename(dir, dir+".old") }, ErrMissing},
		{"replaced by another folder", func(dir string) error {
			return errors.Join(os.Rename(dir, dir+".old"), os.Mkdir(dir, 0o777))
		}, ErrMissing},
		{"replaced by a file", func(dir string) error {
			return errors.Join(os.Remove(dir), os.WriteFile(dir, nil, 0o666))
		}, ErrNotAFolder},
		{"moved, and a link left behind", func(dir string) error {
			return errors.Join(os.Rename(dir, dir+".old"), os.Symlink(dir+".old", dir))
		}, nil},
		{"brought back", func(dir string) error {
			return errors.Join(os.Rename(dir, dir+".old"), os.Rename(dir+".old", dir))
		}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "share")
			if err := os.Mkdir(dir, 0o777); err != nil {
				t.Fatal(err)
			}
			f := openedAt(t, dir, Options{})
			if err := c.do(dir); err != nil {
				t.Fatal(err)
			}
			if err := f.Check(); !errors.Is(err, c.want) {
				t.Errorf("Check() = %v, want %v", err, c.want)
			}
		})
	}
}

func TestCheckNoticesLinkThatLeadsElsewhere(t *testing.T) {
	dir := t.TempDir()
	plant(t, dir, map[string]string{"a/": "", "b/": "", "link": "->a"})
	f := openedAt(t, filepath.Join(dir, "link"), Options{})
	os.Remove(filepath.Join(dir, "link"))
	plant(t, dir, map[string]string{"link": "->b"})
	if err := f.Check(); !errors.Is(err, ErrMissing) {
		t.Errorf("Check() = %v, want %v", err, ErrMissing)
	}
}

func TestCheckNoticesLostRight(t *testing.T) {
	needsRights(t)
	f := opened(t, Options{}, nil)
	os.Chmod(f.Path(), 0)
	defer os.Chmod(f.Path(), 0o700)
	if err := f.Check(); !errors.Is(err, ErrUnreadable) {
		t.Errorf("Check() = %v, want %v", err, ErrUnreadable)
	}
}

func TestClosedFolderAnswersWithErrors(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"a": "a"})
	f.Close()
	if _, err := f.Open("a"); !errors.Is(err, fs.ErrClosed) || errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Open: %v", err)
	}
	if _, err := f.List(""); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("List: %v", err)
	}
	if err := f.Check(); err == nil {
		t.Error("Check finds nothing wrong")
	}
}
