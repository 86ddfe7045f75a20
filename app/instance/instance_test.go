package instance

import (
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
func claim(t *testing.T, folder string) *Instance {
	t.Helper()
	i, err := Claim(folder, false)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func TestSecondHandsItsFolderToTheFirst(t *testing.T) {
	alone(t)
	leaks := goleak.IgnoreCurrent()
	first := claim(t, "/srv/first")
	if first == nil {
		t.Fatal("There is no first.")
	}
	got := make(chan string, 8)
	for _, folder := range []string{"/srv/Grüße 50% & more", "", "/srv/two\nlines", "/srv/\xff"} {
		if second := claim(t, folder); second != nil {
			t.Fatalf("A second one with %q believes to be the first.", folder)
		}
	}
	first.Watch(func(folder string) { got <- folder })
	for _, want := range []string{"/srv/Grüße 50% & more", "", "/srv/two\nlines", "/srv/\xff"} {
		if folder := <-got; folder != want {
			t.Errorf("The first got %q, want %q", folder, want)
		}
	}
	first.Close()
	next := claim(t, "")
	if next == nil {
		t.Fatal("After the first has gone nobody can be the first.")
	}
	next.Close()
	goleak.VerifyNone(t, leaks)
}

func TestRelativeFolderIsThatOfTheSecond(t *testing.T) {
	alone(t)
	first := claim(t, "")
	defer first.Close()
	dir := t.TempDir()
	t.Chdir(dir)
	claim(t, "pictures")
	if got := <-first.folders; !strings.HasSuffix(got, "pictures") || !strings.HasPrefix(got, "/") && !strings.Contains(got, `:\`) {
		t.Errorf("The first got %q, want a path from the root", got)
	}
}

func TestNobodyWatchesAndManyCome(t *testing.T) {
	alone(t)
	first := claim(t, "")
	defer first.Close()
	for range 20 {
		if claim(t, "/srv") != nil {
			t.Fatal("there are two")
		}
	}
}

func TestOneMoreIsFoundByNobody(t *testing.T) {
	alone(t)
	one, err := Claim("/srv", true)
	if err != nil {
		t.Fatal(err)
	}
	one.Watch(func(string) { t.Error("somebody came") })
	one.Close()
	first := claim(t, "")
	if first == nil {
		t.Fatal("there is none and yet one")
	}
	first.Close()
}
