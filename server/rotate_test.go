package server

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

func TestFileRotates(t *testing.T) {
	path := filepath.Join(t.TempDir(), "requests.log")
	f := &rotatingFile{path: path, most: 100}
	for n := range 10 * 20 { // ten lines fill a file
		must(t, f.write(fmt.Appendf(nil, "line %04d\n", n)))
	}
	must(t, f.close())
	for n, first := range []int{190, 180, 170, 160, 150, 140} {
		if lines := readLines(t, f.older(n)); len(lines) != 10 || lines[0] != fmt.Sprintf("line %04d", first) {
			t.Errorf("%s holds %q", filepath.Base(f.older(n)), lines)
		}
	}
	if files, _ := os.ReadDir(filepath.Dir(path)); len(files) != 6 {
		t.Errorf("there are %d files, want 6", len(files))
	}
}

func TestFileGoesOnOnceItCanRotate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "requests.log")
	clear := jam(t, path)
	f := &rotatingFile{path: path, most: 10}
	must(t, f.write([]byte("first\n")))
	for range 3 {
		if f.write([]byte("second\n")) == nil {
			t.Fatal("it has rotated")
		}
	}
	clear()
	must(t, f.write([]byte("second\n")))
	must(t, f.close())
	if now, before := readLines(t, path), readLines(t, path+".1"); len(now) != 1 || now[0] != "second" || len(before) != 1 || before[0] != "first" {
		t.Errorf("%q, after %q", now, before)
	}
}
