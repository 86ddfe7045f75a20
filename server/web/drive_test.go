package web

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"windowsill/server/access"
)

func openDrive(t *testing.T, allow access.Permission, files map[string]string) (s *shared, dir string) {
	t.Helper()
	dir = tree(t, files)
	return newShared(t, dir, setup{Policy: access.Policy{Open: true, Allow: allow}}), dir
}

// A client that is not told so without a password never asks for one.
func TestOptionsTellThatThisIsADrive(t *testing.T) {
	for _, open := range []bool{true, false} {
		s := newShared(t, tree(t, map[string]string{"a.txt": "a", "in/b": ""}), setup{Policy: access.Policy{Open: open}})
		for _, target := range []string{"/", "/a.txt", "/in", "/in/", "/missing/x"} {
			w := clientOf(t, s, "192.168.1.23").send("OPTIONS", target)
			if w.Code != 200 {
				t.Errorf("%s: %d, want 200", target, w.Code)
			}
			if d := w.Header().Get("DAV"); !strings.HasPrefix(d, "1, 2") || w.Header().Get("MS-Author-Via") != "DAV" {
				t.Errorf("%s: DAV %q", target, d)
			}
		}
	}
}

func TestListingOfADrive(t *testing.T) {
	s, dir := openDrive(t, access.Read, map[string]string{"in/a b&ü.txt": "four", "in/.hidden": "x", "in/sub/deep": "", "old": ""})
	must(t, os.Chtimes(filepath.Join(dir, "old"), time.Time{}, time.Unix(-1, 0)))
	c := clientOf(t, s, "192.168.1.23")
	body := c.want(c.send("PROPFIND", "/in", "Depth: 1"), 207).Body.String()
	hrefs := regexp.MustCompile(`<D:href>([^<]*)`).FindAllStringSubmatch(body, -1)
	if len(hrefs) != 3 || hrefs[0][1] != "/in/" {
		t.Fatalf("%q, want the folder itself first, and what is in it", hrefs)
	}
	for _, want := range []string{"<D:href>/in/a%20b%26%C3%BC.txt</D:href>", "<D:href>/in/sub/</D:href>", "<D:getcontentlength>4</D:getcontentlength>", "<D:displayname>a b&amp;ü.txt</D:displayname>", "<D:resourcetype><D:collection/></D:resourcetype>", "<D:getcontenttype>text/plain"} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s in %s", want, body)
		}
	}
	get := c.want(c.send("HEAD", "/in/a%20b%26%C3%BC.txt"), 200)
	for _, want := range []string{get.Header().Get("ETag"), get.Header().Get("Last-Modified")} {
		if !strings.Contains(body, ">"+want+"<") {
			t.Errorf("GET tells %s, the listing does not: %s", want, body)
		}
	}
	if body := c.send("PROPFIND", "/old", "Depth: 0").Body.String(); !strings.Contains(body, "02 Jan 1970") {
		t.Errorf("a time before 1970, with which macOS does not mount: %s", body)
	}
	c.want(c.send("PROPFIND", "/in/.hidden", "Depth: 0"), 404)
	c.want(c.send("PROPFIND", "/missing", "Depth: 0"), 404)
	c.want(c.send("PROPFIND", "/../etc", "Depth: 0"), 404)
	c.want(c.send("PROPFIND", "/", "Depth: 2"), 400)
	c.want(c.sendBody("PROPFIND", "/", "<x/>"), 400)
	if body := c.want(c.send("PROPFIND", "/", "Depth: infinity"), 207).Body.String(); !strings.Contains(body, "/in/sub/deep<") {
		t.Errorf("a small tree is listed whole: %s", body)
	}
}

func TestLargeTreesAreNotListedWhole(t *testing.T) {
	dir := t.TempDir()
	for i := range 1001 {
		must(t, os.WriteFile(filepath.Join(dir, fmt.Sprint(i)), nil, 0o644))
	}
	s := newShared(t, dir, setup{Policy: access.Policy{Open: true}})
	c := clientOf(t, s, "192.168.1.23")
	for _, header := range []string{"Depth: infinity", "X: y"} {
		if body := c.want(c.send("PROPFIND", "/", header), 403).Body.String(); !strings.Contains(body, "<D:propfind-finite-depth/>") {
			t.Error(body)
		}
	}
	if body := c.want(c.send("PROPFIND", "/", "Depth: 1"), 207).Body.String(); strings.Count(body, "<D:response>") != 1002 {
		t.Errorf("%d entries", strings.Count(body, "<D:response>"))
	}
}

func TestPropertiesStayWithTheirFile(t *testing.T) {
	s, dir := openDrive(t, access.Change, map[string]string{"a": "a", "in/b": "b"})
	c := clientOf(t, s, "192.168.1.23")
	set := func(target, value string) {
		t.Helper()
		body := c.want(c.sendBody("PROPPATCH", target, `<propertyupdate xmlns="DAV:"><set><prop><p xmlns="x:">`+value+`</p></prop></set></propertyupdate>`), 207).Body.String()
		if !strings.Contains(body, "200 OK") {
			t.Fatal(body)
		}
	}
	want := func(target, value string) {
		t.Helper()
		body := c.send("PROPFIND", target, "Depth: 0").Body.String()
		if strings.Contains(body, `<p xmlns="x:">`) != (value != "") || !strings.Contains(body, value) {
			t.Errorf("%s: want %q in %s", target, value, body)
		}
	}
	set("/a", "one")
	set("/in", "two")
	set("/in/b", "three")
	c.want(c.send("MOVE", "/a", "Destination: /c"), 201)
	want("/c", "one")
	c.want(c.send("COPY", "/in", "Destination: /copy"), 201)
	want("/copy", "two")
	want("/copy/b", "three")
	c.want(c.sendBody("PUT", "/c", "new"), 204)
	want("/c", "one")
	c.want(c.send("DELETE", "/c"), 200)
	c.want(c.sendBody("PUT", "/c", "other"), 201)
	want("/c", "")
	_, err := s.Restore(s.Deleted()[len(s.Deleted())-1].ID)
	must(t, err)
	want("/c%20(2)", "one")
	if body := c.sendBody("PROPPATCH", "/c", `<propertyupdate xmlns="DAV:"><set><prop><p xmlns="x:">1</p><getetag>2</getetag></prop></set></propertyupdate>`).Body.String(); !strings.Contains(body, "403 Forbidden") || !strings.Contains(body, "424 Failed") {
		t.Errorf("a property that is computed: %s", body)
	}
	want("/c", "")
	if body := c.sendBody("PROPPATCH", "/c", `<propertyupdate xmlns="DAV:"><set><prop><p xmlns="x:">`+strings.Repeat("x", 70<<10)+`</p></prop></set></propertyupdate>`).Body.String(); !strings.Contains(body, "507 ") {
		t.Errorf("too much: %.300s", body)
	}
	s.receiver.Tidy(t.Context())
	want("/in", "two")
	must(t, os.RemoveAll(filepath.Join(dir, "in", "b")))
	s.receiver.Tidy(t.Context())
	if left, _ := filepath.Glob(filepath.Join(dir, "in", ".windowsill-props-*")); len(left) != 0 {
		t.Errorf("of a file that is gone: %q", left)
	}
}

func TestAPutThatIsCutShowsNothing(t *testing.T) {
	s, url, dir := writable(t, access.Change, map[string]string{"a": "old"})
	for i, name := range []string{"a", "new"} {
		c := dial(t, url, "PUT /"+name+" HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf")
		until(t, "it arrives", func() bool { u := s.receiver.Uploads(); return len(u) > i && u[i].Bytes == 4 })
		c.Close()
		until(t, "it has failed", func() bool { return !s.receiver.Uploads()[i].Ended.IsZero() })
	}
	wantOnDisk(t, dir, map[string]string{"a": "old"})
}

// Whoever may only add may fill what it has just made, but not what others have.
func TestDevicesThatMayOnlyAddFillTheirOwnFilesOnly(t *testing.T) {
	s, dir := openDrive(t, access.Add, map[string]string{"empty": ""})
	one, other := clientOf(t, s, "192.168.1.23"), clientOf(t, s, "192.168.1.24")
	one.want(one.sendBody("PUT", "/a", ""), 201)
	other.want(other.sendBody("LOCK", "/a", lockBody), 403)
	other.want(other.sendBody("PUT", "/a", "other's"), 201)
	one.want(one.sendBody("LOCK", "/empty", lockBody), 403)
	one.want(one.sendBody("PUT", "/a", "one's"), 201)
	one.want(one.sendBody("PUT", "/a", "again"), 201)
	wantOnDisk(t, dir, map[string]string{"empty": "", "a": "one's", "a (2)": "other's", "a (3)": "again"})
}

func TestOtherPagesCannotUseTheDrive(t *testing.T) {
	s, _ := openDrive(t, access.Change, map[string]string{"a": "a"})
	c := clientOf(t, s, "192.168.1.23")
	for _, method := range []string{"PROPFIND", "PROPPATCH", "LOCK", "UNLOCK", "COPY", "MOVE", "MKCOL", "PUT", "DELETE"} {
		for _, header := range []string{"Origin: http://evil.example", "Sec-Fetch-Site: cross-site", "Referer: http://evil.example/"} {
			c.want(c.send(method, "/a", header, "Destination: /b"), 403)
		}
	}
}
