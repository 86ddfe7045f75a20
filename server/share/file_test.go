package share

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestFileProperties(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"sub/a.txt": "hello", "empty": ""})
	when := time.Date(2021, 3, 4, 5, 6, 7, 89, time.UTC)
	if err := os.Chtimes(filepath.Join(f.Path(), "sub/a.txt"), when, when); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, last string
		dir        bool
		size       int64
	}{
		{"sub/a.txt", "a.txt", false, 5},
		{"empty", "empty", false, 0},
		{"sub", "sub", true, 0},
		{"", ".", true, 0},
	} {
		file, err := f.Open(c.name)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		if file.Name() != c.last || file.IsDir() != c.dir || file.Size() != c.size {
			t.Errorf("%q is %q, %v, %d bytes", c.name, file.Name(), file.IsDir(), file.Size())
		}
		if c.name == "sub/a.txt" && !file.ModTime().Equal(when) {
			t.Errorf("ModTime() = %v, want %v", file.ModTime(), when)
		}
	}
}

func TestFileIsReadAnywhere(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"a": "0123456789"})
	file, err := f.Open("a")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	b := make([]byte, 3)
	if n, err := file.ReadAt(b, 4); n != 3 || err != nil || string(b) != "456" {
		t.Errorf("ReadAt: %q, %v", b[:n], err)
	}
	if at, err := file.Seek(-2, io.SeekEnd); at != 8 || err != nil {
		t.Errorf("Seek: %d, %v", at, err)
	}
	if rest, err := io.ReadAll(file); string(rest) != "89" || err != nil {
		t.Errorf("Read: %q, %v", rest, err)
	}
}

func TestFileOverFourGiB(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"big": ""})
	const size = 5 << 30
	at := filepath.Join(f.Path(), "big")
	if err := os.Truncate(at, size); err != nil {
		t.Skip("no room even for a file of holes:", err)
	}
	file, err := f.Open("big")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if file.Size() != size {
		t.Errorf("Size() = %d", file.Size())
	}
	if n, err := file.ReadAt(make([]byte, 10), size-5); n != 5 || err != io.EOF {
		t.Errorf("the end: %d, %v", n, err)
	}
}

func etag(t *testing.T, f *Folder, name string) string {
	t.Helper()
	file, err := f.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	return file.ETag()
}

// RFC 9110 8.8.3: an entity-tag in quotes, without W/ if it is a strong one.
func TestETagIsStrongAndShort(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"a": "a", "sub/": ""})
	for _, name := range []string{"a", "sub", ""} {
		if tag := etag(t, f, name); !regexp.MustCompile(`^"[!#-~]{8,24}"$`).MatchString(tag) {
			t.Errorf("%q has the tag %s", name, tag)
		}
	}
}

func TestETagStaysWhileNothingChanges(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"a": "a", "link": "->a"})
	first := etag(t, f, "a")
	again := openedAt(t, f.Path(), Options{Hidden: true})
	if got := etag(t, again, "a"); got != first {
		t.Errorf("%s became %s", first, got)
	}
	if got := etag(t, f, "link"); got != first {
		t.Errorf("the link has %s, the file %s", got, first)
	}
}

func TestETagChangesWithTheFile(t *testing.T) {
	when := time.Now().Add(-time.Hour)
	for name, change := range map[string]func(at string) error{
		"same second": func(at string) error {
			return os.Chtimes(at, when, when.Add(time.Nanosecond))
		},
		"another length": func(at string) error {
			if err := os.WriteFile(at, []byte("longer"), 0o666); err != nil {
				return err
			}
			return os.Chtimes(at, when, when)
		},
		"same length, time set back": func(at string) error {
			return edit(at, func() error {
				if err := os.WriteFile(at, []byte("b"), 0o666); err != nil {
					return err
				}
				return os.Chtimes(at, when, when)
			})
		},
		"replaced by its like": func(at string) error {
			if err := os.WriteFile(at+".new", []byte("b"), 0o666); err != nil {
				return err
			}
			if err := os.Chtimes(at+".new", when, when); err != nil {
				return err
			}
			return os.Rename(at+".new", at)
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := opened(t, Options{}, map[string]string{"a": "a"})
			at := filepath.Join(f.Path(), "a")
			if err := os.Chtimes(at, when, when); err != nil {
				t.Fatal(err)
			}
			before := etag(t, f, "a")
			if err := change(at); err != nil {
				t.Fatal(err)
			}
			if after := etag(t, f, "a"); after == before {
				t.Errorf("it is still %s", after)
			}
		})
	}
}

// edit repeats a change until the system's clock for files, which ticks only
// every few milliseconds on some, has moved on.
func edit(at string, change func() error) error {
	clock := func() (stamp, error) {
		info, err := os.Stat(at)
		if err != nil {
			return stamp{}, err
		}
		file, err := os.Open(at)
		if err != nil {
			return stamp{}, err
		}
		defer file.Close()
		return stampOf(file, info), nil
	}
	before, err := clock()
	for deadline := time.Now().Add(10 * time.Second); err == nil && time.Now().Before(deadline); {
		if err = change(); err != nil {
			break
		}
		var after stamp
		if after, err = clock(); after.changed != before.changed {
			break
		}
	}
	return err
}

func TestOpenFileSurvivesItsRemoval(t *testing.T) {
	if os.PathSeparator == '\\' {
		t.Skip("Windows keeps files that are open")
	}
	want := strings.Repeat("x", 100000)
	f := opened(t, Options{}, map[string]string{"a": want})
	file, err := f.Open("a")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	os.Remove(filepath.Join(f.Path(), "a"))
	f.Close()
	if got, err := io.ReadAll(file); string(got) != want || err != nil {
		t.Errorf("%d bytes, %v", len(got), err)
	}
}

func TestReopen(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"sub/a.txt": "hello", "sub/b.txt": "other", "top.txt": "t"})
	for _, name := range []string{"sub/a.txt", "top.txt"} {
		file, err := f.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		tag := file.ETag()
		file.Close()
		again, err := file.Reopen()
		if err != nil {
			t.Fatal(err)
		}
		defer again.Close()
		if again.ETag() != tag || again.Name() != file.Name() {
			t.Errorf("%q is %q %s when opened again, was %s", name, again.Name(), again.ETag(), tag)
		}
		at := filepath.Join(f.Path(), name)
		if err := os.Rename(filepath.Join(f.Path(), "sub/b.txt"), at); err != nil {
			t.Fatal(err)
		}
		if another, err := file.Reopen(); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%q: what took its place was opened: %v, %v", name, another, err)
		}
		if err := os.Rename(at, filepath.Join(f.Path(), "sub/b.txt")); err != nil {
			t.Fatal(err)
		}
	}
}
