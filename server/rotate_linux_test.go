package server

import (
	"bytes"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// A drive with room for a piece of what is written gets no piece, so that all
// of it can be written later.
func TestFileOnAFullDriveIsWholeLater(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	dir := t.TempDir()
	must(t, syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=8k"))
	t.Cleanup(func() { syscall.Unmount(dir, syscall.MNT_DETACH) })
	f := &rotatingFile{path: filepath.Join(dir, "requests.log"), most: mostLogBytes}
	defer f.close()
	first, second := bytes.Repeat([]byte("1"), 5000), bytes.Repeat([]byte("2"), 5000)
	must(t, f.write(first))
	if f.write(second) == nil {
		t.Fatal("there is room")
	}
	must(t, syscall.Mount("", dir, "", syscall.MS_REMOUNT, "size=1m"))
	must(t, f.write(second))
	got, err := os.ReadFile(f.path)
	must(t, err)
	if !bytes.Equal(got, append(first, second...)) {
		t.Errorf("%d bytes, %d of the second, want 5000 and 5000", len(got), bytes.Count(got, []byte("2")))
	}
}
