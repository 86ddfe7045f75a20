package web

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"windowsill/server/access"
)

// openRoots shares folders in which devices may do what their names say.
func openRoots(t *testing.T) (s *shared, dir string, files map[string]string) {
	t.Helper()
	files = map[string]string{}
	for _, root := range []string{"look", "add", "change", "other"} {
		files[root+"/a"], files[root+"/in/x"], files[root+"/in/sub/y"] = root+" a", root+" x", root+" y"
	}
	dir = tree(t, files)
	allow := func(name string, _ bool, p access.Permission) access.Permission {
		switch root, _, _ := strings.Cut(name, "/"); root {
		case "add":
			return min(p, access.Add)
		case "change", "other":
			return p
		}
		return access.Read
	}
	return newShared(t, dir, setup{Roots: []string{"look", "add", "change", "other"}, Allow: allow, Policy: access.Policy{Open: true, Allow: access.Change}}), dir, files
}

// trashed returns the names of what is in the trash.
func trashed(s *shared) (names string) {
	for _, gone := range s.Deleted() {
		names += gone.Name + " "
	}
	return strings.TrimSpace(names)
}

func TestMoveFromOneOfSeveralThingsToAnother(t *testing.T) {
	for _, c := range []struct {
		from, to, header string
		status           int
		trash            string
	}{
		{"change/a", "other/new", "Overwrite: T", 201, "change/a"},
		{"change/a", "other/new", "Overwrite: F", 201, "change/a"},
		{"change/a", "other/a", "Overwrite: T", 204, "other/a change/a"},
		{"change/a", "other/a", "Overwrite: F", 412, ""},
		{"change/a", "other/a", "X: y", 204, "other/a change/a"},
		{"change/a", "other/in", "Overwrite: T", 204, "other/in change/a"},
		{"change/in", "other/new", "Overwrite: T", 201, "change/in"},
		{"change/in", "other/in", "Overwrite: T", 204, "other/in change/in"},
		{"change/in", "other/in", "Overwrite: F", 412, ""},
		{"change/a", "add/new", "Overwrite: T", 201, "change/a"},
		{"change/in", "add/new", "Overwrite: F", 201, "change/in"},
		{"change/a", "add/a", "Overwrite: T", 403, ""},
		{"change/a", "add/a", "Overwrite: F", 412, ""},
		{"change/in", "add/in", "Overwrite: T", 403, ""},
		{"change/a", "look/new", "Overwrite: T", 403, ""},
		{"change/in", "look/new", "Overwrite: T", 403, ""},
		{"add/a", "change/new", "Overwrite: T", 403, ""},
		{"add/in", "change/new", "Overwrite: T", 403, ""},
		{"look/a", "change/new", "Overwrite: T", 403, ""},
		{"look/in", "add/new", "Overwrite: T", 403, ""},
		{"change/a", "other/missing/new", "Overwrite: T", 409, ""},
		{"change/missing", "other/new", "Overwrite: T", 404, ""},
		{"change/a", "other", "Overwrite: T", 403, ""},
		{"change", "other/new", "Overwrite: T", 403, ""},
		{"change/a", "other/new", `If: (["another"])`, 412, ""},
	} {
		s, dir, files := openRoots(t)
		w := clientOf(t, s, "192.168.1.23").send("MOVE", "/"+c.from, "Destination: /"+c.to, c.header)
		if w.Code != c.status || trashed(s) != c.trash {
			t.Errorf("%s to %s, %s: %d, want %d; trash %q, want %q: %s", c.from, c.to, c.header, w.Code, c.status, trashed(s), c.trash, w.Body)
		}
		if w.Code < 300 {
			moveNames(files, c.from, c.to)
		}
		wantOnDisk(t, dir, files)
	}
}

// moveNames does with the names of files what a move does.
func moveNames(files map[string]string, from, to string) {
	for name := range files {
		if strings.HasPrefix(name+"/", to+"/") {
			delete(files, name)
		}
	}
	moved := map[string]string{}
	for name, text := range files {
		if strings.HasPrefix(name+"/", from+"/") {
			moved[to+name[len(from):]] = text
			delete(files, name)
		}
	}
	for name, text := range moved {
		files[name] = text
	}
}

func TestAMoveToAnotherThingThatFailsChangesNothing(t *testing.T) {
	s, dir, files := openRoots(t)
	limits := s.receiver.Limits()
	limits.Files = 2
	s.receiver.SetLimits(limits)
	c := clientOf(t, s, "192.168.1.23")
	for range 2 {
		c.want(c.send("MOVE", "/change/in", "Destination: /other/new"), 507)
		c.want(c.send("MOVE", "/change/in", "Destination: /other/in"), 507)
	}
	wantOnDisk(t, dir, files)
	if gone := trashed(s); gone != "" {
		t.Errorf("%s is in the trash", gone)
	}
	c.want(c.send("MOVE", "/change/a", "Destination: /other/new"), 201)
}

// The copy is whole by then.
func TestAMoveWhoseSourceCannotGoIntoTheTrashChangesNothing(t *testing.T) {
	s, dir, files := openRoots(t)
	must(t, os.WriteFile(filepath.Join(dir, "change/.windowsill-trash"), []byte("in the way"), 0o600))
	c := clientOf(t, s, "192.168.1.23")
	for _, to := range []string{"/other/new", "/other/in"} {
		if w := c.send("MOVE", "/change/in", "Destination: "+to); w.Code < 400 {
			t.Errorf("to %s: %d", to, w.Code)
		}
	}
	must(t, os.Remove(filepath.Join(dir, "change/.windowsill-trash")))
	wantOnDisk(t, dir, files)
	if gone := trashed(s); gone != "" {
		t.Errorf("%s is in the trash", gone)
	}
}

func TestAMoveToAnotherThingMeetsLocks(t *testing.T) {
	s, dir, files := openRoots(t)
	one, other := clientOf(t, s, "192.168.1.23"), clientOf(t, s, "192.168.1.24")
	from, to := lockAs(one, "/change/in/x"), lockAs(one, "/other/a")
	other.want(other.send("MOVE", "/change/in", "Destination: /other/new"), 423)
	other.want(other.send("MOVE", "/change/a", "Destination: /other/a"), 423)
	one.want(one.send("MOVE", "/change/in/x", "Destination: /other/a"), 423)
	wantOnDisk(t, dir, files)
	one.want(one.send("MOVE", "/change/in/x", "Destination: /other/a", "If: </change/in/x> (<"+from+">) </other/a> (<"+to+">)"), 204)
	other.want(other.sendBody("PUT", "/change/in/x", "free"), 201)
	moveNames(files, "change/in/x", "other/a")
	files["change/in/x"] = "free"
	wantOnDisk(t, dir, files)
}

func TestAMoveTakesPropertiesAlong(t *testing.T) {
	s, _, _ := openRoots(t)
	c := clientOf(t, s, "192.168.1.23")
	c.want(c.sendBody("PROPPATCH", "/change/a", `<propertyupdate xmlns="DAV:"><set><prop><p xmlns="x">kept</p></prop></set></propertyupdate>`), 207)
	c.want(c.send("MOVE", "/change/a", "Destination: /other/new"), 201)
	if body := c.send("PROPFIND", "/other/new", "Depth: 0").Body.String(); !strings.Contains(body, "kept") {
		t.Error(body)
	}
}

// The folder in it is shared by itself as well: the copy would go into the trash.
func TestNothingMovesIntoAThingThatLiesInIt(t *testing.T) {
	files := map[string]string{"in/sub/deep/a": "a", "in/b": "b"}
	dir := tree(t, files)
	s := newShared(t, dir, setup{Roots: []string{"in", "in/sub/deep"}, Policy: access.Policy{Open: true, Allow: access.Change}})
	c := clientOf(t, s, "192.168.1.23")
	for _, from := range []string{"/in/sub", "/in/sub/deep"} {
		c.want(c.send("MOVE", from, "Destination: /deep/new"), 403)
	}
	wantOnDisk(t, dir, files)
	c.want(c.send("MOVE", "/in/b", "Destination: /deep/b"), 201)
	wantOnDisk(t, dir, map[string]string{"in/sub/deep/a": "a", "in/sub/deep/b": "b"})
}

// A companion that is replaced is gone for good, so that it must not be so before
// what replaces it is there.
func TestNothingIsCopiedOrMovedOntoItselfThroughAnotherThing(t *testing.T) {
	files := map[string]string{"in/sub/a": "a", "in/sub/deep/b": "b", "in/sub/.windowsill-._a": "about a"}
	for _, c := range []struct{ from, to string }{
		{"in/sub/a", "sub/a"},
		{"sub/a", "in/sub/a"},
		{"in/sub/._a", "sub/._a"},
		{"sub/._a", "in/sub/._a"},
		{"in/sub/deep", "sub/deep"},
		{"in/sub/deep", "sub/deep/new"}, // into itself
		{"in/sub/deep/b", "sub/deep"},   // over what it lies in
		{"sub/deep/b", "in/sub"},        // and over the thing itself
		{"sub/deep", "in/sub/deep/new"},
	} {
		for _, method := range []string{"MOVE", "COPY"} {
			dir := tree(t, files)
			s := newShared(t, dir, setup{Roots: []string{"in", "in/sub"}, Policy: access.Policy{Open: true, Allow: access.Change}})
			w := clientOf(t, s, "192.168.1.23").send(method, "/"+c.from, "Destination: /"+c.to)
			if w.Code != 403 || trashed(s) != "" {
				t.Errorf("%s %s to %s: %d, want 403; trash %q: %s", method, c.from, c.to, w.Code, trashed(s), w.Body)
			}
			wantOnDisk(t, dir, files)
		}
	}
}

// The copy is whole by then.
func TestACompanionIsKeptIfWhatReplacesItFails(t *testing.T) {
	s, dir, files := openRoots(t)
	c := clientOf(t, s, "192.168.1.23")
	for _, name := range []string{"change/._a", "other/._a"} {
		c.want(c.sendBody("PUT", "/"+name, name), 201)
		files[strings.Replace(name, "._", ".windowsill-._", 1)] = name
	}
	must(t, os.WriteFile(filepath.Join(dir, "change/.windowsill-trash"), []byte("in the way"), 0o600))
	if w := c.send("MOVE", "/change/._a", "Destination: /other/._a"); w.Code < 400 {
		t.Error(w.Code)
	}
	must(t, os.Remove(filepath.Join(dir, "change/.windowsill-trash")))
	wantOnDisk(t, dir, files)
}
