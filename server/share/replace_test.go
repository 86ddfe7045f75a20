package share

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestMoveOver(t *testing.T) {
	for _, c := range []struct {
		from, to string
		want     error
	}{
		{"a", "b", nil}, {"a", "d", nil}, {"d", "b", nil}, {"link", "d", nil}, {"a", "link", nil}, {"a", "twin", nil},
		{"a", "a", ErrInside}, {"d", "d/x", ErrInside}, {"missing", "b", fs.ErrNotExist}, {"a", "missing", fs.ErrNotExist}, {"a", ".hidden", fs.ErrNotExist},
	} {
		f := opened(t, Options{}, map[string]string{"a": "a", "b": "b", "d/x": "x", "link": "->b", ".hidden": "h"})
		if err := os.Link(filepath.Join(f.Path(), "a"), filepath.Join(f.Path(), "twin")); err != nil {
			t.Skip(err)
		}
		err := f.Writer().MoveOver(c.from, c.to, someID)
		if !errors.Is(err, c.want) {
			t.Errorf("%s to %s: %v, want %v", c.from, c.to, err, c.want)
		}
		trashed, _ := os.ReadDir(filepath.Join(f.Path(), trash, someID))
		if c.want != nil {
			if len(trashed) != 0 {
				t.Errorf("%s to %s: refused, and yet %s is in the trash", c.from, c.to, trashed[0])
			}
			continue
		}
		if len(trashed) != 1 || trashed[0].Name() != c.to {
			t.Errorf("%s to %s: in the trash is %v", c.from, c.to, trashed)
		}
		if _, err := os.Lstat(filepath.Join(f.Path(), c.from)); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s to %s: the old name is still there (%v)", c.from, c.to, err)
		}
	}
}

// A reader gets the old file or the new one, even after the program was killed.
func TestNameIsNeverMissingWhileItsFileIsReplaced(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"name": "0"})
	missing, ended, end := 0, make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case <-end:
				return
			default:
			}
			if _, err := os.Lstat(filepath.Join(f.Path(), "name")); err != nil {
				missing++
			}
		}
	}()
	for i := range 200 {
		if err := os.WriteFile(filepath.Join(f.Path(), "new"), []byte{byte(i)}, 0o644); err != nil {
			t.Fatal(err)
		}
		id := strings.Repeat("a", 20) + string(rune('a'+i/26)) + string(rune('a'+i%26))
		if err := f.Writer().MoveOver("new", "name", id); err != nil {
			t.Fatal(err)
		}
	}
	close(end)
	<-ended
	if missing > 0 {
		t.Errorf("there was no file of that name %d times", missing)
	}
}
