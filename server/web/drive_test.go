package web

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"windowsill/server/access"
)

const lockBody = `<?xml version="1.0"?><D:lockinfo xmlns:D="DAV:"><D:lockscope><D:exclusive/></D:lockscope><D:locktype><D:write/></D:locktype><D:owner>me</D:owner></D:lockinfo>`

// lockAs locks a name for a device, and returns the token.
func lockAs(c *client, target string, headers ...string) string {
	c.t.Helper()
	w := c.sendBody("LOCK", target, lockBody, headers...)
	if w.Code != 200 && w.Code != 201 {
		c.t.Fatalf("LOCK %s: %d %s", target, w.Code, w.Body)
	}
	return strings.Trim(w.Header().Get("Lock-Token"), "<>")
}

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

// TestRightsOfADrive says who may do what.
func TestRightsOfADrive(t *testing.T) {
	for _, c := range []struct {
		method, target string
		body           string
		header         string
		needs          access.Permission
		status         int // for those who may
	}{
		{"PROPFIND", "/", "", "Depth: 1", access.Read, 207},
		{"PUT", "/new", "x", "X: y", access.Add, 201},
		{"MKCOL", "/new", "", "X: y", access.Add, 201},
		{"COPY", "/a", "", "Destination: /new", access.Add, 201},
		{"COPY", "/in", "", "Destination: /new", access.Add, 201},
		{"COPY", "/a", "", "Destination: /b", access.Change, 204},
		{"LOCK", "/new", lockBody, "X: y", access.Add, 201},
		{"LOCK", "/a", lockBody, "X: y", access.Change, 200},
		{"LOCK", "/", lockBody, "X: y", access.Change, 200},
		{"MOVE", "/a", "", "Destination: /new", access.Change, 201},
		{"MOVE", "/a", "", "Destination: /b", access.Change, 204},
		{"DELETE", "/a", "", "X: y", access.Change, 200},
		{"PROPPATCH", "/a", `<propertyupdate xmlns="DAV:"><set><prop><p xmlns="x">1</p></prop></set></propertyupdate>`, "X: y", access.Change, 207},
	} {
		for may := access.Read; may <= access.Change; may++ {
			s, _ := openDrive(t, may, map[string]string{"a": "a", "b": "b", "in/c": "c"})
			w := clientOf(t, s, "192.168.1.23").sendBody(c.method, c.target, c.body, c.header)
			want := c.status
			if may < c.needs {
				want = 403
			}
			if w.Code != want {
				t.Errorf("%s %s with %v: %d, want %d: %s", c.method, c.target, may, w.Code, want, w.Body)
			}
		}
	}
}

func TestALockKeepsOthersFromChanging(t *testing.T) {
	s, dir := openDrive(t, access.Change, map[string]string{"in/a": "old", "b": "b"})
	one, other := clientOf(t, s, "192.168.1.23"), clientOf(t, s, "192.168.1.24")
	token := lockAs(one, "/in", "Depth: infinity")
	tried := []string{"If: </in> (<" + token + ">)", "X: y"} // also with a token that the other may have seen in a listing
	for _, header := range tried {
		other.want(other.sendBody("PUT", "/in/a", "new", header), 423)
		other.want(other.sendBody("PUT", "/in/new", "new", header), 423)
		other.want(other.send("DELETE", "/in/a", header), 423)
		other.want(other.send("DELETE", "/in", header), 423)
		other.want(other.send("MKCOL", "/in/new", header), 423)
		other.want(other.send("MOVE", "/in/a", "Destination: /c", header), 423)
		other.want(other.send("COPY", "/b", "Destination: /in/b", header), 423)
		other.want(other.sendBody("LOCK", "/in/a", lockBody, header), 423)
	}
	other.want(other.send("UNLOCK", "/in", "Lock-Token: <"+token+">"), 423)
	other.want(other.send("COPY", "/in/a", "Destination: /c"), 201)
	wantOnDisk(t, dir, map[string]string{"in/a": "old", "b": "b", "c": "old"})
	one.want(one.sendBody("PUT", "/in/a", "new", "If: </in> (<"+token+">)"), 204)
	one.want(one.send("UNLOCK", "/in/a", "Lock-Token: "+token), 204) // npm's webdav sends no brackets
	other.want(other.sendBody("PUT", "/in/a", "newer"), 204)
}

func TestALockKeepsThePageFromReplacing(t *testing.T) {
	s, dir := openDrive(t, access.Change, map[string]string{"in/a": "old"})
	one, other := clientOf(t, s, "192.168.1.23"), clientOf(t, s, "192.168.1.24")
	lockAs(one, "/in/a")
	form, ctype := form(t, "a", "new")
	text, err := io.ReadAll(form)
	must(t, err)
	other.want(other.sendBody("POST", "/in/?overwrite", string(text), ctype), 423)
	other.want(other.send("POST", uploadPath, "Tus-Resumable: 1.0.0", "Upload-Length: 3", metadata("filename", "a", "dir", "in", "overwrite", "true")), 423)
	other.want(other.sendBody("POST", "/in/", string(text), ctype), 201) // beside it
	wantOnDisk(t, dir, map[string]string{"in/a": "old", "in/a (2)": "new"})
}

func TestADeviceThatIsSentAwayLosesItsLocks(t *testing.T) {
	dir := tree(t, map[string]string{"a": "old"})
	s := newShared(t, dir, setup{Policy: access.Policy{Allow: access.Change}})
	one, other := clientOf(t, s, "192.168.1.23"), clientOf(t, s, "192.168.1.24")
	enterByKey(s, one)
	enterByKey(s, other)
	lockAs(one, "/a")
	other.want(other.sendBody("PUT", "/a", "new"), 423)
	for _, d := range s.guard.Devices() {
		if d.Addr.String() == "192.168.1.23" {
			s.guard.Decide(d.ID, access.SendAway)
		}
	}
	other.want(other.sendBody("PUT", "/a", "new"), 204)
	wantOnDisk(t, dir, map[string]string{"a": "new"})
}

func TestLocksThatWillNotDo(t *testing.T) {
	s, _ := openDrive(t, access.Change, map[string]string{"a": ""})
	c := clientOf(t, s, "192.168.1.23")
	for _, b := range []string{"<x/>", "<lockinfo/>", strings.Replace(lockBody, "<D:exclusive/>", "", 1), strings.Replace(lockBody, "D:write", "D:read", 2), "no XML"} {
		c.want(c.sendBody("LOCK", "/a", b), 400)
	}
	c.want(c.sendBody("LOCK", "/a", lockBody, "Depth: 1"), 400)
	c.want(c.sendBody("LOCK", "/missing/a", lockBody), 409)
	c.want(c.sendBody("LOCK", "/.hidden", lockBody), 400)
	c.want(c.send("LOCK", "/a"), 400)
	c.want(c.send("LOCK", "/a", "If: (<urn:uuid:1>)"), 412)
	c.want(c.send("UNLOCK", "/a", "Lock-Token: <urn:uuid:1>"), 409)
	c.want(c.send("UNLOCK", "/a"), 400)
	c.want(c.sendBody("PUT", "/a", "x", "If: ("), 400)
	c.want(c.sendBody("PUT", "/a", "x", `If: (["other"])`), 412)
	c.want(c.sendBody("PUT", "/a", "x", "If: (<urn:uuid:1>)"), 412)
}

// davfs2 locks a name before there is a file, asks for its tag, and sends the
// content only if it still has that.
func TestANameIsLockedBeforeThereIsAFile(t *testing.T) {
	for _, allow := range []access.Permission{access.Add, access.Change} {
		s, dir := openDrive(t, allow, map[string]string{"a": "a"})
		c := clientOf(t, s, "192.168.1.23")
		token := lockAs(c, "/new", "Timeout: Second-1800")
		wantOnDisk(t, dir, map[string]string{"a": "a"})
		head := c.want(c.send("HEAD", "/new"), 200)
		tag := head.Header().Get("ETag")
		if tag == "" || head.Header().Get("Content-Length") != "0" {
			t.Fatalf("%v", head.Header())
		}
		c.want(c.send("PROPFIND", "/new", "Depth: 0"), 207)
		if allow == access.Change {
			c.want(c.sendBody("PUT", "/new", "x", "If: (<"+token+">)", `If-Match: "other"`), 412)
			c.want(c.sendBody("PUT", "/new", "x", "If: (<"+token+">)", "If-Match: "+tag), 201)
		} else {
			c.want(c.sendBody("PUT", "/new", "x", "If: (<"+token+">)"), 201)
		}
		c.want(c.send("UNLOCK", "/new", "Lock-Token: <"+token+">"), 204)
		wantOnDisk(t, dir, map[string]string{"a": "a", "new": "x"})

		token = lockAs(c, "/never")
		c.want(c.send("UNLOCK", "/never", "Lock-Token: <"+token+">"), 204)
		c.want(c.send("HEAD", "/never"), 404)
		wantOnDisk(t, dir, map[string]string{"a": "a", "new": "x"})
	}
}

// davfs2 renames a new file on the server before it sends it, locks the new name,
// and asks for the tag that is there.
func TestALockedNameIsMovedBeforeThereIsAFile(t *testing.T) {
	s, dir := openDrive(t, access.Change, map[string]string{"old": "old"})
	c, other := clientOf(t, s, "192.168.1.23"), clientOf(t, s, "192.168.1.24")
	for _, r := range []struct {
		to    string
		moved int
		put   int
	}{{"/new", 201, 201}, {"/old", 204, 204}} {
		token := "If: </tmp> (<" + lockAs(c, "/tmp") + ">)"
		other.want(other.send("MOVE", "/tmp", "Destination: "+r.to), 423)
		c.want(c.send("MOVE", "/tmp", "Destination: "+r.to), 423)
		c.want(c.send("MOVE", "/tmp", "Destination: /old", "Overwrite: F", token), 412)
		c.want(c.send("MOVE", "/tmp", "Destination: "+r.to, `If-Match: "other"`, token), 412)
		c.want(c.send("MOVE", "/tmp", "Destination: /missing/new", token), 409)
		c.want(c.send("MOVE", "/tmp", "Destination: "+r.to, token), r.moved)
		c.want(c.send("HEAD", "/tmp"), 404)
		wantOnDisk(t, dir, map[string]string{"old": "old"})
		token = "If: (<" + lockAs(c, r.to) + ">)"
		tag := c.want(c.send("HEAD", r.to), 200).Header().Get("ETag")
		c.want(c.sendBody("PUT", r.to, "content", token, "If-Match: "+tag), r.put)
		wantOnDisk(t, dir, map[string]string{"old": map[bool]string{true: "content", false: "old"}[r.to == "/old"], strings.Trim(r.to, "/"): "content"})
		c.want(c.send("DELETE", r.to, token), 200)
		must(t, os.WriteFile(filepath.Join(dir, "old"), []byte("old"), 0o644))
	}
}

func TestALockedNameIsDeletedBeforeThereIsAFile(t *testing.T) {
	s, dir := openDrive(t, access.Change, nil)
	c, other := clientOf(t, s, "192.168.1.23"), clientOf(t, s, "192.168.1.24")
	token := "If: (<" + lockAs(c, "/new") + ">)"
	other.want(other.send("DELETE", "/new"), 423)
	c.want(c.send("DELETE", "/new", `If-Match: "other"`, token), 412)
	c.want(c.send("DELETE", "/new", token), 204)
	c.want(c.send("HEAD", "/new"), 404)
	other.want(other.sendBody("PUT", "/new", "x"), 201)
	wantOnDisk(t, dir, map[string]string{"new": "x"})
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

// macOS waits for a minute and a half if it is told, davfs2 makes up 1.3 TB if it
// is not.
func TestQuota(t *testing.T) {
	s, _ := openDrive(t, access.Read, nil)
	const ask = `<propfind xmlns="DAV:"><prop><quota-available-bytes/><quota-used-bytes/><resourcetype/></prop></propfind>`
	for agent, told := range map[string]bool{"davfs2/1.6.1 neon/0.32.2": true, "WebDAVFS/3.0.0 (03008000) Darwin/24.4.0": false, "WebDAVLib/1.3": false} {
		body := clientOf(t, s, "192.168.1.23").sendBody("PROPFIND", "/", ask, "Depth: 0", "User-Agent: "+agent).Body.String()
		if strings.Contains(body, "quota-available-bytes>") != told || strings.Contains(body, "quota") != told {
			t.Errorf("%s: %s", agent, body)
		}
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

func TestAPutThatIsCutShowsNothing(t *testing.T) {
	s, url, dir := writable(t, access.Change, map[string]string{"a": "old"})
	for _, name := range []string{"a", "new"} {
		c := dial(t, url, "PUT /"+name+" HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf")
		until(t, "it arrives", func() bool { u := s.receiver.Uploads(); return len(u) > 0 && u[len(u)-1].Bytes == 4 })
		c.Close()
		until(t, "it has failed", func() bool { u := s.receiver.Uploads(); return u[len(u)-1].Ended != time.Time{} })
	}
	wantOnDisk(t, dir, map[string]string{"a": "old"})
}

// rclone leaves the text of an answer unread, and needs another connection then.
func TestAnswersWithoutTextForWhoAsksForNone(t *testing.T) {
	s, _ := openDrive(t, access.Change, map[string]string{"in/a": "a"})
	c := clientOf(t, s, "192.168.1.23")
	for _, q := range [][2]string{{"PUT", "/new"}, {"MKCOL", "/folder"}, {"MKCOL", "/in"}} {
		if w := c.send(q[0], q[1]); w.Body.Len() != 0 || w.Header().Get("Content-Length") != "0" {
			t.Errorf("%s %s: %v %s", q[0], q[1], w.Header(), w.Body)
		}
	}
	if w := c.send("PUT", "/b", "Accept: */*"); !strings.HasPrefix(w.Body.String(), "Stored as /b") {
		t.Errorf("curl: %s", w.Body)
	}
}

// The sequence by which Finder copies a file to a server: an empty one first, then
// a lock, then the content in chunks, with the data that macOS keeps beside it.
func TestFinderCopies(t *testing.T) {
	for _, allow := range []access.Permission{access.Add, access.Change} {
		s, dir := openDrive(t, allow, nil)
		c := clientOf(t, s, "192.168.1.23")
		const agent = "User-Agent: WebDAVFS/3.0.0 (03008000) Darwin/24.4.0 (arm64)"
		c.want(c.send("OPTIONS", "/", agent), 200)
		c.want(c.send("PROPFIND", "/", "Depth: 0", agent), 207)
		c.want(c.send("PROPFIND", "/photo.jpg", "Depth: 0", agent), 404)
		c.want(c.sendBody("PUT", "/photo.jpg", "", agent), 201)
		token := lockAs(c, "/photo.jpg", "Depth: 0", "Timeout: Second-600", agent)
		c.want(c.send("PROPFIND", "/photo.jpg", "Depth: 0", agent), 207)
		w := c.sendBody("PUT", "/photo.jpg", "content", "If: (<"+token+">)", "X-Expected-Entity-Length: 7", agent)
		if w.Code/100 != 2 {
			t.Fatalf("%v: %d %s", allow, w.Code, w.Body)
		}
		c.want(c.send("UNLOCK", "/photo.jpg", "Lock-Token: <"+token+">", agent), 204)
		for _, name := range []string{"/._photo.jpg", "/.DS_Store"} {
			c.want(c.send("PROPFIND", name, "Depth: 0", agent), 404)
			c.want(c.sendBody("PUT", name, "", agent), 201)
			token := lockAs(c, name, "Depth: 0", agent)
			if w := c.sendBody("PUT", name, "AppleDouble", "If: (<"+token+">)", agent); w.Code/100 != 2 {
				t.Fatalf("%s with %v: %d %s", name, allow, w.Code, w.Body)
			}
			c.want(c.send("UNLOCK", name, "Lock-Token: <"+token+">", agent), 204)
			if body := c.want(c.send("GET", name, agent), 200).Body.String(); body != "AppleDouble" {
				t.Errorf("%s holds %q", name, body)
			}
			if body := c.want(c.send("PROPFIND", name, "Depth: 0", agent), 207).Body.String(); !strings.Contains(body, "<D:href>"+name+"</D:href>") {
				t.Error(body)
			}
		}
		for _, seen := range []string{c.send("GET", "/?json").Body.String(), c.send("PROPFIND", "/", "Depth: 1").Body.String(), c.send("GET", "/?tar").Body.String()} {
			if strings.Contains(seen, "._photo") || strings.Contains(seen, "DS_Store") {
				t.Errorf("others see what macOS keeps: %s", seen)
			}
		}
		wantOnDisk(t, dir, map[string]string{"photo.jpg": "content", ".windowsill-._photo.jpg": "AppleDouble", ".windowsill-.DS_Store": "AppleDouble"})
		if gone := s.Deleted(); len(gone) != 0 {
			t.Errorf("the empty file is in the trash: %+v", gone)
		}
	}
}

func TestCompanionsAreTidiedUp(t *testing.T) {
	s, dir := openDrive(t, access.Change, map[string]string{"in/a": "a", "in/b": "b"})
	c := clientOf(t, s, "192.168.1.23")
	for _, name := range []string{"/in/._a", "/in/._b", "/in/.DS_Store"} {
		c.want(c.sendBody("PUT", name, "x"), 201)
	}
	c.want(c.send("DELETE", "/in/._b"), 200)
	c.want(c.send("MOVE", "/in/._a", "Destination: /in/._b"), 201)
	c.want(c.send("MKCOL", "/in/._c"), 405)
	c.want(c.send("GET", "/in/.windowsill-._b"), 404)
	c.want(c.send("GET", "/in/._a"), 404)
	on := func() []string {
		all, err := filepath.Glob(filepath.Join(dir, "in", ".windowsill-.*"))
		must(t, err)
		return all
	}
	if got := on(); len(got) != 2 {
		t.Fatalf("%q", got)
	}
	for _, path := range on() {
		must(t, os.Chtimes(path, time.Time{}, time.Now().Add(-25*time.Hour)))
	}
	s.receiver.Tidy(t.Context())
	if got := on(); len(got) != 1 || filepath.Base(got[0]) != ".windowsill-._b" {
		t.Errorf("%q, want that of b alone", got)
	}
	must(t, os.Remove(filepath.Join(dir, "in", "b")))
	s.receiver.Tidy(t.Context())
	if got := on(); len(got) != 0 {
		t.Errorf("%q is left", got)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".windowsill-trash", "*")); len(left) != 0 {
		t.Errorf("%q is in the trash", left)
	}
}

// The sequence by which Explorer copies a file.
func TestExplorerCopies(t *testing.T) {
	for _, allow := range []access.Permission{access.Add, access.Change} {
		s, dir := openDrive(t, allow, map[string]string{"in/old": "old"})
		c := clientOf(t, s, "192.168.1.23")
		const agent, translate = "User-Agent: Microsoft-WebDAV-MiniRedir/10.0.22631", "Translate: f"
		c.want(c.send("OPTIONS", "/", agent, translate), 200)
		for _, target := range []string{"/", "/in"} {
			c.want(c.send("PROPFIND", target, "Depth: 0", "Content-Length: 0", agent, translate), 207)
		}
		c.want(c.send("PROPFIND", "/in/new.txt", "Depth: 0", agent, translate), 404)
		c.want(c.sendBody("PUT", "/in/new.txt", "", agent, translate), 201)
		token := lockAs(c, "/in/new.txt", "Timeout: Second-3600", agent, translate)
		patch := func(headers ...string) {
			body := c.want(c.sendBody("PROPPATCH", "/in/new.txt", `<?xml version="1.0" encoding="utf-8" ?><D:propertyupdate xmlns:D="DAV:" xmlns:Z="urn:schemas-microsoft-com:"><D:set><D:prop>`+
				`<Z:Win32CreationTime>Sat, 02 Mar 2024 10:00:00 GMT</Z:Win32CreationTime><Z:Win32LastAccessTime>Sat, 02 Mar 2024 10:00:00 GMT</Z:Win32LastAccessTime>`+
				`<Z:Win32LastModifiedTime>Sat, 02 Mar 2024 10:00:00 GMT</Z:Win32LastModifiedTime><Z:Win32FileAttributes>00000020</Z:Win32FileAttributes></D:prop></D:set></D:propertyupdate>`, headers...), 207).Body.String()
			if strings.Count(body, "HTTP/1.1") != 1 || !strings.Contains(body, "200 OK") {
				t.Errorf("Explorer would delete what it has copied: %s", body)
			}
		}
		patch("If: (<"+token+">)", agent, translate)
		c.want(c.send("HEAD", "/in/new.txt", agent, translate), 200)
		if w := c.sendBody("PUT", "/in/new.txt", "content", "If: (<"+token+">)", agent, translate); w.Code/100 != 2 {
			t.Fatalf("%v: %d %s", allow, w.Code, w.Body)
		}
		patch("If: (<"+token+">)", agent, translate)
		c.want(c.send("UNLOCK", "/in/new.txt", "Lock-Token: <"+token+">", agent, translate), 204)
		wantOnDisk(t, dir, map[string]string{"in/old": "old", "in/new.txt": "content"})
		info, err := os.Stat(filepath.Join(dir, "in/new.txt"))
		must(t, err)
		if got := info.ModTime().UTC().Format(http.TimeFormat); got != "Sat, 02 Mar 2024 10:00:00 GMT" {
			t.Errorf("its time is %s", got)
		}
	}
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
