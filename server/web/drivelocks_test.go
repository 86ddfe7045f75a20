package web

import (
	"io"
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
