package server

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"windowsill/server/access"
)

// itemsIn are items in a folder, in which devices may do what the policy allows.
func itemsIn(dir string, names ...string) (items []Item) {
	for _, name := range names {
		items = append(items, Item{Path: filepath.Join(dir, filepath.FromSlash(name)), Most: Change})
	}
	return items
}

func TestSharingItems(t *testing.T) {
	dir := tree(t, map[string]string{"a.txt": "hello", "in/b.txt": "inside", "secret.txt": "CANARY"})
	s, url := start(t, Options{LookAfter: 10 * time.Millisecond}, Share{Items: itemsIn(dir, "a.txt", "in", "a.txt")})
	snap := s.Snapshot()
	if snap.Name != "a.txt + 1" || len(snap.Share.Items) != 2 || snap.Share.Folder != "" || len(snap.Items) != 2 {
		t.Errorf("%q %+v %+v", snap.Name, snap.Share, snap.Items)
	}
	if a, b := snap.Items[0], snap.Items[1]; a.Name != "a.txt" || a.Size != 5 || a.Err != nil || a.Path != snap.Share.Items[0].Path || !b.Dir {
		t.Errorf("%+v %+v", a, b)
	}
	for path, want := range map[string]string{"/a.txt": "hello", "/in/b.txt": "inside"} {
		if _, body := get(t, "GET", url+path); body != want {
			t.Errorf("%s: %q", path, body)
		}
	}
	if a, _ := get(t, "GET", url+"/secret.txt"); a.StatusCode != http.StatusNotFound {
		t.Error("what is beside the file:", a.Status)
	}
	must(t, os.Remove(filepath.Join(dir, "a.txt")))
	until(t, "the window says that it is gone", func() bool { return errors.Is(s.Snapshot().Items[0].Err, ErrItemGone) })
	if s.Snapshot().State != Sharing {
		t.Error("the rest is not shared any more")
	}
}

func TestAddingToWhatIsShared(t *testing.T) {
	dir := tree(t, map[string]string{"a.txt": "hello", "in/b.txt": "inside"})
	s, url := start(t, Options{}, Share{Folder: filepath.Join(dir, "in")})
	pin := s.Snapshot().PIN
	if _, body := get(t, "GET", url+"/b.txt"); body != "inside" {
		t.Fatal(body)
	}
	must(t, s.SetItems(itemsIn(dir, "in", "a.txt")))
	for path, want := range map[string]string{"/b.txt?x=%2F": "/in/b.txt?x=%2F", "/c.txt": "", "/in/../a.txt": "/a.txt"} {
		q, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+path, nil)
		must(t, err)
		a, err := http.DefaultTransport.RoundTrip(q)
		must(t, err)
		a.Body.Close()
		if to := a.Header.Get("Location"); to != want {
			t.Errorf("%s leads to %q, not %q", path, to, want)
		}
	}
	for path, want := range map[string]string{"/a.txt": "hello", "/in/b.txt": "inside"} {
		if _, body := get(t, "GET", url+path); body != want {
			t.Errorf("%s: %q", path, body)
		}
	}
	snap := s.Snapshot()
	if snap.Name != "in + 1" || snap.PIN.Digits != pin.Digits || snap.Share.Folder != "" {
		t.Errorf("%q, PIN %v, then %v", snap.Name, pin, snap.PIN)
	}
	if err := s.SetItems(itemsIn(dir, "no.txt")); err == nil || !strings.Contains(err.Error(), "no.txt") {
		t.Error(err)
	}
	must(t, s.SetItems(itemsIn(dir, "a.txt")))
	if a, _ := get(t, "GET", url+"/in/b.txt"); a.StatusCode != http.StatusNotFound {
		t.Error("what was taken out of the list:", a.Status)
	}
	must(t, s.Stop(context.Background()))
	if err := s.SetItems(itemsIn(dir, "a.txt")); !errors.Is(err, ErrNoShare) {
		t.Error(err)
	}
}

func TestOneItemThatIsAFolderIsTheFolder(t *testing.T) {
	dir := tree(t, map[string]string{"in/b.txt": "inside"})
	s, url := start(t, Options{}, Share{Items: itemsIn(dir, "in")})
	if _, body := get(t, "GET", url+"/b.txt"); body != "inside" || s.Snapshot().Share.Folder != filepath.Join(dir, "in") {
		t.Errorf("%q, %+v", body, s.Snapshot().Share)
	}
}

func TestItemsThatAreNotThere(t *testing.T) {
	dir := tree(t, map[string]string{"a.txt": "hello"})
	s, err := New(Options{})
	must(t, err)
	err = s.Start(Share{Items: itemsIn(dir, "a.txt", "no.txt")})
	missing, ok := errors.AsType[*MissingError](err)
	if !ok || missing.Paths[0] != filepath.Join(dir, "no.txt") || s.Snapshot().State != Failed {
		t.Errorf("%v, %v", err, s.Snapshot().State)
	}
}

func TestLimitsOfItems(t *testing.T) {
	items := []Item{{Path: "/outer", Most: Change}, {Path: "/outer/in/kept", Most: Read}, {Path: "/add", Most: Add}, {Path: "/a.txt", Most: Change}}
	states := make([]ItemState, len(items))
	for i, name := range []string{"outer", "kept", "add", "a.txt"} {
		states[i].Name, states[i].Path, states[i].Dir = name, items[i].Path, name != "a.txt"
	}
	var l limits
	l.set(items, states)
	for _, c := range []struct {
		name  string
		whole bool
		p     access.Permission
		want  access.Permission
	}{
		{"", false, Change, Read}, {"other", false, Change, Read}, {"a.txt", false, Change, Read},
		{"add", false, Change, Add}, {"add/x", true, Change, Add}, {"add/x", false, Read, Read},
		{"outer", false, Change, Change}, {"outer/x", true, Change, Change}, {"outer/x", false, Add, Add},
		{"kept/x", false, Change, Read}, {"outer/in/kept/x", false, Change, Read}, {"outer/IN/Kept", false, Change, Read},
		{"outer/in", false, Change, Change}, {"outer/in", true, Change, Read}, {"outer/in/keptother", true, Change, Change},
	} {
		if got := l.allow(c.name, c.whole, c.p); got != c.want {
			t.Errorf("%q (%t) with %v: %v, want %v", c.name, c.whole, c.p, got, c.want)
		}
	}
	l.set(nil, nil)
	if got := l.allow("anything", true, Change); got != Change {
		t.Errorf("of a folder: %v", got)
	}
}

// The page of a song that is shared by itself speaks of no folder.
func TestASongByItself(t *testing.T) {
	dir := tree(t, map[string]string{"a.mp3": "ID3 no music", "b.mp3": "ID3 no music"})
	for want, names := range map[bool][]string{false: {"a.mp3"}, true: {"a.mp3", "b.mp3"}} {
		_, url := start(t, Options{}, Share{Items: itemsIn(dir, names...)})
		if _, page := sendTo(t, "GET", url+"/a.mp3?open", "", "Accept: text/html"); !strings.Contains(page, "<audio") || strings.Contains(page, "In this folder") != want {
			t.Errorf("the page of one of %q: %s", names, page)
		}
	}
}
