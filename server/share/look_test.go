package share

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func lookInto(t *testing.T, path string) Look {
	t.Helper()
	look, err := LookInto(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	return look
}

func TestLookCountsWhatWouldBeServed(t *testing.T) {
	dir := t.TempDir()
	plant(t, dir, map[string]string{
		"outside/big": strings.Repeat("x", 1000),
		"share/a":     "12345", "share/sub/b": "123", "share/sub/deep/c": "", "share/empty/": "",
		"share/.hidden": "1234567", "share/.dir/d": "1234567", "share/sub/.windowsill/e": "1234567",
		"share/link": "->a", "share/out": "->../outside", "share/round": "->.", "share/broken": "->x",
	})
	look := lookInto(t, filepath.Join(dir, "share"))
	if got, want := fmt.Sprint(look), fmt.Sprint(Look{Files: 3, Folders: 3, Bytes: 8, Complete: true}); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestLookOfManyFolders(t *testing.T) {
	files := map[string]string{}
	for i := range 10 {
		for j := range 12 {
			files[fmt.Sprintf("%d/%d/file", i, j)] = "ab"
		}
	}
	dir := t.TempDir()
	plant(t, dir, files)
	look := lookInto(t, dir)
	if look.Files != 120 || look.Folders != 130 || look.Bytes != 240 || !look.Complete {
		t.Errorf("%+v", look)
	}
}

func TestLookEndsWithItsContext(t *testing.T) {
	dir := t.TempDir()
	plant(t, dir, map[string]string{"a": "a"})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	look, err := LookInto(ctx, dir)
	if err != nil || look.Complete {
		t.Errorf("%+v, %v", look, err)
	}
}

// endsAfter is a context that ends after a number of calls of Err.
type endsAfter struct {
	context.Context
	times int
}

func (c *endsAfter) Err() error {
	if c.times--; c.times < 0 {
		return context.DeadlineExceeded
	}
	return nil
}

func TestLookThatEndsEarlyKeepsWhatItHas(t *testing.T) {
	files := map[string]string{}
	for i := range batch + 10 {
		files[fmt.Sprint("file", i)] = "x"
	}
	dir := t.TempDir()
	plant(t, dir, files)
	look, err := LookInto(&endsAfter{t.Context(), 1}, dir)
	if err != nil || look.Complete || look.Files < batch/2 || look.Files >= batch+10 {
		t.Errorf("%+v, %v", look, err)
	}
}

func TestLookRefusesLikeOpen(t *testing.T) {
	dir := t.TempDir()
	if _, err := LookInto(t.Context(), filepath.Join(dir, "nothing")); !errors.Is(err, ErrMissing) {
		t.Errorf("%v", err)
	}
}

func TestLookFindsSecrets(t *testing.T) {
	dir := t.TempDir()
	plant(t, dir, map[string]string{
		".ssh/id_rsa": "k", ".env": "k", "project/.git/config": "k", "project/.env.local": "k",
		"server.pem": "k", "project/TLS.KEY": "k", "id_ed25519": "k", "id_work": "k", "safe.kdbx": strings.Repeat("k", maxKeySize),
		// These only look like it.
		"talk.key": strings.Repeat("x", maxKeySize), "deck.key/slide": "x", "id_rsa.pub": "p", "id_card.jpg": "p",
		"monkey.txt": "x", "env": "x", "git/x": "x", "link.pem": "->server.pem",
	})
	look := lookInto(t, dir)
	if len(look.Concerns) != 2 {
		t.Fatalf("%+v", look.Concerns)
	}
	for i, c := range []Concern{
		{Secrets, []string{"id_ed25519", "id_work", "project/TLS.KEY", "safe.kdbx", "server.pem"}, false},
		{Secrets, []string{".env", ".ssh", "project/.env.local", "project/.git"}, true},
	} {
		got := look.Concerns[i]
		slices.Sort(got.Names)
		if got.Kind != c.Kind || got.Hidden != c.Hidden || !slices.Equal(got.Names, c.Names) {
			t.Errorf("got %+v, want %+v", got, c)
		}
	}
}

func TestLookNamesFewSecrets(t *testing.T) {
	files := map[string]string{}
	for i := range 20 {
		files[fmt.Sprint(i, ".pem")] = "k"
	}
	dir := t.TempDir()
	plant(t, dir, files)
	look := lookInto(t, dir)
	if len(look.Concerns) != 1 || len(look.Concerns[0].Names) != maxExamples {
		t.Errorf("%+v", look.Concerns)
	}
}

func kinds(look Look) (home, disk bool) {
	has := func(k ConcernKind) bool {
		return slices.ContainsFunc(look.Concerns, func(c Concern) bool { return c.Kind == k })
	}
	return has(HomeFolder), has(WholeDisk)
}

func TestLookKnowsHomes(t *testing.T) {
	dir := t.TempDir()
	plant(t, dir, map[string]string{"people/me/Pictures/": "", "link": "->people/me", "films/": ""})
	t.Setenv("HOME", filepath.Join(dir, "people", "me"))
	t.Setenv("USERPROFILE", filepath.Join(dir, "people", "me"))
	for path, want := range map[string]bool{
		"people/me": true, "people": true, "link": true, "people/me/Pictures": false, "films": false,
	} {
		home, disk := kinds(lookInto(t, filepath.Join(dir, path)))
		if home != want || disk {
			t.Errorf("%s: home %v, disk %v", path, home, disk)
		}
	}
}

func TestHomesOfOthers(t *testing.T) {
	t.Setenv("HOME", "/root")
	info, err := os.Stat(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if os.PathSeparator == '\\' {
		t.Skip("the paths are those of Unix")
	}
	for at, want := range map[string]bool{
		"/home": true, "/home/bob": true, "/Users/bob": true, "/root": true,
		"/Users/Shared": false, "/home/bob/Films": false, "/srv": false, "/srv/home/x": false,
	} {
		if got := isHome(at, info); got != want {
			t.Errorf("isHome(%q) = %v", at, got)
		}
	}
}

func TestLookKnowsWholeDisks(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel() // the counting is of no interest here
	for path, want := range map[string]bool{"/": true, "/proc": true, t.TempDir(): false} {
		look, err := LookInto(ctx, path)
		if errors.Is(err, ErrMissing) {
			continue // only Linux has a /proc
		}
		if err != nil {
			t.Error(err)
		}
		if _, disk := kinds(look); disk != want {
			t.Errorf("%s: a whole disk: %v", path, disk)
		}
	}
}

func TestLookIntoAFile(t *testing.T) {
	dir := t.TempDir()
	plant(t, dir, map[string]string{"a.txt": "12345", "id_rsa": "secret"})
	if look, err := LookInto(t.Context(), filepath.Join(dir, "a.txt")); err != nil || look.Files != 1 || look.Bytes != 5 || !look.Complete || len(look.Concerns) > 0 {
		t.Errorf("%+v, %v", look, err)
	}
	if look, err := LookInto(t.Context(), filepath.Join(dir, "id_rsa")); err != nil || len(look.Concerns) != 1 || look.Concerns[0].Kind != Secrets {
		t.Errorf("%+v, %v", look, err)
	}
}
