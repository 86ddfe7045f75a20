package share

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// attach mounts a folder at another one, which only an administrator can.
func attach(t *testing.T, folder, at string) {
	t.Helper()
	if err := unix.Mount(folder, at, "", unix.MS_BIND, ""); err != nil {
		if os.Getenv("CI") != "" && os.Getuid() == 0 {
			t.Fatal(err)
		}
		t.Skip("nothing can be mounted here: ", err)
	}
	t.Cleanup(func() { unix.Unmount(at, unix.MNT_DETACH) })
}

func TestADriveInTheShareIsNeitherMovedNorDeleted(t *testing.T) {
	drive := t.TempDir()
	plant(t, drive, map[string]string{"precious": "p"})
	f := opened(t, Options{}, map[string]string{"x": "", "a drive\t\\/": "", "out/in/": ""})
	attach(t, drive, filepath.Join(f.Path(), "a drive\t\\"))
	attach(t, drive, filepath.Join(f.Path(), "out", "in"))
	w := f.Writer()
	for what, err := range map[string]error{
		"deleting it":                w.Trash("a drive\t\\", rand.Text()[:22]),
		"deleting the one around it": w.Trash("out", rand.Text()[:22]),
		"moving it":                  w.Move("a drive\t\\", "b"),
		"moving over it":             w.MoveOver("x", "out/in", rand.Text()[:22]),
	} {
		if !errors.Is(err, ErrMounted) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if got := names(t, f, ""); !slices.Equal(got, []string{"a drive\t\\/", "out/", "x"}) {
		t.Errorf("%q", got)
	}
	if left, _ := filepath.Glob(filepath.Join(f.Path(), ".windowsill-trash", "*")); len(left) != 0 {
		t.Errorf("%q is left in the trash", left)
	}
}

func TestEmptyingTheTrashLeavesDrivesAlone(t *testing.T) {
	drive := t.TempDir()
	plant(t, drive, map[string]string{"precious": "p"})
	f := opened(t, Options{}, map[string]string{"out/in/": ""})
	id := rand.Text()[:22]
	if err := f.Writer().Trash("out", id); err != nil {
		t.Fatal(err)
	}
	at := filepath.Join(f.Path(), ".windowsill-trash", id, "out", "in")
	attach(t, drive, at)
	f.Writer().EmptyTrash(context.Background(), time.Now().Add(time.Hour))
	if _, err := os.Stat(filepath.Join(drive, "precious")); err != nil {
		t.Error(err)
	}
	if err := unix.Unmount(at, 0); err != nil {
		t.Fatal(err)
	}
	f.Writer().EmptyTrash(context.Background(), time.Now().Add(time.Hour))
	if _, err := f.Writer().Trashed(id); err == nil {
		t.Error("what is in the trash stays there after the drive has gone")
	}
}
