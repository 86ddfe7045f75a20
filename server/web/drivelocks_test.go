package web

import (
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

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

// A second link stands for a drive that ignores case: there both names lead to one
// file, which the name in the other case must not get at.
func TestALockHoldsTheNameInTheOtherCase(t *testing.T) {
	s, dir := openDrive(t, access.Change, map[string]string{"in/A.txt": "old", "b": "b"})
	if err := os.Link(filepath.Join(dir, "in/A.txt"), filepath.Join(dir, "in/a.TXT")); err != nil && !os.IsExist(err) {
		t.Skip("no second links here:", err)
	}
	one, other := clientOf(t, s, "192.168.1.23"), clientOf(t, s, "192.168.1.24")
	token := lockAs(one, "/in/A.txt")
	other.want(other.sendBody("PUT", "/in/a.TXT", "new"), 423)
	other.want(other.send("DELETE", "/in/a.TXT"), 423)
	other.want(other.send("MOVE", "/in/a.TXT", "Destination: /c"), 423)
	other.want(other.send("COPY", "/b", "Destination: /in/a.TXT"), 423)
	other.want(other.sendBody("LOCK", "/in/a.TXT", lockBody), 423)
	if got, err := os.ReadFile(filepath.Join(dir, "in/A.txt")); string(got) != "old" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	one.want(one.sendBody("PUT", "/in/a.TXT", "new", "If: (<"+token+">)"), 204)
}

// A second link stands for a drive that ignores case, see above.
func TestAMoveToTheOtherCaseReplacesNothing(t *testing.T) {
	s, dir := openDrive(t, access.Change, map[string]string{"in/a.txt": "a"})
	if err := os.Link(filepath.Join(dir, "in/a.txt"), filepath.Join(dir, "in/A.txt")); err != nil && !os.IsExist(err) {
		t.Skip("no second links here:", err)
	}
	c := clientOf(t, s, "192.168.1.23")
	c.want(c.send("MOVE", "/in/a.txt", "Destination: /in/A.txt"), 201)
	if got, err := os.ReadFile(filepath.Join(dir, "in/A.txt")); string(got) != "a" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	if gone := s.Deleted(); len(gone) != 0 {
		t.Errorf("%+v is in the trash", gone)
	}
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

// Whatever way something would get a name that another device has locked, also
// before there is a file, or in a folder that it has locked, it does not; where
// there is a choice, it gets the next name.
func TestALockKeepsOthersFromAdding(t *testing.T) {
	tus := func(c *client, name string) *httptest.ResponseRecorder {
		return c.sendBody("POST", uploadPath, "new", "Tus-Resumable: 1.0.0", "Upload-Length: 3", "Content-Type: "+tusContent, metadata("relativePath", name))
	}
	post := func(c *client, name string) *httptest.ResponseRecorder {
		body, ctype := form(c.t, name, "new")
		text, err := io.ReadAll(body)
		must(c.t, err)
		return c.sendBody("POST", "/", string(text), ctype)
	}
	undo := func(c *client, name string) *httptest.ResponseRecorder {
		for _, one := range c.shared.Deleted() {
			if one.Name == name {
				return c.sendBody("POST", undoPath, "id="+one.ID, "Content-Type: application/x-www-form-urlencoded")
			}
		}
		c.t.Fatal("not deleted: " + name)
		return nil
	}
	moved := func(method string) func(c *client, name string) *httptest.ResponseRecorder {
		return func(c *client, name string) *httptest.ResponseRecorder {
			return c.send(method, "/b", "Destination: /"+name)
		}
	}
	for _, c := range []struct {
		what, locked, depth, name string
		do                        func(c *client, name string) *httptest.ResponseRecorder
		status                    int
		in                        string // what there is then, besides
	}{
		{"a form", "/new", "0", "new", post, 201, "new (2)"},
		{"tus", "/new", "0", "new", tus, 201, "new (2)"},
		{"a form", "/in", "infinity", "in/new", post, 423, ""},
		{"tus", "/in", "infinity", "in/new", tus, 423, ""},
		{"a form", "/in", "0", "in/new", post, 423, ""},
		{"tus, with a folder", "/in", "0", "in/sub/new", tus, 423, ""},
		{"a form, where all is locked", "/", "infinity", "far/new", post, 423, ""},
		{"undo", "/gone", "0", "gone", undo, 201, "gone (2)"},
		{"undo", "/", "infinity", "gone", undo, 423, ""},
		{"PUT of a name that is tamed", "/new", "0", "new.", func(c *client, name string) *httptest.ResponseRecorder {
			return c.sendBody("PUT", "/"+name, "new", "Accept: */*")
		}, 201, "new (2)"},
		{"MOVE to a name that is tamed", "/new", "0", "new.", moved("MOVE"), 423, ""},
		{"COPY to a name that is tamed", "/new", "0", "new.", moved("COPY"), 423, ""},
		{"MKCOL of a name that is tamed", "/new", "0", "new.", func(c *client, name string) *httptest.ResponseRecorder { return c.send("MKCOL", "/"+name) }, 423, ""},
	} {
		t.Run(c.what, func(t *testing.T) {
			s, dir := openDrive(t, access.Change, map[string]string{"in/a": "", "b": "new", "gone": "new"})
			one, other := clientOf(t, s, "192.168.1.23"), clientOf(t, s, "192.168.1.24")
			other.want(other.send("DELETE", "/gone"), 200)
			lockAs(one, c.locked, "Depth: "+c.depth)
			other.want(c.do(other, c.name), c.status)
			want := map[string]string{"in/a": "", "b": "new"}
			if c.in != "" {
				want[c.in] = "new"
			}
			wantOnDisk(t, dir, want)
		})
	}
}

// A lock may come while an upload goes on.
func TestALockThatComesDuringAnUpload(t *testing.T) {
	s, dir := openDrive(t, access.Change, map[string]string{"in/a": ""})
	one, other := clientOf(t, s, "192.168.1.23"), clientOf(t, s, "192.168.1.24")
	at := other.want(other.send("POST", uploadPath, "Tus-Resumable: 1.0.0", "Upload-Length: 3", metadata("filename", "new", "dir", "in")), 201).Header().Get("Location")
	token := lockAs(one, "/in", "Depth: infinity")
	part := []string{"Tus-Resumable: 1.0.0", "Upload-Offset: 0", "Content-Type: " + tusContent}
	other.want(other.sendBody("PATCH", at, "new", part...), 423)
	other.want(other.send("GET", "/in/new"), 404)
	one.want(one.send("UNLOCK", "/in", "Lock-Token: <"+token+">"), 204)
	other.want(other.send("HEAD", at, "Tus-Resumable: 1.0.0"), 200) // which gives a whole file its name
	wantOnDisk(t, dir, map[string]string{"in/a": "", "in/new": "new"})
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
