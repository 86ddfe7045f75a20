package page

import (
	"bytes"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"windowsill/server/share"
)

// indexOf returns the page of a folder for programs.
func indexOf(t *testing.T, f Folder) string {
	t.Helper()
	f.Plain = true
	var b bytes.Buffer
	if err := newPages(t).Show(f).HTML(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// What nginx writes is what most readers of listings know. Of the names in it,
// Kodi wants each link's text to be its address, decoded.
func TestIndexLooksLikeThatOfNginx(t *testing.T) {
	dir := t.TempDir()
	long := strings.Repeat("Größe ", 12) + ".txt"
	for _, name := range []string{"a b.txt", "c:d & 'e' \"f\" <g>", long} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("12345"), 0o644); err != nil {
			t.Skip("this file system does not take the name: ", err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "Zoo"), 0o755); err != nil {
		t.Fatal(err)
	}
	when := time.Date(2026, time.August, 2, 7, 5, 59, 0, time.FixedZone("", 2*60*60))
	for _, name := range []string{"a b.txt", "c:d & 'e' \"f\" <g>", long, "Zoo"} {
		if err := os.Chtimes(filepath.Join(dir, name), when, when); err != nil {
			t.Fatal(err)
		}
	}
	column := func(name string) string { return strings.Repeat(" ", 51-len(name)) + "02-Aug-2026 05:05" }
	want := []string{
		`<!DOCTYPE html>`,
		`<html><head><meta charset="utf-8"><title>Index of /x/&amp;y/</title></head>`,
		`<body><h1>Index of /x/&amp;y/</h1><hr><pre>`,
		`<a href="Zoo/">Zoo/</a>` + column("Zoo/") + strings.Repeat(" ", 20) + "-",
		`<a href="a%20b.txt">a b.txt</a>` + column("a b.txt") + strings.Repeat(" ", 20) + "5",
		`<a href="c%3Ad%20%26%20%27e%27%20%22f%22%20%3Cg%3E">c:d &amp; 'e' "f" &lt;g&gt;</a>` + column(`c:d & 'e' "f" <g>`) + strings.Repeat(" ", 20) + "5",
		`<a href="` + strings.Repeat("Gr%C3%B6%C3%9Fe%20", 12) + `.txt">` + long + `</a> 02-Aug-2026 05:05` + strings.Repeat(" ", 20) + "5",
		`</pre><hr></body></html>`, "",
	}
	got := strings.Split(indexOf(t, Folder{Share: "S", Path: "x/&y", List: listing(t, dir)}), "\n")
	for i := range max(len(got), len(want)) {
		var a, b string
		if i < len(got) {
			a = got[i]
		}
		if i < len(want) {
			b = want[i]
		}
		if a != b {
			t.Errorf("line %d\n got %s\nwant %s", i+1, a, b)
		}
	}
}

// wget -r follows every link, and then those of each page.
func TestIndexLeadsToEntriesAlone(t *testing.T) {
	doc := parse(t, indexOf(t, Folder{Share: "S", Path: "a", List: folderOf(t, append(numbered(1001), "below/")...), Rights: Rights{Add: true, Change: true}, Talks: true}))
	links := 0
	for _, e := range elements(doc, "") {
		for _, a := range e.Attr {
			switch {
			case e.Data == "a" && a.Key == "href" && attr(e, "href") == strings.ReplaceAll(said(e), " ", "%20"):
				links++
			case a.Key != "charset":
				t.Errorf("<%s %s=%q>", e.Data, a.Key, a.Val)
			}
		}
	}
	if links != 1002 {
		t.Errorf("%d links for 1002 entries", links)
	}
}

// Times are in UTC, as those of nginx are, wherever this computer is.
func TestIndexLine(t *testing.T) {
	when := time.Date(2026, time.August, 2, 1, 5, 0, 0, time.FixedZone("", 2*60*60))
	for want, e := range map[string]share.Entry{
		"a 01-Aug-2026 23:05 7":  {Name: "a", Size: 7, Modified: when},
		"a/ 01-Aug-2026 23:05 -": {Name: "a", Dir: true, Size: 4096, Modified: when},
		"a 7":                    {Name: "a", Size: 7},
		"a 01-Aug-12026 23:05 9223372036854775807": {Name: "a", Size: math.MaxInt64, Modified: when.AddDate(10000, 0, 0)},
	} {
		line := string(appendIndexLine(nil, e))
		if got := strings.Join(strings.Fields(said(parse(t, line))), " "); got != want {
			t.Errorf("%s, want %s", line, want)
		}
	}
}

// lines takes so many lines, each in a write of its own, and then fails.
type lines int

var errLeft = errors.New("the device has left")

func (l *lines) Write(p []byte) (int, error) {
	if *l--; *l < 0 {
		return 0, errLeft
	}
	return len(p), nil
}

// What a slow disk tells goes out at once, and it is not asked for more when
// nobody listens.
func TestIndexIsWrittenLineByLine(t *testing.T) {
	left := lines(3)
	if err := newPages(t).Show(Folder{Share: "S", List: folderOf(t, numbered(10)...), Plain: true}).HTML(&left); err != errLeft || left != -1 {
		t.Errorf("%v, %d more were written", err, -left-1)
	}
}

func TestIndexShowsHostileNamesAsText(t *testing.T) {
	for _, name := range hostile {
		if strings.Contains(name, "/") {
			continue
		}
		t.Run("", func(t *testing.T) {
			written := indexOf(t, Folder{Share: name, Path: name, List: folderOf(t, name)})
			doc := parse(t, written)
			if a := elements(doc, "a"); len(a) != 1 || attr(a[0], "href") != Href(name, false) {
				t.Errorf("%q: %s", name, written)
			}
			if i := strings.IndexFunc(strings.ReplaceAll(written, "\n", ""), invisible); i >= 0 {
				t.Errorf("%q: %q goes to a terminal as it is", name, written[i:])
			}
		})
	}
}
