package share

import (
	"context"
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// add writes a file as a visitor's upload does, or puts it in place of another.
func add(t *testing.T, w *Writer, name, text string, replace bool, modified time.Time) error {
	t.Helper()
	p, err := w.NewPartial("", rand.Text()[:22])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := p.Finish(); err != nil {
		t.Fatal(err)
	}
	if replace {
		return p.Replace(name, rand.Text()[:22], modified)
	}
	return p.Place(name, modified)
}

// pageOf returns what the page of a folder says: "" if it has none, "visitors"
// if it is theirs.
func pageOf(t *testing.T, f *Folder, folder string) string {
	t.Helper()
	file, err := f.Page(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return ""
	case errors.Is(err, ErrVisitorsPage):
		return "visitors"
	case err != nil:
		t.Fatal(err)
	}
	defer file.Close()
	b := make([]byte, 100)
	n, _ := file.Read(b)
	return string(b[:n])
}

func TestWhatVisitorsAddIsNoPage(t *testing.T) {
	at := func(f *Folder, name string) string { return filepath.Join(f.Path(), name) }
	must := func(errs ...error) {
		t.Helper()
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
	}
	for name, c := range map[string]struct {
		do   func(f *Folder, w *Writer)
		want string // the page of the folder "in"
	}{
		"the owner's":         {func(f *Folder, w *Writer) {}, "owner"},
		"edited by the owner": {func(f *Folder, w *Writer) { must(os.WriteFile(at(f, "in/index.html"), []byte("edited"), 0o666)) }, "edited"},
		"saved anew by the owner": {func(f *Folder, w *Writer) {
			must(os.WriteFile(at(f, "in/tmp"), []byte("anew"), 0o666), os.Rename(at(f, "in/tmp"), at(f, "in/index.html")))
		}, "anew"},
		"a visitor's name is taken": {func(f *Folder, w *Writer) {
			info, err := os.Stat(at(f, "in/index.html"))
			must(err)
			if err := add(t, w, "in/index.html", "their", false, info.ModTime()); !errors.Is(err, fs.ErrExist) {
				t.Error(err)
			}
		}, "owner"},
		"replaced": {func(f *Folder, w *Writer) { must(add(t, w, "in/index.html", "theirs", true, time.Time{})) }, "visitors"},
		"replaced with an old time": {func(f *Folder, w *Writer) {
			must(add(t, w, "in/index.html", "theirs", true, time.Now().Add(-time.Hour)))
		}, "visitors"},
		"replaced through a link": {func(f *Folder, w *Writer) {
			must(os.Rename(at(f, "in/index.html"), at(f, "in/page.html")), os.Symlink("page.html", at(f, "in/index.html")))
			must(add(t, w, "in/index.html", "theirs", true, time.Time{}))
		}, "visitors"},
		"a link of the owner's": {func(f *Folder, w *Writer) {
			must(os.Rename(at(f, "in/index.html"), at(f, "in/page.html")), os.Symlink("page.html", at(f, "in/index.html")))
		}, "owner"},
		"the target of a link replaced": {func(f *Folder, w *Writer) {
			must(os.Rename(at(f, "in/index.html"), at(f, "in/page.html")), os.Symlink("page.html", at(f, "in/index.html")))
			must(add(t, w, "in/page.html", "theirs", true, time.Time{}), add(t, w, "in/x.jpg", "picture", false, time.Time{}))
		}, "visitors"},
		"the target of a link deleted and brought back": {func(f *Folder, w *Writer) {
			id := rand.Text()[:22]
			must(os.Rename(at(f, "in/index.html"), at(f, "in/page.html")), os.Symlink("page.html", at(f, "in/index.html")))
			must(add(t, w, "in/page.html", "theirs", true, time.Time{}), w.Trash("in/page.html", id))
			must(add(t, w, "in/x.jpg", "picture", false, time.Time{}), w.Restore(id, "in/page.html"))
		}, "visitors"},
		"replaced through a link, and a like name added": {func(f *Folder, w *Writer) {
			must(os.Rename(at(f, "in/index.html"), at(f, "in/page.html")), os.Symlink("page.html", at(f, "in/index.html")))
			must(add(t, w, "in/index.html", "theirs", true, time.Time{}), add(t, w, "in/in\u200ddex.html", "more", false, time.Time{}))
		}, "visitors"},
		"beside a link of the owner's": {func(f *Folder, w *Writer) {
			must(os.Rename(at(f, "in/index.html"), at(f, "in/page.html")), os.Symlink("page.html", at(f, "in/index.html")))
			must(add(t, w, "in/x.jpg", "picture", false, time.Time{}), w.Move("in/x.jpg", "in/y.jpg"))
		}, "owner"},
		"moved over": {func(f *Folder, w *Writer) { must(w.MoveOver("x.html", "in/index.html", rand.Text()[:22])) }, "visitors"},
		"moved there": {func(f *Folder, w *Writer) {
			must(os.Remove(at(f, "in/index.html")), w.Move("x.html", "in/index.html"))
		}, "visitors"},
		"a link moved there": {func(f *Folder, w *Writer) {
			must(os.Remove(at(f, "in/index.html")), os.Symlink("../x.html", at(f, "in/l")), w.Move("in/l", "in/index.html"))
		}, "visitors"},
		"in a folder that was moved": {func(f *Folder, w *Writer) {
			must(w.Trash("in", rand.Text()[:22]), w.MakeFolder("new"), add(t, w, "new/index.html", "theirs", false, time.Time{}), w.Move("new", "in"))
		}, "visitors"},
		"in a folder that the owner moved": {func(f *Folder, w *Writer) {
			must(w.Trash("in", rand.Text()[:22]), w.MakeFolder("new"), add(t, w, "new/index.html", "theirs", false, time.Time{}), os.Rename(at(f, "new"), at(f, "in")))
		}, "visitors"},
		"deleted and brought back": {func(f *Folder, w *Writer) {
			id := rand.Text()[:22]
			must(add(t, w, "in/index.html", "theirs", true, time.Time{}), w.Trash("in/index.html", id))
			must(add(t, w, "in/index.html", "more of theirs", false, time.Time{}), w.Trash("in/index.html", rand.Text()[:22]))
			must(w.Restore(id, "in/index.html"))
		}, "visitors"},
		"the owner's, deleted and brought back": {func(f *Folder, w *Writer) {
			id := rand.Text()[:22]
			must(w.Trash("in/index.html", id), w.Restore(id, "in/index.html"))
		}, "owner"},
		"the owner's, replaced and brought back": {func(f *Folder, w *Writer) {
			id := rand.Text()[:22]
			must(w.MoveOver("x.html", "in/index.html", id), w.Trash("in/index.html", rand.Text()[:22]), w.Restore(id, "in/index.html"))
		}, "owner"},
		"one of two that are added at a time": {func(f *Folder, w *Writer) {
			must(add(t, w, "in/index.html", "theirs", true, time.Time{}))
			if err := add(t, w, "in/index.html", "late", false, time.Time{}); !errors.Is(err, fs.ErrExist) {
				t.Error(err)
			}
		}, "visitors"},
		"deleted by the owner, who then makes one": {func(f *Folder, w *Writer) {
			must(add(t, w, "in/index.html", "theirs", true, time.Time{}), os.Remove(at(f, "in/index.html")))
			must(os.WriteFile(at(f, "in/index.html"), []byte("of my own"), 0o666))
		}, "of my own"},
		"another number, as on a memory card": {func(f *Folder, w *Writer) {
			must(add(t, w, "in/index.html", "theirs", true, time.Time{}))
			info, err := os.Stat(at(f, "in/index.html"))
			must(err, os.WriteFile(at(f, "in/copy"), []byte("theirs"), 0o666))
			must(os.Rename(at(f, "in/copy"), at(f, "in/index.html")), os.Chtimes(at(f, "in/index.html"), time.Time{}, info.ModTime().Truncate(2*time.Second)))
		}, "visitors"},
		"another number, and a time that the drive does not keep": {func(f *Folder, w *Writer) {
			must(add(t, w, "in/index.html", "theirs", true, time.Date(1700, 1, 1, 0, 0, 0, 0, time.UTC)))
			info, err := os.Stat(at(f, "in/index.html"))
			must(err, os.WriteFile(at(f, "in/copy"), []byte("theirs"), 0o666))
			must(os.Rename(at(f, "in/copy"), at(f, "in/index.html")), os.Chtimes(at(f, "in/index.html"), time.Time{}, info.ModTime()))
		}, "visitors"},
		"a note that is damaged": {func(f *Folder, w *Writer) {
			must(add(t, w, "in/index.html", "theirs", true, time.Time{}), os.WriteFile(at(f, "in/.windowsill-page.json"), nil, 0o666))
		}, "visitors"},
		"accepted": {func(f *Folder, w *Writer) {
			must(add(t, w, "in/index.html", "theirs", true, time.Time{}), w.AcceptPage("in"))
		}, "theirs"},
		"accepted, then replaced": {func(f *Folder, w *Writer) {
			must(add(t, w, "in/index.html", "theirs", true, time.Time{}), w.AcceptPage("in"), add(t, w, "in/index.html", "new", true, time.Time{}))
		}, "visitors"},
		"a link to another folder, that visitors have left alone": {func(f *Folder, w *Writer) {
			must(os.Remove(at(f, "in/index.html")), os.Symlink("../x.html", at(f, "in/index.html")))
		}, "moved"},
		"a link to another folder, where it is replaced": {func(f *Folder, w *Writer) {
			must(os.Remove(at(f, "in/index.html")), os.Symlink("../x.html", at(f, "in/index.html")))
			must(add(t, w, "x.html", "theirs", true, time.Time{}))
		}, "visitors"},
		"a link to another folder, accepted": {func(f *Folder, w *Writer) {
			must(os.Remove(at(f, "in/index.html")), os.Symlink("../x.html", at(f, "in/index.html")))
			must(add(t, w, "x.html", "theirs", true, time.Time{}), w.AcceptPage("in"))
		}, "theirs"},
		"a link to another folder, accepted, where one of the same size and time comes": {func(f *Folder, w *Writer) {
			must(os.Remove(at(f, "in/index.html")), os.Symlink("../x.html", at(f, "in/index.html")))
			must(add(t, w, "x.html", "theirs", true, time.Unix(1e9, 0)), w.AcceptPage("in"))
			must(add(t, w, "x.html", "THEIRS", true, time.Unix(1e9, 0)))
		}, "visitors"},
		"deleted": {func(f *Folder, w *Writer) { must(w.Trash("in/index.html", rand.Text()[:22])) }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			f := opened(t, Options{}, map[string]string{"in/index.html": "owner", "x.html": "moved"})
			long := time.Now().Add(-24 * time.Hour)
			must(os.Chtimes(at(f, "in/index.html"), long, long))
			c.do(f, f.Writer())
			if got := pageOf(t, f, "in"); got != c.want {
				t.Errorf("the page is %q, want %q", got, c.want)
			}
			if got := pageOf(t, openedAt(t, f.Path(), Options{}), "in"); got != c.want {
				t.Errorf("after a restart the page is %q, want %q", got, c.want)
			}
		})
	}
}

// Before time zones, clocks differed from UTC by seconds.
func TestVisitorsPageOfATimeBeforeZones(t *testing.T) {
	defer func(was *time.Location) { time.Local = was }(time.Local)
	time.Local = time.FixedZone("LMT", 19*60+32) // Amsterdam until 1937
	f := opened(t, Options{}, map[string]string{"in/": ""})
	page := filepath.Join(f.Path(), "in/index.html")
	err := add(t, f.Writer(), "in/index.html", "theirs", false, time.Date(1930, 1, 1, 0, 0, 0, 0, time.UTC))
	info, err2 := os.Stat(page)
	copied := os.WriteFile(page+"2", []byte("theirs"), 0o666) // another number, as on a memory card
	if err := errors.Join(err, err2, copied, os.Rename(page+"2", page), os.Chtimes(page, time.Time{}, info.ModTime())); err != nil {
		t.Fatal(err)
	}
	if got := pageOf(t, f, "in"); got != "visitors" {
		t.Errorf("the page is %q, want theirs", got)
	}
}

func TestPageNames(t *testing.T) {
	for name, want := range map[string]bool{
		"index.html": true, "a/index.html": true, "INDEX.Html": true, "in\u200cdex.html": true, "index.htm": false,
		"index.html/x": false, "xindex.html": false, "index (2).html": false,
	} {
		if namesPage(name) != want {
			t.Errorf("%q: %t", name, !want)
		}
	}
}

func TestVisitorsPagesIfTheOwnerWants(t *testing.T) {
	f := opened(t, Options{VisitorsPages: true}, nil)
	if err := add(t, f.Writer(), "index.html", "theirs", false, time.Time{}); err != nil {
		t.Fatal(err)
	}
	if got := pageOf(t, f, ""); got != "theirs" {
		t.Error(got)
	}
}

func TestNoteOfAPageThatIsGone(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"in/": ""})
	for _, name := range []string{"in/index.html", "index.html"} {
		if err := add(t, f.Writer(), name, "theirs", false, time.Time{}); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Remove(filepath.Join(f.Path(), "in", "index.html")); err != nil {
		t.Fatal(err)
	}
	f.Writer().RemoveStale(context.Background(), time.Now())
	notes, _ := filepath.Glob(filepath.Join(f.Path(), "in", ".windowsill-*"))
	if len(notes) != 0 {
		t.Error(notes)
	}
	if got := pageOf(t, f, ""); got != "visitors" {
		t.Errorf("the page that is there is %q", got)
	}
}
