package share

import (
	"io"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"
)

// spareFile opens a file, reads on in it, and leaves it to the next.
func spareFile(t *testing.T, f *Folder, name string) {
	t.Helper()
	file, err := f.Open(name)
	must(t, err)
	_, err = file.Seek(2, io.SeekStart)
	must(t, err)
	f.Spare(file)
	must(t, file.Close())
}

func TestSparedFileIsWhatOpenWouldOpen(t *testing.T) {
	needsKeeping(t)
	for _, tt := range fates {
		for _, name := range []string{"a.txt", "below/a.txt"} {
			t.Run(tt.what+"/"+name, func(t *testing.T) {
				dir := t.TempDir()
				plant(t, dir, map[string]string{name: "abc"})
				f := openedAt(t, dir, Options{})
				spareFile(t, f, name)
				must(t, tt.change(t, dir, name))
				again := f.Again(name)
				if (again != nil) != tt.kept {
					t.Fatalf("again: %v", again != nil)
				}
				if again == nil {
					return
				}
				defer again.Close()
				file, err := f.Open(name)
				must(t, err)
				defer file.Close()
				b := make([]byte, 3)
				_, err = again.ReadAt(b, 0)
				must(t, err)
				if string(b) != "abc" || again.ETag() != file.ETag() || again.Name() != "a.txt" || again.Size() != 3 || !again.ModTime().Equal(file.ModTime()) {
					t.Errorf("%q %s, want %s", b, again.ETag(), file.ETag())
				}
			})
		}
	}
}

func TestSparedFileIsForOneAtATime(t *testing.T) {
	needsKeeping(t)
	f := opened(t, Options{}, map[string]string{"a": "abc"})
	spareFile(t, f, "a")
	one := f.Again("a")
	if one == nil || f.Again("a") != nil {
		t.Fatal("it is not for one")
	}
	f.Spare(one)
	must(t, one.Close())
	two := f.Again("a")
	if two == nil {
		t.Fatal("it is gone")
	}
	must(t, two.Close())
}

func TestSparedNamesAreCheckedAsOthers(t *testing.T) {
	needsKeeping(t)
	f := opened(t, Options{}, map[string]string{"a": "abc"})
	spareFile(t, f, "a")
	for _, name := range []string{"", ".", "a/", "/a", "./a", "b/../a", "a\x00"} {
		if f.Again(name) != nil {
			t.Errorf("%q is open", name)
		}
	}
}

func TestSparedFileOfAnotherShareIsGone(t *testing.T) {
	needsKeeping(t)
	dir := t.TempDir()
	plant(t, dir, map[string]string{"a": "abc", "b": "abc"})
	a, b := Root{Path: filepath.Join(dir, "a")}, Root{Path: filepath.Join(dir, "b")}
	f, err := OpenRoots([]Root{a, b}, Options{})
	must(t, err)
	defer f.Close()
	spareFile(t, f, "a")
	must(t, f.SetRoots([]Root{b}))
	if f.Again("a") != nil {
		t.Error("it is still open")
	}
	must(t, f.SetRoots([]Root{a, b}))
	if f.Again("a") != nil {
		t.Error("it has come back")
	}
}

func TestSparedFilesAreClosedAfterASecond(t *testing.T) {
	dir := t.TempDir()
	plant(t, dir, map[string]string{"a": "abc"})
	synctest.Test(t, func(t *testing.T) {
		var s spares
		open := func() *File {
			file, err := os.Open(filepath.Join(dir, "a"))
			must(t, err)
			return &File{file: file}
		}
		first, second := open(), open()
		s.put(place{name: "a"}, first)
		time.Sleep(keptFor - time.Millisecond)
		s.put(place{name: "a"}, second)
		if s.take(place{name: "a"}) != second {
			t.Error("gone too early")
		}
		s.put(place{name: "a"}, second)
		time.Sleep(2 * time.Millisecond)
		if !s.isEmpty() || s.take(place{name: "a"}) != nil {
			t.Error("still there")
		}
		for _, file := range []*File{first, second} {
			if _, err := file.Read(make([]byte, 1)); err == nil {
				t.Error("still open")
			}
		}
	})
}

func TestSparedFilesAreBounded(t *testing.T) {
	var s spares
	defer s.clear()
	for range 1000 {
		s.put(place{name: "a"}, &File{})
	}
	if s.n != maxSpare || len(s.all[place{name: "a"}]) != maxSpare {
		t.Errorf("%d files are open", s.n)
	}
}
