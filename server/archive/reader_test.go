package archive

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// A range is a slice of the whole, no matter which checksums are known; and the
// whole is an archive of the tree.
func rangeIsSlice(t *testing.T, seed uint64, f Format, from, to int64) {
	files := anyTree(seed)
	dir := t.TempDir()
	plant(t, dir, files)
	p := packedAt(t, dir)
	b := whole(t, p, all(f))
	if f == ZIP {
		for name, content := range unzip(t, b) {
			if name = unreplaced(strings.TrimPrefix(name, "Photos/")); name != "" && files[name] != content {
				t.Errorf("%q: %d bytes, want %d", name, len(content), len(files[name]))
			}
		}
	}
	size := int64(len(b))
	from = (from%(size+1) + size + 1) % (size + 1)
	to = from + ((to-from)%(size-from+1)+size-from+1)%(size-from+1)
	for _, who := range []struct {
		name string
		*Packer
	}{{"known", p}, {"new", packedAt(t, dir)}} {
		got, err := sent(open(t, who.Packer, all(f)), from, to)
		if err != nil || !bytes.Equal(got, b[from:to]) {
			t.Errorf("%s: sends %d bytes from %d to %d, %v", who.name, len(got), from, to, err)
		}
	}
	r := open(t, packedAt(t, dir), all(f))
	r.Seek(from-size, io.SeekEnd)
	got, err := io.ReadAll(io.LimitReader(r, to-from))
	if err != nil || !bytes.Equal(got, b[from:to]) {
		t.Errorf("reads %d bytes from %d to %d, %v", len(got), from, to, err)
	}
}

func TestRangeIsASliceOfTheWhole(t *testing.T) {
	for seed := range uint64(40) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		for _, f := range []Format{ZIP, Tar} {
			rangeIsSlice(t, seed, f, rnd.Int64(), rnd.Int64())
		}
	}
}

func FuzzRange(f *testing.F) {
	f.Add(uint64(1), false, int64(0), int64(1<<40))
	f.Add(uint64(2), true, int64(7), int64(600))
	f.Add(uint64(3), false, int64(-1), int64(-1))
	f.Fuzz(func(t *testing.T, seed uint64, asTar bool, from, to int64) {
		format := ZIP
		if asTar {
			format = Tar
		}
		rangeIsSlice(t, seed, format, from, to)
	})
}

func TestEverySmallRange(t *testing.T) {
	p := packed(t, map[string]string{"a": "hello", "b/": "", "c": ""})
	for _, f := range []Format{ZIP, Tar} {
		b := whole(t, p, all(f))
		r := open(t, p, all(f))
		for from := int64(0); from <= int64(len(b)); from += 3 {
			for _, n := range []int64{0, 1, 100, 1 << 40} {
				got, err := sent(r, from, from+n)
				if want := b[from:min(int64(len(b)), from+n)]; err != nil || !bytes.Equal(got, want) {
					t.Fatalf("%d bytes from %d: %q, %v", n, from, got, err)
				}
			}
		}
	}
}

func TestTarHoldsWhatIsListed(t *testing.T) {
	long := strings.Repeat("long ", 60)[:250]
	p := packed(t, map[string]string{"a": "hello", "empty/": "", "sub/" + long: bit(1000, 1), "sub/Größe": "x", "\xff": "raw", `a\b`: "y", "l": "->a"})
	at := time.Date(2024, 2, 29, 12, 34, 57, 0, time.UTC)
	must(t, os.Chtimes(filepath.Join(p.share.Path(), "a"), at, at.Add(5e8)))
	got, times := map[string]string{}, map[string]time.Time{}
	r := tar.NewReader(bytes.NewReader(whole(t, p, all(Tar))))
	for {
		h, err := r.Next()
		if err == io.EOF {
			break
		}
		must(t, err)
		b, err := io.ReadAll(r)
		must(t, err)
		got[h.Name], times[h.Name] = string(b), h.ModTime
		if h.FileInfo().IsDir() != strings.HasSuffix(h.Name, "/") || h.Mode&0o600 != 0o600 {
			t.Errorf("%s: mode %o", h.Name, h.Mode)
		}
	}
	same(t, got, map[string]string{
		"Photos/": "", "Photos/a": "hello", "Photos/l": "hello", "Photos/empty/": "", "Photos/sub/": "", "Photos/sub/" + long: bit(1000, 1),
		"Photos/sub/Größe": "x", "Photos/\xff": "raw", `Photos/a\b`: "y",
	})
	if !times["Photos/a"].Equal(at) {
		t.Errorf("%v, want %v", times["Photos/a"], at)
	}
}

func TestTagChangesWithTheArchive(t *testing.T) {
	p := packed(t, map[string]string{"a": "1", "sub/b": "2", "empty/": ""})
	dir := p.share.Path()
	tag := func(s Selection) string { return open(t, packedAt(t, dir), s).ETag() }
	first := tag(all(ZIP))
	if tag(all(ZIP)) != first {
		t.Error("it is another one after a restart")
	}
	must(t, os.WriteFile(filepath.Join(dir, "sub/.hidden"), nil, 0o666))
	if tag(all(ZIP)) != first {
		t.Error("a hidden file changes it")
	}
	seen := map[string]string{first: "the first"}
	for _, c := range []struct {
		name string
		do   func() error
		s    Selection
	}{
		{"as tar", nil, all(Tar)},
		{"a folder of it", nil, Selection{Title: "sub", Folder: "sub"}},
		{"some of it", nil, Selection{Title: "Photos", Names: []string{"a"}}},
		{"under another title", nil, Selection{Title: "Other"}},
		{"another content", func() error { return os.WriteFile(filepath.Join(dir, "a"), []byte("22"), 0o666) }, all(ZIP)},
		{"another time", func() error { return os.Chtimes(filepath.Join(dir, "a"), time.Time{}, time.Unix(5, 1)) }, all(ZIP)},
		{"another time of an empty folder", func() error { return os.Chtimes(filepath.Join(dir, "empty"), time.Time{}, time.Unix(5, 1)) }, all(ZIP)},
		{"another name", func() error { return os.Rename(filepath.Join(dir, "a"), filepath.Join(dir, "c")) }, all(ZIP)},
		{"one more", func() error { return os.WriteFile(filepath.Join(dir, "e"), nil, 0o666) }, all(ZIP)},
		{"one less", func() error { return os.Remove(filepath.Join(dir, "sub/b")) }, all(ZIP)},
	} {
		tags := []string{tag(c.s)}
		if c.do != nil {
			must(t, c.do())
			tags = []string{tag(c.s), tag(all(Tar))}
		}
		for _, got := range tags {
			if before, twice := seen[got]; twice || len(got) < 10 || got[0] != '"' {
				t.Errorf("%s: %s, like %s", c.name, got, before)
			}
			seen[got] = c.name
		}
	}
}

// A folder's own date changes with hidden files and with what is just coming
// in, so it has that of the newest file below it: in the archive, and so in the
// tag.
func TestFoldersHaveTheDateOfTheirNewestFile(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2024, 3, n, 12, 0, 0, 0, time.UTC) }
	for name, files := range map[string]map[string]int{ // the day of each file
		"newest first":    {"a": 9, "b": 2, "sub/c": 3, "sub/deep/d": 4},
		"newest last":     {"a": 1, "b": 2, "sub/c": 3, "sub/deep/d": 9},
		"in the middle":   {"a": 1, "b": 9, "sub/c": 3, "sub/deep/d": 4},
		"in between them": {"a": 1, "b": 2, "sub/c": 9, "sub/deep/d": 4},
	} {
		t.Run(name, func(t *testing.T) {
			p := packed(t, map[string]string{"a": "1", "b": "2", "sub/c": "3", "sub/deep/d": "4", "without/": ""})
			want := map[string]time.Time{"Photos/without/": day(5)}
			for file, n := range files {
				must(t, os.Chtimes(filepath.Join(p.share.Path(), file), time.Time{}, day(n)))
				for folder := "Photos/" + file; ; {
					folder = folder[:strings.LastIndexByte(strings.TrimSuffix(folder, "/"), '/')+1]
					if folder == "" {
						break
					}
					if day(n).After(want[folder]) {
						want[folder] = day(n)
					}
				}
			}
			touch := func(to time.Time) {
				for _, folder := range []string{"", "sub", "sub/deep"} {
					must(t, os.Chtimes(filepath.Join(p.share.Path(), folder), time.Time{}, to))
				}
				must(t, os.Chtimes(filepath.Join(p.share.Path(), "without"), time.Time{}, day(5)))
			}
			touch(day(20))
			zipped, err := zip.NewReader(bytes.NewReader(whole(t, p, all(ZIP))), open(t, p, all(ZIP)).Size())
			must(t, err)
			for _, f := range zipped.File {
				if at, ok := want[f.Name]; ok && !f.Modified.Equal(at) {
					t.Errorf("ZIP: %s is of %v, want %v", f.Name, f.Modified, at)
				}
			}
			tarred := tar.NewReader(bytes.NewReader(whole(t, p, all(Tar))))
			for h, err := tarred.Next(); err == nil; h, err = tarred.Next() {
				if at, ok := want[h.Name]; ok && !h.ModTime.Equal(at) {
					t.Errorf("tar: %s is of %v, want %v", h.Name, h.ModTime, at)
				}
			}
			tag := open(t, p, all(ZIP)).ETag()
			touch(day(21))
			if again := open(t, packedAt(t, p.share.Path()), all(ZIP)).ETag(); again != tag {
				t.Error("the tag changes with the folders' own dates")
			}
		})
	}
}

// changes are what happens to a file of 300,000 bytes while it goes out.
var changes = []struct {
	name string
	do   func(path string) error
}{
	{"grows", func(path string) error { return os.Truncate(path, 300_001) }},
	{"shrinks", func(path string) error { return os.Truncate(path, 100_000) }},
	{"becomes empty", func(path string) error { return os.Truncate(path, 0) }},
	{"is written over", func(path string) error {
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		_, err = f.WriteAt([]byte("other"), 299_000)
		return errors.Join(err, os.Chtimes(path, time.Time{}, time.Unix(2e9, 0)), f.Close())
	}},
}

// leaveAlone makes a file one that nobody has written to for an hour.
func leaveAlone(t *testing.T, p *Packer, name string) {
	t.Helper()
	then := time.Now().Add(-time.Hour)
	must(t, os.Chtimes(filepath.Join(p.share.Path(), name), then, then))
}

// What it had when the archive was laid out is in it, however often it is
// written to meanwhile.
func TestFileThatGrowsIsSentAsFarAsPromised(t *testing.T) {
	for _, f := range []Format{ZIP, Tar} {
		for _, size := range []int{300_000, maxSummed + 300_000} {
			content := bit(size, 1)
			p := packed(t, map[string]string{"a": "first", "log": content, "z": "last"})
			grow := func() {
				log, err := os.OpenFile(filepath.Join(p.share.Path(), "log"), os.O_APPEND|os.O_WRONLY, 0)
				must(t, err)
				_, err = log.WriteString("a line\n")
				must(t, errors.Join(err, log.Close()))
			}
			r := open(t, p, all(f))
			grow() // before its turn
			var out bytes.Buffer
			_, err := r.Send(&out, 200_000)
			must(t, err)
			grow() // on its way
			_, err = r.Send(&out, r.Size())
			must(t, err)
			if int64(out.Len()) != r.Size() {
				t.Errorf("%d: %d bytes of %d", f, out.Len(), r.Size())
			}
			if got := unpacked(t, f, out.Bytes())["Photos/log"]; got != content {
				t.Errorf("%d: the log has %d bytes, want %d", f, len(got), len(content))
			}
		}
	}
}

// unpacked returns the files of an archive, checked as readers do.
func unpacked(t *testing.T, f Format, b []byte) map[string]string {
	t.Helper()
	files := map[string]string{}
	if f == Tar {
		for r := tar.NewReader(bytes.NewReader(b)); ; {
			h, err := r.Next()
			if err == io.EOF {
				return files
			}
			must(t, err)
			content, err := io.ReadAll(r)
			must(t, err)
			files[h.Name] = string(content)
		}
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	must(t, err)
	for _, f := range z.File {
		r, err := f.Open()
		must(t, err)
		content, err := io.ReadAll(r)
		must(t, err)
		files[f.Name] = string(content)
	}
	return files
}

func TestArchiveIsOfTheFolderAsItIsWhenAsked(t *testing.T) {
	p := packed(t, map[string]string{"a": "first", "b": "last"})
	first := open(t, p, all(ZIP))
	must(t, os.Remove(filepath.Join(p.share.Path(), "a")))
	must(t, os.WriteFile(filepath.Join(p.share.Path(), "new"), []byte("new"), 0o666))
	files := unpacked(t, ZIP, whole(t, p, all(ZIP)))
	if _, old := files["Photos/a"]; old || files["Photos/new"] != "new" {
		t.Errorf("%v, want the folder as it is", files)
	}
	part, err := p.OpenPart(t.Context(), "a", all(ZIP))
	must(t, err)
	defer part.Close()
	if part.ETag() == first.ETag() {
		t.Error("A part is of the archive before last.")
	}
}

func TestFileThatChangesMeanwhileEndsTheArchive(t *testing.T) {
	for _, f := range []Format{ZIP, Tar} {
		for _, knownBefore := range []bool{false, true} {
			for _, c := range changes {
				p := packed(t, map[string]string{"a": "first", "file": bit(300_000, 1), "z": "last"})
				leaveAlone(t, p, "file")
				if knownBefore {
					whole(t, p, all(f))
				}
				r := open(t, p, all(f))
				tag := r.ETag()
				var out bytes.Buffer
				_, err := r.Send(&out, 200_000)
				must(t, err)
				must(t, c.do(filepath.Join(p.share.Path(), "file")))
				_, err = r.Send(&out, r.Size())
				var at *FileError
				if !errors.As(err, &at) || at.Name != "file" || !errors.Is(err, ErrChanged) || r.Err() != err {
					t.Errorf("%d: file %s: %v", f, c.name, err)
				}
				if int64(out.Len()) >= r.Size() {
					t.Errorf("%d: file %s: everything was sent", f, c.name)
				}
				if next := open(t, p, all(f)); next.ETag() == tag {
					t.Errorf("%d: file %s: the next one is said to be the same", f, c.name)
				}
			}
		}
	}
}

func TestFileThatChangesBeforeItsTurn(t *testing.T) {
	for name, do := range map[string]func(path string) error{
		"vanishes":         os.Remove,
		"becomes a folder": func(path string) error { return errors.Join(os.Remove(path), os.Mkdir(path, 0o777)) },
		"becomes a link":   func(path string) error { return errors.Join(os.Remove(path), os.Symlink("/etc/passwd", path)) },
		"grows":            func(path string) error { return os.WriteFile(path, []byte("longer"), 0o666) },
	} {
		p := packed(t, map[string]string{"a": "first", "b": "last"})
		leaveAlone(t, p, "b")
		r := open(t, p, all(ZIP))
		must(t, do(filepath.Join(p.share.Path(), "b")))
		got, err := io.ReadAll(r)
		var at *FileError
		if !errors.As(err, &at) || at.Name != "b" || int64(len(got)) >= r.Size() {
			t.Errorf("it %s: %d bytes of %d, %v", name, len(got), r.Size(), err)
		}
	}
}

// Checksums that are still unknown at the end of a resumed download are computed,
// unless the client has left.
func TestSumsAreReadAgain(t *testing.T) {
	p := packed(t, map[string]string{"a": bit(600_000, 1), "b": bit(10, 2)})
	b := whole(t, p, all(ZIP))
	again := packedAt(t, p.share.Path())
	ctx, leave := context.WithCancel(context.Background())
	r, err := again.Open(ctx, "a", all(ZIP))
	must(t, err)
	defer r.Close()
	leave()
	if _, err := sent(r, r.layout.records, r.Size()); err != context.Canceled {
		t.Errorf("reads on for nobody: %v", err)
	}
	r = open(t, again, all(ZIP))
	if got, err := sent(r, r.layout.records, r.Size()); err != nil || !bytes.Equal(got, b[r.layout.records:]) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	for i := range r.layout.entries {
		if !r.knows(i) {
			t.Errorf("%d is not learnt", i)
		}
	}
}

// kernel is a connection that takes files.
type kernel struct {
	bytes.Buffer
	files []int64 // bytes of each file that came as one
}

func (k *kernel) ReadFrom(src io.Reader) (int64, error) {
	limit, ok := src.(*io.LimitedReader)
	if !ok {
		return 0, errors.ErrUnsupported
	}
	if _, ok := limit.R.(*os.File); !ok {
		return 0, errors.ErrUnsupported
	}
	n, err := k.Buffer.ReadFrom(src)
	k.files = append(k.files, n)
	return n, err
}

func TestFilesAreSentByTheKernelOnceTheirSumIsKnown(t *testing.T) {
	p := packed(t, map[string]string{"a": bit(1_000_000, 1), "b": bit(100, 2), "c": bit(minSendFile, 3)})
	send := func(f Format, from, to int64) []int64 {
		var k kernel
		r := open(t, p, all(f))
		r.Seek(from, io.SeekStart)
		n, err := r.Send(&k, to-from)
		if err != nil || n != min(to, r.Size())-from || int64(k.Len()) != n {
			t.Errorf("%d bytes, %v", n, err)
		}
		return k.files
	}
	for _, c := range []struct {
		name     string
		f        Format
		from, to int64
		want     []int64
	}{
		{"first time", ZIP, 0, 1 << 40, []int64{1_000_000, minSendFile}}, // summed before it is sent
		{"second time", ZIP, 0, 1 << 40, []int64{1_000_000, minSendFile}},
		{"tar", Tar, 0, 1 << 40, []int64{1_000_000, minSendFile}},
		{"part", ZIP, 200_000, 300_000, []int64{100_000}},
	} {
		if got := send(c.f, c.from, c.to); !slices.Equal(got, c.want) {
			t.Errorf("%s: files of %v bytes come, want %v", c.name, got, c.want)
		}
	}
}

func TestSeekAndClose(t *testing.T) {
	p := packed(t, map[string]string{"a": "x"})
	r, err := p.Open(context.Background(), "a", all(ZIP))
	must(t, err)
	if _, err := r.Seek(-1, io.SeekStart); err == nil {
		t.Error("seeks to before the beginning")
	}
	if at, err := r.Seek(3, io.SeekEnd); at != r.Size()+3 || err != nil {
		t.Error(at, err)
	}
	if n, err := r.Read(make([]byte, 1)); n != 0 || err != io.EOF {
		t.Error(n, err)
	}
	if n, err := r.Send(io.Discard, 1); n != 0 || err != nil {
		t.Error(n, err)
	}
	r.Close()
	r.Close()
	if _, err := p.Open(context.Background(), "a", Selection{Title: "x", Folder: "nothing"}); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}
