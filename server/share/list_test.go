package share

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"
)

func TestListPutsFoldersFirstInNaturalOrder(t *testing.T) {
	f := opened(t, Options{}, map[string]string{
		"10.jpg": "", "2.jpg": "", "1.jpg": "", "Zebra": "", "apple": "", "Banana": "",
		"z/": "", "10/": "", "9/": "", "link": "->z",
	})
	want := []string{"9/", "10/", "link/", "z/", "1.jpg", "2.jpg", "10.jpg", "apple", "Banana", "Zebra"}
	if got := names(t, f, ""); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestEntryHasSizeAndTime(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"a.txt": "hello", "link": "->a.txt", "sub/x": "x", "sub-link": "->sub", "empty": ""})
	when := time.Date(2020, 2, 29, 12, 0, 0, 5000, time.UTC)
	for _, name := range []string{"a.txt", "sub", "empty"} {
		if err := os.Chtimes(filepath.Join(f.Path(), name), when, when); err != nil {
			t.Fatal(err)
		}
	}
	l, err := f.List("")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	got := slices.Collect(l.Entries(0, l.Len()))
	want := []Entry{
		{Name: "sub", Dir: true}, {Name: "sub-link", Dir: true},
		{Name: "a.txt", Size: 5}, {Name: "empty"}, {Name: "link", Size: 5},
	}
	if len(got) != len(want) {
		t.Fatalf("%v", got)
	}
	for i, e := range got {
		if !e.Modified.Equal(when) {
			t.Errorf("%q changed %v, want %v", e.Name, e.Modified, when)
		}
		if e.Modified = (time.Time{}); e != want[i] {
			t.Errorf("got %+v, want %+v", e, want[i])
		}
	}
}

// A long list is looked at ahead: in the right order, and no further than anybody reads.
func TestEntriesOfALongList(t *testing.T) {
	files := map[string]string{}
	for i := range 3*chunk + 1 {
		files[strconv.Itoa(i)] = ""
	}
	f := opened(t, Options{}, files)
	for _, read := range []int{1, chunk, chunk + 1, 3 * chunk, 3*chunk + 1} {
		l, err := f.List("")
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for e := range l.Entries(0, l.Len()) {
			if e.Name != strconv.Itoa(n) {
				t.Fatalf("entry %d is %q", n, e.Name)
			}
			if n++; n == read {
				break
			}
		}
		if n != read {
			t.Errorf("%d entries, want %d", n, read)
		}
		if got := slices.Collect(l.Entries(n-1, n)); len(got) != 1 || got[0].Name != strconv.Itoa(n-1) {
			t.Errorf("entry %d afterwards is %v", n-1, got)
		}
		l.Close()
	}
}

func TestEntriesOfAnyRange(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"0": "", "1": "", "2": "", "3": ""})
	l, err := f.List("")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for _, c := range []struct {
		from, to int
		want     string
	}{
		{0, 4, "[0 1 2 3]"}, {1, 3, "[1 2]"}, {3, 4, "[3]"}, {0, 0, "[]"}, {4, 4, "[]"},
		{-5, 2, "[0 1]"}, {2, 100, "[2 3]"}, {100, 200, "[]"}, {3, 1, "[]"}, {-2, -1, "[]"},
	} {
		got := []string{}
		for e := range l.Entries(c.from, c.to) {
			got = append(got, e.Name)
		}
		if fmt.Sprint(got) != c.want {
			t.Errorf("Entries(%d, %d) gives %v, want %v", c.from, c.to, got, c.want)
		}
	}
	for e := range l.Entries(0, 4) {
		if e.Name == "1" {
			break // leaving early must not go on
		}
	}
}

func TestEntriesLeaveOutWhatChangedMeanwhile(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"gone": "", "grown": "", "stays": "", "link": "->stays", "turned": ""})
	l, err := f.List("")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	at := func(name string) string { return filepath.Join(f.Path(), name) }
	for _, name := range []string{"gone", "link", "turned"} {
		if err := os.Remove(at(name)); err != nil {
			t.Fatal(err)
		}
	}
	plant(t, f.Path(), map[string]string{"link": "->/etc/passwd", "turned": "->.hidden", ".hidden": canary})
	if err := os.WriteFile(at("grown"), []byte("12345"), 0o666); err != nil {
		t.Fatal(err)
	}
	var got []string
	for e := range l.Entries(0, l.Len()) {
		got = append(got, fmt.Sprint(e.Name, " ", e.Size))
	}
	if want := []string{"grown 5", "stays 0"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if l.Len() != 5 {
		t.Errorf("Len() = %d", l.Len())
	}
}

func TestListOfFolderThatIsRenamedMeanwhile(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"sub/a": "abc"})
	l, err := f.List("sub")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if err := os.Rename(filepath.Join(f.Path(), "sub"), filepath.Join(f.Path(), "other")); err != nil {
		t.Skip(err) // Windows keeps folders that are open
	}
	if got := slices.Collect(l.Entries(0, 1)); len(got) != 1 || got[0].Size != 3 {
		t.Errorf("%v", got)
	}
}

func TestListsAndFilesAtTheSameTime(t *testing.T) {
	f := trickyShare(t, Options{})
	done := make(chan error)
	for range 8 {
		go func() {
			var err error
			for range 15 {
				if got, e := content(f, "sub/deep/c.txt"); got != "c" || e != nil {
					err = fmt.Errorf("holds %q, %w", got, e)
				}
				l, e := f.List("")
				if e != nil {
					err = e
					break
				}
				if n := len(slices.Collect(l.Entries(0, l.Len()))); n != 7 {
					err = fmt.Errorf("%d entries", n)
				}
				l.Close()
			}
			done <- err
		}()
	}
	for range 8 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

// No descriptor may stay open, whatever the answer was: a share runs for weeks.
func TestNoDescriptorIsLeft(t *testing.T) {
	onlyHere(t)
	count := func() int {
		all, err := os.ReadDir("/proc/self/fd")
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	f := trickyShare(t, Options{})
	before := count()
	for _, c := range reach {
		content(f, c.name)
		if l, err := f.List(c.name); err == nil {
			l.Close()
		}
	}
	for range 10 {
		f.Check()
		LookInto(t.Context(), f.Path())
	}
	if after := count(); after != before {
		t.Errorf("%d descriptors were open before, %d after", before, after)
	}
}
