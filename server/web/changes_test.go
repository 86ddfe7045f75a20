package web

import (
	"windowsill/server/access"

	"encoding/json"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestMakeFolderRequest(t *testing.T) {
	for _, c := range []struct {
		target   string
		body     string
		status   int
		location string
	}{
		{"/new", "", 201, "/new/"}, {"/new/", "", 201, "/new/"}, {"/in/%C3%BC", "", 201, "/in/%C3%BC/"}, {"/.git", "", 201, "/git/"},
		{"/in", "", 405, ""}, {"/in/a", "", 405, ""}, {"/missing/new", "", 409, ""}, {"/in/a/new", "", 409, ""}, {"/", "", 400, ""},
		{"/new", "<mkcol/>", 415, ""},
	} {
		_, share, dir := writable(t, access.Change, map[string]string{"in/a": ""})
		a, text := send(t, "MKCOL", share+c.target, strings.NewReader(c.body), "Accept: text/html")
		if a.StatusCode != c.status || a.Header.Get("Location") != c.location {
			t.Errorf("%s: %s to %q, %s; want %d to %q", c.target, a.Status, a.Header.Get("Location"), text, c.status, c.location)
		}
		name, err := url.PathUnescape(c.location)
		must(t, err)
		if info, err := os.Stat(filepath.Join(dir, name)); c.location != "" && (err != nil || !info.IsDir()) {
			t.Errorf("%s: %v", c.target, err)
		}
	}
}

func TestMoveRequest(t *testing.T) {
	for _, c := range []struct {
		from, to  string
		overwrite string
		status    int
		in        map[string]string
	}{
		{"/a", "/c", "", 201, map[string]string{"c": "a", "b": "b", "in/x": "x"}},
		{"/a", "HOST/in/a%20b", "", 201, map[string]string{"in/a b": "a", "b": "b", "in/x": "x"}},
		{"/in", "/out/", "F", 201, map[string]string{"a": "a", "b": "b", "out/x": "x"}},
		{"/a", "/.c", "", 201, map[string]string{"a": "", "c": "a", "b": "b", "in/x": "x"}},
		{"/a", "/b", "F", 412, nil}, {"/a", "/b/c", "", 409, nil}, {"/a", "/missing/c", "", 409, nil}, {"/a", "/../c", "", 409, nil},
		{"/in", "/in/y", "", 403, nil}, {"/a", "/a", "", 403, nil}, {"/missing", "/c", "", 404, nil}, {"/", "/c", "", 400, nil},
		{"/a", "/", "", 400, nil}, {"/a", "", "", 400, nil}, {"/a", "c", "", 400, nil}, {"/a", "http://other.example/c", "", 502, nil},
		{"/a", "/%zz", "", 400, nil},
	} {
		_, url, dir := writable(t, access.Change, map[string]string{"a": "a", "b": "b", "in/x": "x"})
		to := strings.Replace(c.to, "HOST", url, 1)
		a, text := send(t, "MOVE", url+c.from, nil, "Destination: "+to, "Overwrite: "+c.overwrite, "Accept: text/html")
		if a.StatusCode != c.status {
			t.Errorf("%s to %s: %s, %s; want %d", c.from, c.to, a.Status, text, c.status)
		}
		want := c.in
		if want == nil {
			want = map[string]string{"a": "a", "b": "b", "in/x": "x"}
		}
		if want["a"] == "" {
			delete(want, "a")
		}
		wantOnDisk(t, dir, want)
	}
}

func TestWhatAMoveReplacesIsInTheTrash(t *testing.T) {
	_, url, dir := writable(t, access.Change, map[string]string{"a": "a", "b": "b"})
	if a, text := send(t, "MOVE", url+"/a", nil, "Destination: /b"); a.StatusCode != 204 {
		t.Errorf("%s %s", a.Status, text)
	}
	boxes, err := filepath.Glob(filepath.Join(dir, ".windowsill-trash", "*", "b"))
	must(t, err)
	if len(boxes) != 1 {
		t.Fatalf("in the trash: %q", boxes)
	}
	old, err := os.ReadFile(boxes[0])
	must(t, err)
	now, err := os.ReadFile(filepath.Join(dir, "b"))
	must(t, err)
	if string(old) != "b" || string(now) != "a" {
		t.Errorf("the old one holds %q, the new one %q", old, now)
	}
}

func TestOwnerBringsBackWhatAMoveReplaced(t *testing.T) {
	s, url, dir := writable(t, access.Change, map[string]string{"a": "a", "b": "b"})
	send(t, "MOVE", url+"/a", nil, "Destination: /b")
	gone := s.Deleted()
	if len(gone) != 1 || gone[0].Name != "b" {
		t.Fatalf("%+v", gone)
	}
	_, err := s.Restore(gone[0].ID)
	must(t, err)
	wantOnDisk(t, dir, map[string]string{"b": "a", "b (2)": "b"})
}

func TestDeleteCanBeUndone(t *testing.T) {
	for _, c := range []struct {
		name, accept, location string
		status                 int
	}{
		{"in/a", "*/*", "/in/a", 201}, {"in", "*/*", "/in", 201}, {"in/a", "text/html", "/in/", 303}, {"b", "text/html", "/", 303},
	} {
		_, url, dir := writable(t, access.Change, map[string]string{"in/a": "a", "b": "b"})
		a, text := send(t, "DELETE", url+"/"+c.name, nil)
		var answer struct{ Undo string }
		must(t, json.Unmarshal([]byte(text), &answer))
		if a.StatusCode != 200 || len(answer.Undo) != 22 {
			t.Fatalf("%s %s", a.Status, text)
		}
		for _, gone := range []string{"/" + c.name, "/.windowsill-trash/", "/.windowsill-trash/" + answer.Undo + "/"} {
			if a, _ := get(t, "GET", url+gone); a.StatusCode != 404 {
				t.Errorf("%s is served: %s", gone, a.Status)
			}
		}
		form := "Content-Type: application/x-www-form-urlencoded"
		if a, _ := send(t, "POST", url+ours+"undo", strings.NewReader("id="+answer.Undo), form, "Origin: http://evil.example"); a.StatusCode != 403 {
			t.Errorf("undone by another page: %s", a.Status)
		}
		a, _ = send(t, "POST", url+ours+"undo", strings.NewReader("id="+answer.Undo), form, "Accept: "+c.accept)
		if a.StatusCode != c.status || a.Header.Get("Location") != c.location {
			t.Errorf("undo: %s to %q, want %d to %q", a.Status, a.Header.Get("Location"), c.status, c.location)
		}
		wantOnDisk(t, dir, map[string]string{"in/a": "a", "b": "b"})
		if a, _ := send(t, "POST", url+ours+"undo?id="+answer.Undo, nil); a.StatusCode != 404 {
			t.Errorf("undone twice: %s", a.Status)
		}
	}
}

func TestOwnerBringsBackWhatWasDeleted(t *testing.T) {
	s, url, dir := writable(t, access.Change, map[string]string{"in/a": "a"})
	send(t, "DELETE", url+"/in/a", nil)
	known := s.Deleted()
	if len(known) != 1 || known[0].Name != "in/a" || known[0].At.IsZero() {
		t.Fatalf("known as deleted: %+v", known)
	}
	_, err := s.Restore(known[0].ID)
	must(t, err)
	wantOnDisk(t, dir, map[string]string{"in/a": "a"})
	if left := s.Deleted(); len(left) != 0 {
		t.Errorf("still known as deleted: %+v", left)
	}
	if _, err := s.Restore(known[0].ID); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("brought back twice: %v", err)
	}
}

func TestDeleteRefuses(t *testing.T) {
	_, url, dir := writable(t, access.Change, map[string]string{"a": "a", ".hidden": "h", ".windowsill-x": "x"})
	for target, status := range map[string]int{"/": 400, "/missing": 404, "/.hidden": 404, "/.windowsill-x": 404, "/a/b": 404, "/a/": 404} {
		if a, text := send(t, "DELETE", url+target, nil); a.StatusCode != status {
			t.Errorf("%s: %s %s, want %d", target, a.Status, text, status)
		}
	}
	wantOnDisk(t, dir, map[string]string{"a": "a", ".hidden": "h", ".windowsill-x": "x"})
}
