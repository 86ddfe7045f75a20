package share

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestRemoveLeavesWhatSomebodyElsePutThere(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"other": "other"})
	w, at := f.Writer(), func(name string) string { return filepath.Join(f.Path(), name) }
	p, err := w.NewPartial("", "aaaaaaaaaaaaaaaaaaaaaa")
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Finish(); err != nil {
		t.Fatal(err)
	}
	made := p.Made()
	if err := errors.Join(p.Place("a", time.Time{}), w.MakeFolder("in")); err != nil {
		t.Fatal(err)
	}
	folder := w.MadeFolder("in")
	if err := errors.Join(os.Rename(at("a"), at("mine")), os.Rename(at("other"), at("a")), os.Rename(at("in"), at("mine2")), os.Mkdir(at("in"), 0o777)); err != nil {
		t.Fatal(err)
	}
	if w.Remove("a", made) || w.Remove("in", folder) || w.Remove("mine", Made{}) {
		t.Error("something was removed that another one had made")
	}
	for _, name := range []string{"a", "in"} {
		if _, err := os.Lstat(at(name)); err != nil {
			t.Error(err)
		}
	}
	if !w.Remove("mine", made) || !w.Remove("mine2", folder) {
		t.Error("what was made could not be removed")
	}
}

// The first came as the 20th of August 1816, of which Linux makes 1901.
func TestTimesBeyondThoseOfTheSystemAreTheNearest(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"a": "", "b": ""})
	for name, year := range map[string]int{"a": 9999, "b": 1} {
		before := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
		if err := f.Writer().SetModified(name, time.Date(year, 1, 2, 3, 4, 5, 0, time.UTC)); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(filepath.Join(f.Path(), name))
		if err != nil {
			t.Fatal(err)
		}
		if got := info.ModTime(); got.After(before) != (year > 2000) {
			t.Errorf("the year %d became %v", year, got)
		}
	}
}
