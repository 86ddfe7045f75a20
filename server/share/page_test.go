package share

import (
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
		}, "visitors"},
		"deleted by the owner, who makes one after the share was tidied": {func(f *Folder, w *Writer) {
			must(add(t, w, "in/index.html", "theirs", true, time.Time{}), os.Remove(at(f, "in/index.html")))
			w.RemoveStale(t.Context(), time.Now())
			must(os.WriteFile(at(f, "in/index.html"), []byte("of my own"), 0o666))
		}, "of my own"},
		"deleted by visitors, before the owner makes one": {func(f *Folder, w *Writer) {
			must(add(t, w, "in/index.html", "theirs", true, time.Time{}), w.Trash("in/index.html", rand.Text()[:22]))
			must(os.WriteFile(at(f, "in/index.html"), []byte("of my own"), 0o666))
		}, "of my own"},
		"moved away by visitors, before the owner makes one": {func(f *Folder, w *Writer) {
			must(add(t, w, "in/index.html", "theirs", true, time.Time{}), w.Move("in/index.html", "in/home.html"))
			must(os.WriteFile(at(f, "in/index.html"), []byte("of my own"), 0o666))
		}, "of my own"},
		"edited in place": {func(f *Folder, w *Writer) {
			must(add(t, w, "in/index.html", "theirs", true, time.Time{}), os.WriteFile(at(f, "in/index.html"), []byte("edited"), 0o666))
		}, "visitors"},
		"saved anew, as by mv and sed -i": {func(f *Folder, w *Writer) {
			must(add(t, w, "in/index.html", "theirs", true, time.Time{}))
			must(os.WriteFile(at(f, "in/copy"), []byte("edited"), 0o666), os.Rename(at(f, "in/copy"), at(f, "in/index.html")))
		}, "visitors"},
		"saved anew, as by an editor that keeps the old one": {func(f *Folder, w *Writer) {
			must(add(t, w, "in/index.html", "theirs", true, time.Time{}))
			must(os.Rename(at(f, "in/index.html"), at(f, "in/index.html~")), os.WriteFile(at(f, "in/index.html"), []byte("edited"), 0o666))
		}, "visitors"},
		"copied with its folder, as by cp -r": {func(f *Folder, w *Writer) {
			must(add(t, w, "in/index.html", "theirs", true, time.Time{}), os.CopyFS(at(f, "new"), os.DirFS(at(f, "in"))))
			must(os.Rename(at(f, "in"), at(f, "old")), os.Rename(at(f, "new"), at(f, "in")))
		}, "visitors"},
		"another file of theirs that the owner gives the name": {func(f *Folder, w *Writer) {
			must(add(t, w, "in/home.html", "chosen", false, time.Time{}), os.Rename(at(f, "in/home.html"), at(f, "in/index.html")))
		}, "chosen"},
		"the owner's, replaced where nothing can be replaced in one step": {func(f *Folder, w *Writer) {
			id := rand.Text()[:22]
			must(os.Mkdir(at(f, "y.html"), 0o777), w.MoveOver("y.html", "in/index.html", id))
			must(w.Trash("in/index.html", rand.Text()[:22]), w.Restore(id, "in/index.html"))
		}, "owner"},
		"a note that is damaged": {func(f *Folder, w *Writer) {
			must(add(t, w, "in/index.html", "theirs", true, time.Time{}), os.WriteFile(at(f, "in/.windowsill-page.json"), []byte("{"), 0o666))
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

// A folder can be renamed at any time, also between the moment in which its page is
// opened and the one in which its note is read.
func TestAPageWhoseFolderIsRenamedMeanwhile(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"site/index.html": "owner"})
	tree, w := treeOf(f), f.Writer()
	if err := errors.Join(w.MakeFolder("theirs"), add(t, w, "theirs/index.html", "theirs", false, time.Time{})); err != nil {
		t.Fatal(err)
	}
	page, found, err := tree.reach("theirs/index.html")
	if err != nil {
		t.Fatal(err)
	}
	defer page.Close()
	if err := w.Move("theirs", "away"); err != nil {
		t.Fatal(err)
	}
	if err := (pages{tree}).check("theirs", page, found); err == nil {
		t.Error("the page of a folder that is not there any more counts as the owner's")
	}
	if err := w.Move("site", "theirs"); err != nil {
		t.Fatal(err)
	}
	if err := (pages{tree}).check("theirs", page, found); err == nil {
		t.Error("the page of the folder that was there before counts as the owner's")
	}
	if got := pageOf(t, f, "theirs"); got != "owner" {
		t.Errorf("the page is %q", got)
	}
}

// While a visitor tries to add an index.html where there is one, that stays the
// folder's page.
func TestAPageWhoseNameIsAskedFor(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"in/index.html": "owner", "x.html": "x"})
	err := pages{treeOf(f)}.naming("x.html", func() error {
		if got := pageOf(t, f, "in"); got != "owner" {
			t.Errorf("the page is %q", got)
		}
		return fs.ErrExist
	}, "in/index.html")
	if !errors.Is(err, fs.ErrExist) {
		t.Error(err)
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
	f.Writer().RemoveStale(t.Context(), time.Now())
	notes, _ := filepath.Glob(filepath.Join(f.Path(), "in", ".windowsill-*"))
	if len(notes) != 0 {
		t.Error(notes)
	}
	if got := pageOf(t, f, ""); got != "visitors" {
		t.Errorf("the page that is there is %q", got)
	}
}
