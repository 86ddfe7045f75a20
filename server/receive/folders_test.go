package receive

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestFoldersThatComeWithAFileCount(t *testing.T) {
	for _, c := range []struct {
		what string
		send func(r *Receiver, name string) error
	}{
		{"in one go", func(r *Receiver, name string) error {
			_, err := r.Put(t.Context(), File{Name: name, Size: 1, From: from(1)}, strings.NewReader("x"))
			return err
		}},
		{"in parts", func(r *Receiver, name string) error {
			h, err := r.Begin(File{Name: name, Size: 1, From: from(1)})
			if err == nil {
				_, err = r.Append(t.Context(), h, from(1), Part{Size: -1, Body: strings.NewReader("x")})
			}
			return err
		}},
	} {
		t.Run(c.what, func(t *testing.T) {
			r, dir := receiver(t, Limits{Files: 5})
			must(t, c.send(r, "a/b/1")) // 3 of 5
			must(t, c.send(r, "a/b/2"))
			if err := c.send(r, "a/c/3"); !errors.Is(err, ErrFilesLimit) {
				t.Errorf("a file and a folder, with room for one: %v", err)
			}
			must(t, c.send(r, "4"))
			if err := c.send(r, "5"); !errors.Is(err, ErrFilesLimit) {
				t.Errorf("a sixth: %v", err)
			}
			wantTree(t, dir, map[string]string{"a/b/1": "x", "a/b/2": "x", "4": "x"})
			if r.quota.files != 5 {
				t.Errorf("%d files, want 5", r.quota.files)
			}
		})
	}
}

func TestFoldersThatUndoMakesCount(t *testing.T) {
	r, dir := receiver(t, Limits{Files: 2}, "a/b/1", "a/b/2")
	device := from(1)
	var ids []string
	for _, name := range []string{"a/b/1", "a/b/2"} {
		ids = append(ids, NewID())
		must(t, r.writer.Trash(name, ids[len(ids)-1]))
		must(t, os.RemoveAll(filepath.Join(dir, "a")))
		must(t, os.MkdirAll(filepath.Join(dir, "a/b"), 0o777))
		must(t, os.WriteFile(filepath.Join(dir, "a/b/2"), nil, 0o666))
	}
	must(t, os.RemoveAll(filepath.Join(dir, "a")))
	_, err := r.Restore(ids[0], &device)
	must(t, err)
	must(t, os.RemoveAll(filepath.Join(dir, "a")))
	if _, err := r.Restore(ids[1], &device); !errors.Is(err, ErrFilesLimit) {
		t.Errorf("two more folders: %v", err)
	}
	if _, err := r.Restore(ids[1], nil); err != nil {
		t.Errorf("by the owner: %v", err)
	}
}

// A part lies in the folder that its file is for, and stays there when somebody
// gives that another name.
func TestPartsInFoldersThatWereRenamedAreTidied(t *testing.T) {
	for what, move := range map[string]func(r *Receiver, dir string) error{
		"by a visitor": func(r *Receiver, dir string) error { return r.writer.Move("in", "other/in2") },
		"by the owner": func(_ *Receiver, dir string) error {
			return os.Rename(filepath.Join(dir, "in"), filepath.Join(dir, "other/in2"))
		},
		"by a visitor, into the trash": func(r *Receiver, dir string) error { return r.writer.Trash("in", NewID()) },
	} {
		for again, receiverOf := range map[string]func(r *Receiver, dir string) *Receiver{
			"at once":         func(r *Receiver, _ string) *Receiver { return r },
			"after a restart": func(_ *Receiver, dir string) *Receiver { return at(t, dir, Limits{}) },
		} {
			r, dir := receiver(t, Limits{}, "in/a", "other/b")
			h := begin(t, r, File{Folder: "in"})
			_, err := send(t, r, h, 0, "0123")
			must(t, err)
			must(t, move(r, dir))
			long := time.Now().Add(-31 * 24 * time.Hour)
			must(t, filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
				return errors.Join(err, os.Chtimes(path, long, long))
			}))
			receiverOf(r, dir).Tidy(context.Background())
			must(t, filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
				if strings.Contains(e.Name(), h.ID) {
					t.Errorf("%s, %s: %s is left", what, again, path)
				}
				return err
			}))
		}
	}
}
