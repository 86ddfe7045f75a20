package page

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// jsonEntry is one entry as programs read it.
type jsonEntry struct {
	Name     string
	Href     string
	Dir      bool
	Size     int64
	Modified string
}

// jsonFolder is the listing as a program reads it.
type jsonFolder struct {
	Share   string
	Path    string
	Entries []jsonEntry
}

func decoded(t *testing.T, f Folder) jsonFolder {
	t.Helper()
	var b bytes.Buffer
	if err := newPages(t).JSON(&b, f); err != nil {
		t.Fatal(err)
	}
	var got jsonFolder
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatalf("%v in %s", err, b.Bytes())
	}
	return got
}

func TestJSONHasAllOfAnEntry(t *testing.T) {
	dir := t.TempDir()
	when := time.Date(2026, 8, 12, 19, 48, 0, 0, time.FixedZone("", 2*60*60))
	file, folder := filepath.Join(dir, "a b.jpg"), filepath.Join(dir, "Zoo")
	err := errors.Join(os.WriteFile(file, make([]byte, 2400), 0o644), os.Mkdir(folder, 0o755),
		os.Chtimes(file, when, when), os.Chtimes(folder, when, when))
	if err != nil {
		t.Fatal(err)
	}
	got := decoded(t, Folder{Share: `Sum"mer`, Path: "2026/not\xffutf8", List: listing(t, dir)})
	if got.Share != `Sum"mer` || got.Path != "2026/not\ufffdutf8" {
		t.Errorf("share %q, path %q", got.Share, got.Path)
	}
	want := []jsonEntry{
		{Name: "Zoo", Href: "Zoo/", Dir: true, Modified: "2026-08-12T17:48:00Z"},
		{Name: "a b.jpg", Href: "a%20b.jpg", Size: 2400, Modified: "2026-08-12T17:48:00Z"},
	}
	if len(got.Entries) != 2 || got.Entries[0] != want[0] || got.Entries[1] != want[1] {
		t.Errorf("entries %+v, want %+v", got.Entries, want)
	}
}

func TestJSONOfAnEmptyFolder(t *testing.T) {
	var b bytes.Buffer
	if err := newPages(t).JSON(&b, Folder{Share: "S", List: folderOf(t)}); err != nil {
		t.Fatal(err)
	}
	if got, want := b.String(), "{\"share\":\"S\",\"path\":\"\",\"may\":\"read\",\"entries\":[\n]}\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestJSONHasNoPages(t *testing.T) {
	got := decoded(t, Folder{Share: "S", List: folderOf(t, numbered(1001)...)})
	if len(got.Entries) != 1001 {
		t.Errorf("%d entries, want all 1001", len(got.Entries))
	}
}

// Whatever a name holds, programs read it as encoding/json would have written it.
func TestJSONEscapesNames(t *testing.T) {
	for _, name := range []string{"a.jpg", `quo"te`, `back\slash`, "<b>&", "tab\tline\n", "\x00\x1f\x7f", "Übung", "\u2028", "not\xff\xfeutf8", "한글", ""} {
		want, err := json.Marshal(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := string(appendText(nil, name)); got != string(want) {
			t.Errorf("%q is written as %s, want %s", name, got, want)
		}
	}
}
