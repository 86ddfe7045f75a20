package archive

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"windowsill/server/share"
)

// at reads an archive as zip.NewReader wants to.
type at struct{ *Reader }

func (a at) ReadAt(p []byte, off int64) (int, error) {
	if _, err := a.Seek(off, io.SeekStart); err != nil {
		return 0, err
	}
	return io.ReadFull(a.Reader, p)
}

// The files are sparse and their checksums given, so gigabytes need not be read.
func TestZIP64ExactlyWhereNeeded(t *testing.T) {
	const limit = 1<<32 - 1
	for _, c := range []struct {
		name  string
		sizes []int64
		large int64 // bytes of ZIP64 in the archive
	}{
		{"small", []int64{1, 2}, 0},
		{"all just below the limit", []int64{limit - 400_000, 1}, 0},
		{"file just below the limit", []int64{limit - 1 - 327_700}, 56 + 20},
		{"file that is in blocks at the limit", []int64{limit - 100_000}, 20 + 8 + 28 + 56 + 20},
		{"file at the limit", []int64{limit}, 20 + 8 + 28 + 56 + 20},
		{"file after the limit", []int64{limit - 1 - 327_700, 1}, 28 + 56 + 20},
		{"large file after the limit", []int64{limit - 1 - 327_700, 5 << 30}, 20 + 8 + 28 + 56 + 20},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			const stamp = 4 + 9
			plain := int64(2*(len("Photos/")+stamp)+30+46) + 22
			for i, size := range c.sizes {
				name := filepath.Join(dir, string(rune('a'+i)))
				must(t, os.WriteFile(name, nil, 0o666))
				if err := os.Truncate(name, size); err != nil {
					t.Skip("no sparse files: ", err)
				}
				plain += size + 2*int64(len("Photos/a")+stamp) + 30 + 46
				if size > maxSummed {
					plain += blockHeader*blocksOf(size) + 16
				}
			}
			r := open(t, packedAt(t, dir), all(ZIP))
			if got := r.Size() - plain; got != c.large {
				t.Errorf("%d bytes of ZIP64, want %d", got, c.large)
			}
			for i := range r.layout.entries {
				r.layout.learn(i, uint32(i))
			}
			z, err := zip.NewReader(at{r}, r.Size())
			must(t, err)
			for i, size := range c.sizes {
				f := z.File[i+1]
				offset, err := f.DataOffset()
				if err != nil || f.UncompressedSize64 != uint64(size) || f.CRC32 != uint32(i+1) || offset != r.layout.entries[i+1].offset+int64(r.layout.entries[i+1].headerSize) {
					t.Errorf("%+v at %d, %v", f.FileHeader, offset, err)
				}
			}
		})
	}
}

// laidOut returns a layout of n empty files that are nowhere.
func laidOut(t testing.TB, f Format, n int) *Reader {
	t.Helper()
	l := &layout{format: f.format()}
	b := builder{layout: l, take: func(int64) error { return nil }}
	s := all(f)
	must(t, b.item(s, share.Item{Entry: share.Entry{Dir: true}}))
	for i := range n {
		if i%1000 == 0 {
			must(t, b.item(s, share.Item{Entry: share.Entry{Name: fmt.Sprintf("folder %d", i/1000), Dir: true}, Depth: 1}))
		}
		must(t, b.item(s, share.Item{Entry: share.Entry{Name: fmt.Sprintf("IMG_%08d.jpg", i), Modified: time.Unix(1.7e9, 0)}, Depth: 2}))
	}
	b.dateFolders()
	b.setOffsets()
	l.usage.users = 2
	return &Reader{layout: l, packer: New(nil)}
}

func TestZIPOfManyFiles(t *testing.T) {
	for _, n := range []int{65_400, 65_469, 70_000} { // besides the folders
		r := laidOut(t, ZIP, n)
		b, err := io.ReadAll(r)
		must(t, err)
		z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
		must(t, err)
		if want := 1 + (n+999)/1000 + n; len(z.File) != want {
			t.Errorf("%d files, want %d", len(z.File), want)
		}
		large := bytes.Contains(b[len(b)-98:], []byte{0x50, 0x4b, 6, 6})
		if want := len(z.File) >= 65_535; large != want {
			t.Errorf("%d files: ZIP64 is %v", len(z.File), large)
		}
	}
}

func TestLayoutNeedsLittleMemory(t *testing.T) {
	const n = 100_000
	for _, f := range []Format{ZIP, Tar} {
		heap := func() uint64 {
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			return m.HeapAlloc
		}
		before := heap()
		r := laidOut(t, f, n)
		if each := int64(heap()-before) / n; each > 200 {
			t.Errorf("%d bytes an entry", each)
		} else {
			t.Log(each, "bytes an entry")
		}
		runtime.KeepAlive(r)
	}
}

func TestWhatIsLeftOutIsListed(t *testing.T) {
	l := &layout{format: ZIP.format()}
	b := builder{layout: l, take: func(int64) error { return nil }}
	item := func(name string, depth int, dir bool, err error) {
		must(t, b.item(all(ZIP), share.Item{Entry: share.Entry{Name: name, Dir: dir}, Depth: depth, Err: err}))
	}
	item("", 0, true, nil)
	item("secret\nfile", 1, false, os.ErrPermission)
	item("odd", 1, false, io.ErrUnexpectedEOF)
	item("folder", 1, true, nil)
	item("circle", 2, true, share.ErrVisited)
	item("gone", 2, false, os.ErrNotExist)
	item("kept", 2, false, nil)
	for i := range 300 {
		item(strings.Repeat("n", 250), 2+i, true, nil)
	}
	must(t, b.addNote())
	text := string(l.note)
	for _, want := range []string{
		"Photos/secret\uFFFDfile\r\n    The computer that shares this may not read it.\r\n",
		"Photos/odd\r\n    The computer that shares this could not read it.\r\n",
		"Photos/folder/circle\r\n    It is a link",
		"Photos/folder/gone\r\n    It is not there any more.\r\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in %q", want, text[:min(len(text), 2000)])
		}
	}
	if strings.Contains(text, "kept") || !strings.Contains(text, "Its path is too long") {
		t.Errorf("%d bytes", len(text))
	}
}

func TestListOfWhatIsLeftOutIsBounded(t *testing.T) {
	var o omitted
	for range 20_000 {
		o.add(bytes.Repeat([]byte("n"), 100), os.ErrPermission)
	}
	if text := o.list.under("These:"); len(text) > 2*maxList || !strings.Contains(text, " more.\r\n") {
		t.Errorf("%d bytes: …%q", len(text), text[len(text)-50:])
	}
}
