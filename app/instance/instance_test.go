package instance

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"go.uber.org/goleak"
)

// alone gives the test a runtime folder of its own and no bus.
func alone(t *testing.T) {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("XDG_RUNTIME_DIR", dir)
	t.Setenv("XDG_CACHE_HOME", dir)
	t.Setenv("HOME", dir)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+dir+"/no-bus")
}

// claim is Claim where nothing goes wrong.
func claim(t *testing.T, paths ...string) *Instance {
	t.Helper()
	i, err := Claim(paths, false)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func TestSecondHandsWhatItWasGivenToTheFirst(t *testing.T) {
	alone(t)
	leaks := goleak.IgnoreCurrent()
	first := claim(t, "/srv/first")
	if first == nil {
		t.Fatal("There is no first.")
	}
	got := make(chan []string, 8)
	many := make([]string, 20_000)
	for n := range many {
		many[n] = fmt.Sprint("/srv/photos of the summer/", n, ".jpg")
	}
	starts := [][]string{{"/srv/Grüße 50% & more"}, nil, {"/srv/two\nlines"}, {"/srv/\xff"}, {"/srv/a b.pdf", "/srv/c", "/srv/+ %20"}, many}
	for _, paths := range starts {
		if second := claim(t, paths...); second != nil {
			t.Fatalf("A second one with %.99q believes to be the first.", paths)
		}
	}
	first.Watch(func(paths []string) { got <- paths })
	for _, want := range starts {
		if paths := <-got; !slices.Equal(paths, want) {
			t.Errorf("The first got %.99q, want %.99q", paths, want)
		}
	}
	first.Close()
	next := claim(t)
	if next == nil {
		t.Fatal("After the first has gone nobody can be the first.")
	}
	next.Close()
	goleak.VerifyNone(t, leaks)
}

func TestRelativeFolderIsThatOfTheSecond(t *testing.T) {
	alone(t)
	first := claim(t)
	defer first.Close()
	dir := t.TempDir()
	t.Chdir(dir)
	claim(t, "pictures", "a.pdf")
	paths := <-given(first)
	if len(paths) != 2 || !strings.HasSuffix(paths[1], "a.pdf") {
		t.Fatalf("The first got %q", paths)
	}
	if got := paths[0]; !strings.HasSuffix(got, "pictures") || !strings.HasPrefix(got, "/") && !strings.Contains(got, `:\`) {
		t.Errorf("The first got %q, want a path from the root", got)
	}
}

// given returns a channel of what later starts are given.
func given(i *Instance) <-chan []string {
	got := make(chan []string, 1)
	i.Watch(func(paths []string) { got <- paths })
	return got
}

// Explorer starts the program once for each of up to 100 files, and the first one takes
// a while until its window is there.
func TestManyComeBeforeSomebodyWatches(t *testing.T) {
	alone(t)
	first := claim(t)
	defer first.Close()
	for n := range 100 {
		if claim(t, fmt.Sprint("/srv/", n)) != nil {
			t.Fatal("there are two")
		}
	}
	got := given(first)
	for n := range 100 {
		if paths, want := <-got, fmt.Sprint("/srv/", n); !slices.Equal(paths, []string{want}) {
			t.Fatalf("the first got %q, want %q", paths, want)
		}
	}
}

func TestOneMoreIsFoundByNobody(t *testing.T) {
	alone(t)
	one, err := Claim([]string{"/srv"}, true)
	if err != nil {
		t.Fatal(err)
	}
	one.Watch(func([]string) { t.Error("somebody came") })
	one.Close()
	first := claim(t)
	if first == nil {
		t.Fatal("there is none and yet one")
	}
	first.Close()
}
