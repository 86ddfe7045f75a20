package receive

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"go.uber.org/goleak"

	"windowsill/server/share"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// receiver makes one for a new folder with these files, without a reserve.
func receiver(t testing.TB, l Limits, files ...string) (*Receiver, string) {
	t.Helper()
	dir := t.TempDir()
	for _, name := range files {
		must(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o777))
		must(t, os.WriteFile(filepath.Join(dir, name), []byte("old"), 0o666))
	}
	return at(t, dir, l), dir
}

func at(t testing.TB, dir string, l Limits) *Receiver {
	t.Helper()
	folder, err := share.Open(dir, share.Options{})
	must(t, err)
	t.Cleanup(func() { folder.Close() })
	if l.Reserve == 0 {
		l.Reserve = -1
	}
	return New(folder.Writer(), Options{Limits: l})
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// from is a device that may do everything.
func from(device uint64) Device {
	return Device{ID: device, Addr: netip.MustParseAddr("192.0.2.1"), May: func(string, bool) error { return nil }}
}

// tree returns what is in a folder and below, with its content, hidden or not,
// except for the trash.
func tree(t testing.TB, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	must(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Name() == ".windowsill-trash" {
			return fs.SkipDir
		}
		if err != nil || d.IsDir() || d.Name() == ".windowsill-visitors" {
			return err
		}
		b, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		all[filepath.ToSlash(name)] = string(b)
		return err
	}))
	return all
}

func wantTree(t testing.TB, dir string, want map[string]string) {
	t.Helper()
	if got := tree(t, dir); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("in the folder: %q, want %q", got, want)
	}
}

func TestPut(t *testing.T) {
	for _, c := range []struct {
		name string
		file File
		want error
		at   Placed
		tree map[string]string
	}{
		{"a new one", File{Name: "b", Size: 3}, nil, Placed{Name: "b"}, map[string]string{"a": "old", "b": "new"}},
		{"of unknown size", File{Name: "b", Size: -1}, nil, Placed{Name: "b"}, map[string]string{"a": "old", "b": "new"}},
		{"beside one", File{Name: "a", Size: 3}, nil, Placed{Name: "a (2)"}, map[string]string{"a": "old", "a (2)": "new"}},
		{"refused", File{Name: "a", Size: 3, Clash: Refuse}, ErrExists, Placed{}, map[string]string{"a": "old"}},
		{"refused without reason", File{Name: "b", Size: 3, Clash: Refuse}, nil, Placed{Name: "b"}, map[string]string{"a": "old", "b": "new"}},
		{"instead", File{Name: "a", Size: 3, Clash: Replace}, nil, Placed{Name: "a", Replaced: "trash"}, map[string]string{"a": "new"}},
		{"instead of none", File{Name: "b", Size: 3, Clash: Replace}, nil, Placed{Name: "b"}, map[string]string{"a": "old", "b": "new"}},
		{"with folders", File{Name: "x/y/b", Size: 3}, nil, Placed{Name: "x/y/b"}, map[string]string{"a": "old", "x/y/b": "new"}},
		{"no such folder", File{Folder: "x", Name: "b", Size: 3}, fs.ErrNotExist, Placed{}, map[string]string{"a": "old"}},
		{"a file in the way", File{Name: "a/b", Size: 3}, ErrExists, Placed{}, map[string]string{"a": "old"}},
		{"another one instead", File{Name: "a", Size: 3, Clash: Replace, Current: notThis}, ErrChanged, Placed{}, map[string]string{"a": "old"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, dir := receiver(t, Limits{}, "a")
			c.file.From = from(1)
			got, err := r.Put(t.Context(), c.file, strings.NewReader("new"))
			if got.Replaced != "" {
				if name, err := r.writer.Trashed(got.Replaced); name != "a" || err != nil {
					t.Errorf("in the trash: %q, %v", name, err)
				}
				got.Replaced = "trash"
			}
			got.made = share.Made{}
			if got != c.at || !errors.Is(err, c.want) {
				t.Errorf("%+v, %v; want %+v, %v", got, err, c.at, c.want)
			}
			wantTree(t, dir, c.tree)
		})
	}
}

func notThis(f *share.File) error {
	if f == nil {
		return errors.New("the old file was not looked at")
	}
	return ErrChanged
}

var errAway = errors.New("sent away")

func TestIncompleteFileLeavesNothing(t *testing.T) {
	broken := io.MultiReader(strings.NewReader("ne"), iotest.ErrReader(io.ErrUnexpectedEOF))
	away := 0
	for _, c := range []struct {
		name string
		body io.Reader
		may  func(string, bool) error
		l    Limits
		size int64
		want error
	}{
		{"connection lost", broken, nil, Limits{}, 3, ErrBroken},
		{"larger than files may be", strings.NewReader("new"), nil, Limits{File: 2}, 3, ErrFileLimit},
		{"larger than files may be, not known before", strings.NewReader("new"), nil, Limits{File: 2}, -1, ErrFileLimit},
		{"larger than all may be", strings.NewReader("new"), nil, Limits{Total: 2}, 3, ErrTotalLimit},
		{"no room", strings.NewReader("new"), nil, Limits{Reserve: 1 << 62}, 3, ErrNoSpace},
		{"right lost in the middle", iotest.OneByteReader(strings.NewReader("new")), func(string, bool) error {
			if away++; away > 2 {
				return errAway
			}
			return nil
		}, Limits{}, 3, errAway},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, dir := receiver(t, c.l, "a")
			f := File{Name: "a", Size: c.size, Clash: Replace, From: from(1)}
			if c.may != nil {
				f.From.May = c.may
			}
			if got, err := r.Put(t.Context(), f, c.body); !errors.Is(err, c.want) || got != (Placed{}) {
				t.Errorf("%+v, %v; want %v", got, err, c.want)
			}
			wantTree(t, dir, map[string]string{"a": "old"})
			if r.quota.used != 0 || r.quota.reserved != 0 {
				t.Errorf("room is still taken: %+v", &r.quota)
			}
		})
	}
}

func TestSameNameConcurrently(t *testing.T) {
	r, dir := receiver(t, Limits{})
	var all sync.WaitGroup
	const many = 200
	for i := range many {
		all.Go(func() {
			_, err := r.Put(t.Context(), File{Name: "a.txt", Size: -1, From: from(uint64(i))}, strings.NewReader(fmt.Sprint("text ", i)))
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	got := tree(t, dir)
	var texts []string
	for i := range many {
		texts = append(texts, got[numbered("a.txt", 1+i)])
	}
	slices.Sort(texts)
	if n := len(slices.Compact(texts)); len(got) != many || n != many || texts[0] == "" {
		t.Errorf("%d files, %d different texts; want %d", len(got), n, many)
	}
}

func TestModificationTimeIsKept(t *testing.T) {
	r, dir := receiver(t, Limits{})
	when := time.Unix(1_500_000_000, 0)
	_, err := r.Put(t.Context(), File{Name: "a", Size: 1, Modified: when, From: from(1)}, strings.NewReader("a"))
	must(t, err)
	info, err := os.Stat(filepath.Join(dir, "a"))
	must(t, err)
	if !info.ModTime().Equal(when) {
		t.Errorf("%v, want %v", info.ModTime(), when)
	}
}

func TestUploadsShowProgress(t *testing.T) {
	r, _ := receiver(t, Limits{})
	body, send := io.Pipe()
	var all sync.WaitGroup
	all.Go(func() { r.Put(t.Context(), File{Name: "a", Size: 10, From: from(7)}, body) })
	send.Write([]byte("half!"))
	send.Write(nil) // returns when the first half was taken
	got := r.Uploads()
	if len(got) != 1 || got[0].Bytes != 5 || got[0].Total != 10 || got[0].State != Arriving || got[0].Device != 7 || got[0].Name != "a" {
		t.Errorf("in the middle: %+v", got)
	}
	send.Write([]byte("whole"))
	send.Close()
	all.Wait()
	if got := r.Uploads(); got[0].State != Arrived || got[0].Bytes != 10 || got[0].Ended.IsZero() {
		t.Errorf("at the end: %+v", got)
	}
	r.Put(t.Context(), File{Name: "b", Size: 10, From: from(7)}, iotest.ErrReader(io.ErrUnexpectedEOF))
	if got := r.Uploads(); len(got) != 2 || got[1].State != Failed || got[1].ID <= got[0].ID {
		t.Errorf("failed: %+v", got)
	}
}

func TestUploadsAreBounded(t *testing.T) {
	var us uploads
	us.changed = func() {}
	running := us.begin("", Upload{})
	for i := range maxUploads + 10 {
		us.update(us.begin(fmt.Sprint(i), Upload{}), func(u *Upload) { u.State = Arrived })
	}
	list := us.list()
	if len(list) != maxUploads || list[0].ID != running.ID || len(us.of) != maxUploads-1 {
		t.Errorf("%d in the list, %d by partial, the first is %d", len(list), len(us.of), list[0].ID)
	}
}

func TestPutEndsWithItsContext(t *testing.T) {
	r, dir := receiver(t, Limits{})
	ctx, cancel := context.WithCancel(t.Context())
	for range maxOfOne {
		turn, err := r.queue.enter(ctx, from(1).sender(), nil)
		must(t, err)
		defer turn.leave()
	}
	cancel()
	if _, err := r.Put(ctx, File{Name: "a", From: from(1)}, strings.NewReader("")); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	wantTree(t, dir, map[string]string{})
}

func TestRestoreTakesTheNextFreeName(t *testing.T) {
	r, dir := receiver(t, Limits{}, "in/deep/a.txt")
	id := NewID()
	must(t, r.writer.Trash("in", id))
	must(t, os.MkdirAll(filepath.Join(dir, "in"), 0o777))
	if name, err := r.Restore(id, nil); name != "in (2)" || err != nil {
		t.Errorf("%q, %v", name, err)
	}
	id = NewID()
	must(t, r.writer.Trash("in (2)/deep/a.txt", id))
	must(t, os.RemoveAll(filepath.Join(dir, "in (2)")))
	if name, err := r.Restore(id, nil); name != "in (2)/deep/a.txt" || err != nil {
		t.Errorf("with its folders gone: %q, %v", name, err)
	}
	if _, err := r.Restore(id, nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("twice: %v", err)
	}
	wantTree(t, dir, map[string]string{"in (2)/deep/a.txt": "old"})
}

func BenchmarkPut(b *testing.B) {
	r, dir := receiver(b, Limits{})
	content := bytes.Repeat([]byte("windowsill"), 10<<20/10)
	b.SetBytes(int64(len(content)))
	b.ReportAllocs()
	for b.Loop() {
		_, err := r.Put(b.Context(), File{Name: "a", Size: int64(len(content)), Clash: Replace, From: from(1)}, bytes.NewReader(content))
		must(b, err)
	}
	must(b, os.Remove(filepath.Join(dir, "a")))
}
