package share

import (
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestAShareRemembersThatVisitorsPutSomethingIn(t *testing.T) {
	for name, put := range map[string]func(w *Writer) error{
		"added":    func(w *Writer) error { return add(t, w, "up/in/new.html", "x", false, time.Time{}) },
		"replaced": func(w *Writer) error { return add(t, w, "up/in/a.html", "x", true, time.Time{}) },
		"moved":    func(w *Writer) error { return w.Move("up/x.txt", "up/in/x.html") },
	} {
		t.Run(name, func(t *testing.T) {
			outer := opened(t, Options{}, map[string]string{"up/in/a.html": "a", "up/x.txt": "x", "site/b.html": "b", "z.html": "z"})
			dir := outer.Path()
			if err := os.Symlink("../site/b.html", filepath.Join(dir, "up/l.html")); err != nil {
				t.Fatal(err)
			}
			wantNoted(t, outer, "up/in/a.html", (*File).Visited, false)
			inner := openedAt(t, filepath.Join(dir, "up"), Options{})
			trashed := rand.Text()[:22]
			if err := inner.Writer().Trash("x.txt", trashed); err != nil {
				t.Fatal(err)
			}
			if err := inner.Writer().Restore(trashed, "x.txt"); err != nil {
				t.Fatal(err)
			}
			wantNoted(t, inner, "in/a.html", (*File).Visited, false) // nothing of theirs has come
			if err := put(outer.Writer()); err != nil {
				t.Fatal(err)
			}
			wantNoted(t, outer, "z.html", (*File).Visited, true)
			wantNoted(t, openedAt(t, dir, Options{}), "up/in/a.html", (*File).Visited, true) // after a restart
			wantNoted(t, inner, "in/a.html", (*File).Visited, true)                          // shared by itself
			if err := os.Rename(filepath.Join(dir, ".windowsill-visitors"), filepath.Join(dir, "up", ".windowsill-visitors")); err != nil {
				t.Fatal(err)
			}
			wantNoted(t, outer, "z.html", (*File).Visited, false) // above what was shared
			wantNoted(t, outer, "up/in/a.html", (*File).Visited, true)
			wantNoted(t, outer, "up/l.html", (*File).Visited, false) // what the owner links to from there
		})
	}
}

func TestOnlyFilesThatVisitorsWroteAreTheirs(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"README.md": "owner", "moved.md": "owner", "old.md": "owner", "saved.md": "owner", "in/a.md": "owner"})
	dir, w := f.Path(), f.Writer()
	wantNoted(t, f, "README.md", (*File).IsVisitors, false)
	if err := errors.Join(
		w.Move("moved.md", "in/moved.md"),
		add(t, w, "in/new.md", "visitor", false, time.Time{}),
		add(t, w, "old.md", "visitor", true, time.Time{}),
		add(t, w, "saved.md", "visitor", true, time.Time{}),
		add(t, w, "first.md", "visitor", false, time.Time{}),
		w.Move("first.md", "second.md"),
		os.WriteFile(filepath.Join(dir, "draft"), []byte("owner"), 0o600),
		os.Rename(filepath.Join(dir, "draft"), filepath.Join(dir, "saved.md")), // as editors save
		os.Rename(filepath.Join(dir, "in/new.md"), filepath.Join(dir, "in/renamed.md")),
	); err != nil {
		t.Fatal(err)
	}
	theirs := map[string]bool{
		"README.md": false, "in/a.md": false, "in/moved.md": false, "saved.md": false,
		"in/renamed.md": true, "old.md": true, "second.md": true,
	}
	for name, is := range theirs {
		wantNoted(t, f, name, (*File).IsVisitors, is)
		wantNoted(t, openedAt(t, dir, Options{}), name, (*File).IsVisitors, is) // after a restart
		if inner, ok := strings.CutPrefix(name, "in/"); ok {
			wantNoted(t, openedAt(t, filepath.Join(dir, "in"), Options{}), inner, (*File).IsVisitors, is)
		}
	}
	note := filepath.Join(dir, visitorsNote)
	said, err := os.ReadFile(note)
	if err != nil {
		t.Fatal(err)
	}
	for what, content := range map[string]string{"of an earlier version": "", "of files that nothing tells apart": string(said) + anyFile} {
		if err := os.WriteFile(note, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		t.Log("a note", what)
		wantNoted(t, f, "README.md", (*File).IsVisitors, true)
	}
}

func TestTheNoteOfVisitorsIsBounded(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"README.md": "owner"})
	if err := add(t, f.Writer(), "a", "visitor", false, time.Time{}); err != nil {
		t.Fatal(err)
	}
	note := filepath.Join(f.Path(), visitorsNote)
	if err := os.Truncate(note, maxVisitorsNote-10); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"b", "c"} {
		if err := add(t, f.Writer(), name, "visitor", false, time.Time{}); err != nil {
			t.Fatal(err)
		}
	}
	said, err := os.ReadFile(note)
	if err != nil || len(said) > maxVisitorsNote+100 || !strings.HasSuffix(string(said), anyFile) {
		t.Errorf("%d bytes, %v", len(said), err)
	}
}

// wantNoted checks what is said of a file: [File.Visited] or [File.IsVisitors].
func wantNoted(t *testing.T, f *Folder, name string, is func(*File) bool, want bool) {
	t.Helper()
	file, err := f.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if is(file) != want {
		t.Errorf("%s in %s: %t", name, f.Path(), !want)
	}
}
