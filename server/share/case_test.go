package share

import (
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
