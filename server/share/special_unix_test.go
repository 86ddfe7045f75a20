//go:build unix

package share

import (
	"errors"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/sys/unix"
)

// withSpecials opens a share with all the special files an ordinary person
// can make. Nothing is at their other ends, so opening the pipe would wait
// forever.
func withSpecials(t *testing.T) *Folder {
	t.Helper()
	f := opened(t, Options{}, map[string]string{
		"a.txt": "a", "to-pipe": "->pipe", "to-socket": "->socket", "to-null": "->/dev/null", "sub/up": "->../pipe",
	})
	if err := unix.Mkfifo(filepath.Join(f.Path(), "pipe"), 0o666); err != nil {
		t.Fatal(err)
	}
	t.Chdir(f.Path()) // the path of a socket must be short
	l, err := net.Listen("unix", "socket")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return f
}

func TestSpecialFilesAreNotThere(t *testing.T) {
	f := withSpecials(t)
	for _, name := range []string{"pipe", "to-pipe", "sub/up", "pipe/x", "socket", "to-socket", "socket/x", "to-null"} {
		if got, err := content(f, name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%q holds %q, %v", name, got, err)
		}
	}
	if got := names(t, f, ""); !slices.Equal(got, []string{"sub/", "a.txt"}) {
		t.Errorf("listed: %q", got)
	}
	if got := names(t, f, "sub"); len(got) > 0 {
		t.Errorf("listed in sub: %q", got)
	}
}

func TestDevicesAreNotThere(t *testing.T) {
	f := openedAt(t, "/dev", Options{})
	for _, name := range []string{"null", "zero", "full", "random", "tty"} {
		if got, err := content(f, name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%q holds %q, %v", name, got, err)
		}
	}
	if got := names(t, f, ""); slices.Contains(got, "null") || slices.Contains(got, "zero") {
		t.Errorf("devices are listed: %q", got)
	}
}

func TestPipeInPlaceOfTheShare(t *testing.T) {
	at := filepath.Join(t.TempDir(), "pipe")
	if err := unix.Mkfifo(at, 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(at, Options{}); !errors.Is(err, ErrNotAFolder) {
		t.Errorf("Open: %v", err)
	}
}

// Each of these takes the place of a.txt after it was looked at and before it is
// opened.
func TestReplacedBetweenLookAndOpen(t *testing.T) {
	for name, replace := range map[string]func(f *Folder, at string) error{
		"pipe":           func(_ *Folder, at string) error { return unix.Mkfifo(at, 0o666) },
		"another file":   func(_ *Folder, at string) error { return os.WriteFile(at, []byte(canary), 0o666) },
		"folder":         func(_ *Folder, at string) error { return os.Mkdir(at, 0o777) },
		"link to hidden": func(_ *Folder, at string) error { return os.Symlink(".hidden", at) },
	} {
		t.Run(name, func(t *testing.T) {
			f := opened(t, Options{}, map[string]string{"a.txt": "a", ".hidden": canary})
			found, looked, err := treeOf(f).find("a.txt")
			if err != nil {
				t.Fatal(err)
			}
			at := filepath.Join(f.Path(), "a.txt")
			// Renamed, not removed, so that its number is not given to the next.
			if err := errors.Join(os.Rename(at, at+".old"), replace(f, at)); err != nil {
				t.Fatal(err)
			}
			if file, err := treeOf(f).open(found, looked); err != errSwapped {
				t.Errorf("open: %v, %v", file, err)
			}
		})
	}
}

// A name that changes all the time between a file and ways out yields the file or
// nothing, and never blocks.
func TestNameThatChangesAllTheTime(t *testing.T) {
	dir := t.TempDir()
	plant(t, dir, map[string]string{
		"secret.txt": canary, "share/.hidden": canary, "share/good": "a", "share/dir/x": "a",
		"share/a/out": "->../../secret.txt", "share/a/hidden": "->../.hidden", "share/a/absolute": "->" + dir + "/secret.txt",
	})
	share := filepath.Join(dir, "share")
	if err := unix.Mkfifo(filepath.Join(share, "a/pipe"), 0o666); err != nil {
		t.Fatal(err)
	}
	f := openedAt(t, share, Options{})
	done := make(chan struct{})
	var swapping sync.WaitGroup
	swapping.Go(func() {
		name := filepath.Join(share, "name")
		for i := 0; ; i++ {
			select {
			case <-done:
				return
			default:
			}
			way := filepath.Join(share, "a", []string{"out", "pipe", "hidden", "absolute"}[i%4])
			os.Link(filepath.Join(share, "good"), name+".new")
			os.Rename(name+".new", name)
			os.Rename(name, name+".old")
			os.Link(way, name)
			os.Remove(name)
			os.Remove(name + ".old")
		}
	})
	for range 3000 {
		got, err := content(f, "name")
		if err != nil && !errors.Is(err, fs.ErrNotExist) || err == nil && got != "a" {
			t.Errorf("holds %q, %v", got, err)
			break
		}
	}
	close(done)
	swapping.Wait()
}

func TestFileWithoutRightIsListedButForbidden(t *testing.T) {
	needsRights(t)
	f := opened(t, Options{}, map[string]string{"private.txt": "p", "closed/x": "x"})
	at := filepath.Join(f.Path(), "closed")
	os.Chmod(filepath.Join(f.Path(), "private.txt"), 0)
	os.Chmod(at, 0)
	defer os.Chmod(at, 0o700)
	for _, name := range []string{"private.txt", "closed", "closed/x"} {
		if _, err := f.Open(name); !errors.Is(err, fs.ErrPermission) {
			t.Errorf("Open(%q): %v", name, err)
		}
	}
	if got := names(t, f, ""); !slices.Equal(got, []string{"closed/", "private.txt"}) {
		t.Errorf("listed: %q", got)
	}
}

// The kernel sends a file only if the connection gets the *os.File, and the
// descriptor that was opened must be fit for that.
func TestContentIsFitForSendfile(t *testing.T) {
	want := strings.Repeat("0123456789abcdef", 1<<16)
	f := opened(t, Options{}, map[string]string{"big": want})
	file, err := f.Open("big")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	flags, err := unix.FcntlInt(file.Content().Fd(), unix.F_GETFD, 0)
	if err != nil || flags&unix.FD_CLOEXEC == 0 {
		t.Errorf("programs that are started inherit the file: %#x, %v", flags, err)
	}

	server, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	sent := make(chan error, 1)
	go func() {
		conn, err := server.Accept()
		if err == nil {
			_, err = conn.(io.ReaderFrom).ReadFrom(&io.LimitedReader{R: file.Content(), N: file.Size()})
			conn.Close()
		}
		sent <- err
	}()
	conn, err := net.Dial("tcp", server.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	got, err := io.ReadAll(conn)
	if err != nil || string(got) != want {
		t.Errorf("%d bytes came, %v; want %d", len(got), err, len(want))
	}
	if err := <-sent; err != nil {
		t.Error(err)
	}
}
