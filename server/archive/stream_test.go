package archive

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// streamed reads a ZIP from front to back by its local headers alone, as
// java.util.zip.ZipInputStream does: it believes a descriptor only behind
// content that says itself where it ends.
func streamed(t *testing.T, b []byte) map[string]string {
	t.Helper()
	files := map[string]string{}
	for r := bufio.NewReader(bytes.NewReader(b)); ; {
		head := make([]byte, 30)
		if _, err := io.ReadFull(r, head); err != nil || le.Uint32(head) != localSignature {
			return files
		}
		flags, method, sum := le.Uint16(head[6:]), le.Uint16(head[8:]), le.Uint32(head[14:])
		stored := int64(le.Uint32(head[18:]))
		name := make([]byte, le.Uint16(head[26:]))
		_, err := io.ReadFull(r, name)
		must(t, err)
		_, err = r.Discard(int(le.Uint16(head[28:])))
		must(t, err)
		var content []byte
		switch {
		case method == 8:
			content, err = io.ReadAll(flate.NewReader(r))
		case flags&flagDescriptor != 0:
			t.Fatalf("%s: nobody can tell where it ends", name)
		default:
			content, err = io.ReadAll(io.LimitReader(r, stored))
		}
		must(t, err)
		if flags&flagDescriptor != 0 {
			descriptor := make([]byte, 16)
			_, err := io.ReadFull(r, descriptor)
			must(t, err)
			sum = le.Uint32(descriptor[4:])
			if size := int(le.Uint32(descriptor[12:])); size != len(content) {
				t.Errorf("%s: %d bytes, but its descriptor says %d", name, len(content), size)
			}
		}
		if got := crc32.ChecksumIEEE(content); got != sum {
			t.Errorf("%s: checksum %08x, want %08x", name, got, sum)
		}
		files[string(name)] = string(content)
	}
}

func TestZIPCanBeReadAsAStream(t *testing.T) {
	files := map[string]string{
		"empty": "", "a": "first", "d/b": bit(100_000, 1),
		"at the limit": bit(maxSummed, 2), "above it": bit(maxSummed+1, 3), "in whole blocks": bit(100*blockSize, 4),
	}
	p := packed(t, files)
	for _, pass := range []string{"first", "second"} {
		got := streamed(t, whole(t, p, all(ZIP)))
		for name, content := range files {
			if got["Photos/"+name] != content {
				t.Errorf("%s pass: %s has %d bytes, want %d", pass, name, len(got["Photos/"+name]), len(content))
			}
		}
	}
}

func TestContentInBlocksCanBeReadFromAnywhere(t *testing.T) {
	p := packed(t, map[string]string{"film": bit(maxSummed+3*blockSize+7, 1)})
	b := whole(t, p, all(ZIP))
	for _, from := range []int64{1, 70, 71, 76, 77, blockSize + 60, 2*(blockSize+blockHeader) + 68, int64(len(b)) - 300} {
		r := open(t, p, all(ZIP))
		r.Seek(from, io.SeekStart)
		rest, err := io.ReadAll(r)
		must(t, err)
		if !bytes.Equal(rest, b[from:]) {
			t.Errorf("from %d on it is something else", from)
		}
	}
}

// Readers that do not know PAX see the size and a name in the header itself.
func TestTarForReadersWithoutPAX(t *testing.T) {
	long := strings.Repeat("long folder name/", 16)
	seen := map[string]string{}
	for _, c := range []struct {
		path string
		size int64
		want string // name as ustar has it; "" if only that it differs counts
	}{
		{"Photos/a.txt", 5, "Photos/a.txt"},
		{"Photos/film.mkv", 9 << 30, "Photos/film.mkv"},
		{"Photos/ä.txt", 5, "Photos/ä.txt"},
		{"Photos/ö.txt", 5, "Photos/ö.txt"},
		{"Photos/日本.txt", 5, "Photos/日本.txt"},
		{strings.Repeat("f", 90) + "/" + strings.Repeat("n", 60), 5, strings.Repeat("f", 90) + "/" + strings.Repeat("n", 60)},
		{long + "one.txt", 5, ""},
		{long + "two.txt", 5, ""},
		{"Photos/" + strings.Repeat("x", 200) + "1", 5, ""},
		{"Photos/" + strings.Repeat("x", 200) + "2", 5, ""},
	} {
		b := tarFormat{}.header(nil, []byte(c.path), &entry{size: c.size, mode: 0o644, modified: time.Unix(1.7e9, 0).UnixNano()}, 0)
		h, err := tar.NewReader(bytes.NewReader(append(bytes.Clone(b), make([]byte, 1024)...))).Next()
		if err != nil || h.Name != c.path || h.Size != c.size {
			t.Errorf("%s: with PAX it is %+v, %v", c.path, h, err)
		}
		ustar := b[len(b)-tarBlock:]
		size := int64(0)
		if ustar[124]&0x80 != 0 {
			size = int64(binary.BigEndian.Uint64(ustar[128:136]))
		} else {
			for _, digit := range bytes.TrimRight(ustar[124:136], "\x00 ") {
				size = size<<3 | int64(digit-'0')
			}
		}
		name := string(bytes.TrimRight(ustar[:100], "\x00"))
		if prefix := bytes.TrimRight(ustar[345:500], "\x00"); len(prefix) > 0 {
			name = string(prefix) + "/" + name
		}
		if size != c.size || c.want != "" && name != c.want || seen[name] != "" {
			t.Errorf("%s: without PAX it is %q of %d bytes; that is also %s", c.path, name, size, seen[name])
		}
		seen[name] = c.path
	}
}

func TestTarKeepsTimesBefore1970AndAfter2038(t *testing.T) {
	p := packed(t, map[string]string{"a": "1"})
	for _, at := range []time.Time{time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2100, 1, 2, 3, 4, 5, 0, time.UTC)} {
		must(t, os.Chtimes(filepath.Join(p.share.Path(), "a"), at, at))
		r := tar.NewReader(bytes.NewReader(whole(t, p, all(Tar))))
		for h, err := r.Next(); err != io.EOF; h, err = r.Next() {
			must(t, err)
			if h.Name == "Photos/a" && !h.ModTime.Equal(at) {
				t.Errorf("%v, want %v", h.ModTime, at)
			}
		}
	}
}
