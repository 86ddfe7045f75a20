package web

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
)

func TestSoughtFileReadsAsAnyOther(t *testing.T) {
	content := strings.Repeat("abcdefg", 1000)
	name := filepath.Join(t.TempDir(), "a")
	must(t, os.WriteFile(name, []byte(content), 0o644))
	f, err := os.Open(name)
	must(t, err)
	defer f.Close()
	_, err = f.Seek(77, io.SeekStart) // where another request left it
	must(t, err)
	if err := iotest.TestReader(&sought{file: f, size: int64(len(content))}, []byte(content)); err != nil {
		t.Error(err)
	}
}

func TestSeekingAloneLeavesTheFileWhereItIs(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a")
	must(t, os.WriteFile(name, []byte("abc"), 0o644))
	f, err := os.Open(name)
	must(t, err)
	defer f.Close()
	s := &sought{file: f, size: 3}
	for _, tt := range []struct {
		offset, want int64
		whence       int
	}{{0, 3, io.SeekEnd}, {0, 0, io.SeekStart}, {2, 2, io.SeekCurrent}, {-1, 1, io.SeekCurrent}} {
		if n, err := s.Seek(tt.offset, tt.whence); n != tt.want || err != nil {
			t.Errorf("%d, %v, want %d", n, err, tt.want)
		}
	}
	if _, err := s.Seek(-1, io.SeekStart); err == nil {
		t.Error("it can be read from before its beginning")
	}
	if n, _ := f.Seek(0, io.SeekCurrent); n != 0 {
		t.Errorf("it is at %d", n)
	}
	b, err := io.ReadAll(s)
	if string(b) != "bc" || err != nil {
		t.Errorf("%q, %v", b, err)
	}
}
