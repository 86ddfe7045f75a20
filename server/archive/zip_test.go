package archive

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// unzip returns what is in a ZIP by name; zip.Reader checks the sums.
func unzip(t testing.TB, b []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	must(t, err)
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		must(t, err)
		content, err := io.ReadAll(r)
		if err != nil {
			t.Errorf("%q: %v", f.Name, err)
		}
		if _, twice := files[f.Name]; twice {
			t.Errorf("%q is there twice", f.Name)
		}
		files[f.Name] = string(content)
	}
	return files
}

// same fails unless an archive holds exactly these files.
func same(t testing.TB, got, want map[string]string) {
	t.Helper()
	if !maps.Equal(got, want) {
		t.Errorf("%q, want %q", slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
	}
}

func TestZIPHoldsWhatIsListed(t *testing.T) {
	p := packed(t, map[string]string{
		"a.txt": "hello", "zero": "", "empty/": "", "sub/deep/Größe 日本.txt": "deep", "sub/b": bit(100_000, 1),
		".hidden": "SECRET", ".git/config": "SECRET", "out": "->../../etc/passwd", "link": "->a.txt", "sub/inside": "->../shared",
		"shared/x": "x", ".windowsill-1": "SECRET",
	})
	same(t, unzip(t, whole(t, p, all(ZIP))), map[string]string{
		"Photos/": "", "Photos/a.txt": "hello", "Photos/link": "hello", "Photos/zero": "", "Photos/empty/": "", "Photos/shared/": "", "Photos/shared/x": "x",
		"Photos/sub/": "", "Photos/sub/b": bit(100_000, 1), "Photos/sub/deep/": "", "Photos/sub/deep/Größe 日本.txt": "deep",
		"NOT INCLUDED.txt": "These are not in this archive:\r\n\r\nPhotos/sub/inside\r\n    It is a link to a folder that is in here under its own name.\r\n",
	})
	sub := Selection{Title: "deep", Folder: "sub/deep"}
	same(t, unzip(t, whole(t, p, sub)), map[string]string{"deep/": "", "deep/Größe 日本.txt": "deep"})
	some := Selection{Title: "Photos", Names: []string{"zero", "sub"}}
	same(t, unzip(t, whole(t, p, some)), map[string]string{
		"Photos/": "", "Photos/zero": "", "Photos/sub/": "", "Photos/sub/b": bit(100_000, 1), "Photos/sub/deep/": "", "Photos/sub/deep/Größe 日本.txt": "deep",
		"Photos/sub/inside/": "", "Photos/sub/inside/x": "x",
	})
}

func TestZIPKeepsTimesAndModes(t *testing.T) {
	p := packed(t, map[string]string{"d/a": "x", "d/e/": "", "old": "", "far": ""})
	dir := p.share.Path()
	at := time.Date(2024, 2, 29, 12, 34, 57, 0, time.UTC)
	must(t, os.Chmod(filepath.Join(dir, "d/a"), 0o640))
	must(t, os.Chmod(filepath.Join(dir, "d"), 0o750))
	for name, at := range map[string]time.Time{"d/a": at, "d/e": time.Unix(7, 0), "old": time.Unix(-4, 0), "far": time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)} {
		must(t, os.Chtimes(filepath.Join(dir, name), at, at))
	}
	b := whole(t, p, all(ZIP))
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	must(t, err)
	want := map[string]struct {
		mode fs.FileMode
		at   time.Time
	}{
		"Photos/d/a":  {0o640, at},
		"Photos/d/":   {fs.ModeDir | 0o750, at}, // the folder's time is that of what is in it
		"Photos/d/e/": {fs.ModeDir | 0o755, time.Unix(7, 0)},
		"Photos/old":  {0o644, time.Unix(-4, 0)},
		"Photos/far":  {0o644, time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)},
	}
	for _, f := range z.File {
		if f.Method != zip.Store || f.Flags&flagUTF8 == 0 || f.NonUTF8 {
			t.Errorf("%s: method %d, flags %x", f.Name, f.Method, f.Flags)
		}
		w, ok := want[f.Name]
		if delete(want, f.Name); ok && (f.Mode()&^0o022 != w.mode&^0o022 || !f.Modified.Local().Truncate(2*time.Second).Equal(w.at.Truncate(2*time.Second))) {
			t.Errorf("%s: %v %v, want %v %v", f.Name, f.Mode(), f.Modified, w.mode, w.at)
		}
	}
	if len(want) > 0 {
		t.Errorf("not there: %v", want)
	}
}

// Readers take the seconds of a timestamp as signed or unsigned, and of several
// timestamps the first or the last: none of them may be a century off.
func TestZIPHasNoTimeThatReadersTakeForAnother(t *testing.T) {
	for _, c := range []struct {
		at   time.Time
		want []uint16
	}{
		{time.Date(1950, 2, 25, 0, 0, 0, 0, time.UTC), []uint16{extraNTFS}},
		{time.Unix(-1, 0), []uint16{extraNTFS}},
		{time.Unix(0, 0), []uint16{extraTime}},
		{time.Unix(math.MaxInt32, 0), []uint16{extraTime}},
		{time.Unix(math.MaxInt32+1, 0), []uint16{extraUnix, extraNTFS}},
		{time.Unix(math.MaxUint32, 0), []uint16{extraUnix, extraNTFS}},
		{time.Unix(math.MaxUint32+1, 0), []uint16{extraNTFS}},
	} {
		var got []uint16
		for b := appendTime(nil, &entry{modified: c.at.UnixNano()}); len(b) > 0; b = b[4+le.Uint16(b[2:]):] {
			got = append(got, le.Uint16(b))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%v: fields %x, want %x", c.at, got, c.want)
		}
	}
}

// zipNames are names and how a ZIP has them.
var zipNames = []struct{ name, want string }{
	{"plain.txt", "plain.txt"},
	{"Größe 💥", "Größe 💥"},
	{"new\nline", "new\nline"},
	{`..\..\evil`, "..\uFFFD5c..\uFFFD5cevil"},
	{"\xff\xfe", "\uFFFDff\uFFFDfe"},
	{"cut \xe2\x82", "cut \uFFFDe2\uFFFD82"},
	{"\uFFFDff", "\uFFFDef\uFFFDbf\uFFFDbdff"},
	{"\uFFFD", "\uFFFD"},
	{"\uFFFD!", "\uFFFD!"},
}

func TestZIPNames(t *testing.T) {
	for _, c := range zipNames {
		if got := string(zipFormat{}.path(nil, []byte(c.name))); got != c.want {
			t.Errorf("%q becomes %q, want %q", c.name, got, c.want)
		}
	}
}

func FuzzZIPNames(f *testing.F) {
	for _, c := range zipNames {
		f.Add(c.name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		got := string(zipFormat{}.path(nil, []byte(name)))
		if !utf8.ValidString(got) || strings.Contains(got, `\`) || strings.Count(got, "/") != strings.Count(name, "/") {
			t.Errorf("%q becomes %q", name, got)
		}
		if back := unreplaced(got); back != name {
			t.Errorf("%q becomes %q, which could as well be %q", name, got, back)
		}
	})
}

// unreplaced is the way back from a name in a ZIP.
func unreplaced(s string) string {
	var b strings.Builder
	for s != "" {
		c, n := utf8.DecodeRuneInString(s)
		if c == '\uFFFD' && len(s) >= n+2 && isHex(s[n]) && isHex(s[n+1]) {
			var octet byte
			fmt.Sscanf(s[n:n+2], "%02x", &octet)
			b.WriteByte(octet)
			n += 2
		} else {
			b.WriteString(s[:n])
		}
		s = s[n:]
	}
	return b.String()
}

func TestDOSTime(t *testing.T) {
	for _, c := range []struct {
		at         time.Time
		day, clock uint16
	}{
		{time.Date(2026, 8, 12, 17, 48, 33, 0, time.Local), 46<<9 | 8<<5 | 12, 17<<11 | 48<<5 | 16},
		{time.Date(1980, 1, 1, 0, 0, 0, 0, time.Local), 1<<5 | 1, 0},
		{time.Date(1979, 12, 31, 0, 0, 0, 0, time.Local), 1<<5 | 1, 0},
		{time.Date(2108, 1, 1, 0, 0, 0, 0, time.Local), 127<<9 | 12<<5 | 31, 23<<11 | 59<<5 | 29},
	} {
		if day, clock := dosTime(c.at); day != c.day || clock != c.clock {
			t.Errorf("%v: %x %x, want %x %x", c.at, day, clock, c.day, c.clock)
		}
	}
}
