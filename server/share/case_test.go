package share

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// A second link stands for a drive that ignores case, which tests cannot rely on.
func TestIgnoresCase(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"Kept/one.txt": "1", "Kept/1": "1", "Kept/Two": "1", "Kept/tWO": "1", "Linked/one.txt": "1"})
	if _, err := os.Lstat(filepath.Join(f.Path(), "kEPT")); err == nil {
		t.Skip("this drive ignores case")
	}
	if err := os.Link(filepath.Join(f.Path(), "Linked/one.txt"), filepath.Join(f.Path(), "Linked/ONE.TXT")); err != nil {
		t.Fatal(err)
	}
	older := time.Now().Add(-time.Hour)
	if err := os.Chtimes(filepath.Join(f.Path(), "Kept/Two"), older, older); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{
		"Kept/Two": false, "Kept/one.txt": false, "Kept/1": false, "Kept/new": false, "Kept/new/newer": false, "Kept": false,
		"Linked/one.txt": true, "Linked/ONE.TXT": true, "new": true, "": true,
	} {
		if got := f.IgnoresCase(name); got != want {
			t.Errorf("%q: %t", name, got)
		}
	}
	if err := os.WriteFile(filepath.Join(f.Path(), visitorsNote), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if f.IgnoresCase("new") {
		t.Error("the note of visitors tells that this drive does not")
	}
}

func TestAMoveToTheOtherCaseOverwritesNothing(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"a.txt": "one", "A.txt": "two", "b.txt": "three"})
	if got, _ := os.ReadFile(filepath.Join(f.Path(), "a.txt")); string(got) != "one" {
		t.Skip("this drive ignores case")
	}
	if err := f.Writer().Move("a.txt", "A.txt"); !errors.Is(err, fs.ErrExist) {
		t.Errorf("to a name that is taken: %v", err)
	}
	if err := f.Writer().Move("b.txt", "B.txt"); err != nil {
		t.Errorf("to a free one: %v", err)
	}
	for name, want := range map[string]string{"a.txt": "one", "A.txt": "two", "B.txt": "three"} {
		if got, err := os.ReadFile(filepath.Join(f.Path(), name)); string(got) != want || err != nil {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// Through FUSE a name that is there in another case is listed in that case alone.
func TestLists(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"in/a.txt": "one"})
	tree := f.view.set.now.Load().whole
	for name, want := range map[string]bool{"in/a.txt": true, "in/A.txt": false, "in": true, "missing/a": true} {
		if got := lists(tree.root, name); got != want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
