package web

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"windowsill/server/access"
	"windowsill/server/receive"
)

func TestCopyRequest(t *testing.T) {
	for _, c := range []struct {
		from, to string
		headers  []string
		status   int
		in       map[string]string
	}{
		{"/a", "/c", nil, 201, map[string]string{"c": "a"}},
		{"/in/", "/out/", nil, 201, map[string]string{"out/x": "x", "out/sub/y": "y"}},
		{"/in", "/out", []string{"Depth: 0"}, 201, map[string]string{}},
		{"/a", "/b", nil, 204, map[string]string{"b": "a"}},
		{"/a", "/b", []string{"Overwrite: F"}, 412, nil}, {"/in", "/in/sub/z", nil, 403, nil}, {"/a", "/a", nil, 403, nil}, {"/a", "/missing/c", nil, 409, nil},
		{"/missing", "/c", nil, 404, nil}, {"/", "/c", nil, 400, nil}, {"/a", "http://other.example/c", nil, 502, nil}, {"/a", "/c", []string{"Depth: 1"}, 400, nil},
	} {
		s, dir := openDrive(t, access.Change, map[string]string{"a": "a", "b": "b", "in/x": "x", "in/sub/y": "y"})
		w := clientOf(t, s, "192.168.1.23").send("COPY", c.from, append(c.headers, "Destination: "+c.to)...)
		if w.Code != c.status {
			t.Errorf("%s to %s: %d, want %d: %s", c.from, c.to, w.Code, c.status, w.Body)
		}
		want := map[string]string{"a": "a", "b": "b", "in/x": "x", "in/sub/y": "y"}
		for name, text := range c.in {
			want[name] = text
		}
		wantOnDisk(t, dir, want)
	}
}

// The second copy would not be taken if the first one still counted.
func TestACopyThatFailsDoesNotCount(t *testing.T) {
	files := map[string]string{"in/a": strings.Repeat("x", 600), "in/b": "b", "in/sub/c": strings.Repeat("x", 600)}
	for what, limit := range map[string]func(*receive.Limits){
		"bytes": func(l *receive.Limits) { l.Total = 1000 },
		"files": func(l *receive.Limits) { l.Files = 4 },
	} {
		s := newShared(t, tree(t, files), setup{Policy: access.Policy{Open: true, Allow: access.Change}})
		limits := s.receiver.Limits()
		limit(&limits)
		s.receiver.SetLimits(limits)
		c := clientOf(t, s, "192.168.1.23")
		for range 3 {
			c.want(c.send("COPY", "/in", "Destination: /new"), 507)
		}
		if w := c.send("COPY", "/in/a", "Destination: /a"); w.Code != 201 {
			t.Errorf("%s: %d after copies that failed", what, w.Code)
		}
	}
}

func TestACopyThatFailsLeavesNothing(t *testing.T) {
	files := map[string]string{"in/a": strings.Repeat("x", 600), "in/sub/b": strings.Repeat("x", 600), "out/c": "c"}
	dir := tree(t, files)
	s := newShared(t, dir, setup{Policy: access.Policy{Open: true, Allow: access.Change}})
	limits := s.receiver.Limits()
	limits.Total = 1000
	s.receiver.SetLimits(limits)
	c := clientOf(t, s, "192.168.1.23")
	c.want(c.send("COPY", "/in", "Destination: /new"), 507)
	c.want(c.send("COPY", "/in", "Destination: /out"), 507)
	wantOnDisk(t, dir, files)
	if gone := s.Deleted(); len(gone) != 0 {
		t.Errorf("%+v is in the trash", gone)
	}
}

// A link to a folder that the copy comes into has no end.
func TestACopyIntoWhatALinkLeadsTo(t *testing.T) {
	s, dir := openDrive(t, access.Change, map[string]string{"in/x": "x"})
	must(t, os.Symlink("..", filepath.Join(dir, "in", "up")))
	c := clientOf(t, s, "192.168.1.23")
	c.want(c.send("COPY", "/in", "Destination: /new"), 201)
	if found, _ := filepath.Glob(filepath.Join(dir, "new/up/new")); len(found) != 0 {
		t.Error("the copy is in itself")
	}
	c.want(c.send("GET", "/new/x"), 200)
}

// Nothing comes under a name by which nobody could get at it, nor remove it.
func TestFoldersAreMadeOnlyWhereTheyCanBeSeen(t *testing.T) {
	deep := strings.Repeat("d/", 252)
	s, dir := openDrive(t, access.Change, map[string]string{deep + "x": "x", "in/a/b/c/y": "y"})
	c := clientOf(t, s, "192.168.1.23")
	c.want(c.send("MKCOL", "/"+deep+"1/"), 201)
	c.want(c.send("MKCOL", "/"+deep+"1/2/"), 201)
	c.want(c.send("MKCOL", "/"+deep+"1/2/3/"), 201)
	c.want(c.send("MKCOL", "/"+deep+"1/2/3/4/"), 400)
	c.want(c.send("COPY", "/in", "Destination: /"+deep+"new"), 400)
	if _, err := os.Stat(filepath.Join(dir, deep, "new")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a copy that failed is left: %v", err)
	}
}
