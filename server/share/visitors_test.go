package share

import (
	"crypto/rand"
	"os"
	"path/filepath"
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
			want := func(f *Folder, name string, want bool) {
				t.Helper()
				file, err := f.Open(name)
				if err != nil {
					t.Fatal(err)
				}
				defer file.Close()
				if file.Visited() != want {
					t.Errorf("%s in %s: %t", name, f.Path(), !want)
				}
			}
			want(outer, "up/in/a.html", false)
			inner := openedAt(t, filepath.Join(dir, "up"), Options{})
			trashed := rand.Text()[:22]
			if err := inner.Writer().Trash("x.txt", trashed); err != nil {
				t.Fatal(err)
			}
			if err := inner.Writer().Restore(trashed, "x.txt"); err != nil {
				t.Fatal(err)
			}
			want(inner, "in/a.html", false) // nothing of theirs has come
			if err := put(outer.Writer()); err != nil {
				t.Fatal(err)
			}
			want(outer, "z.html", true)
			want(openedAt(t, dir, Options{}), "up/in/a.html", true) // after a restart
			want(inner, "in/a.html", true)                          // shared by itself
			if err := os.Rename(filepath.Join(dir, ".windowsill-visitors"), filepath.Join(dir, "up", ".windowsill-visitors")); err != nil {
				t.Fatal(err)
			}
			want(outer, "z.html", false) // above what was shared
			want(outer, "up/in/a.html", true)
			want(outer, "up/l.html", false) // what the owner links to from there
		})
	}
}
