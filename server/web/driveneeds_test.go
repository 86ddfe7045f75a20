package web

import (
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"windowsill/server/access"
)

// What makes macOS fail or see double: cookies on answers, missing properties among
// those that are there, and <location>.
func TestListingsThatMacOSReads(t *testing.T) {
	s, _ := openDrive(t, access.Read, map[string]string{"in/a": "", "in/b/c": ""})
	c := clientOf(t, s, "192.168.1.23")
	const ask = `<?xml version="1.0" encoding="utf-8"?><D:propfind xmlns:D="DAV:"><D:prop><D:getlastmodified/><D:getcontentlength/><D:creationdate/><D:resourcetype/><D:quota/></D:prop></D:propfind>`
	w := c.want(c.sendBody("PROPFIND", "/in/", ask, "Depth: 1", "User-Agent: WebDAVFS/3.0.0 (03008000) Darwin/24.4.0 (arm64)"), 207)
	body := w.Body.String()
	if w.Header()["Set-Cookie"] != nil || strings.Contains(body, "location>") || strings.Contains(body, "<D:href>http") {
		t.Errorf("%v %s", w.Header(), body)
	}
	there := regexp.MustCompile(`(?s)<D:propstat>(.*?)</D:propstat>`).FindAllStringSubmatch(body, -1)
	if len(there) < 6 {
		t.Fatalf("%d groups of properties for three members: %s", len(there), body)
	}
	for _, group := range there {
		if ok := strings.Contains(group[1], "200 OK"); ok == strings.Contains(group[1], "<D:quota") {
			t.Errorf("quota, which is not there, among %s", group[1])
		}
	}
	if !strings.Contains(body, "<D:getcontentlength>0</D:getcontentlength>") {
		t.Errorf("davfs2 reads no empty file of unknown length: %s", body)
	}
}

// What single clients ask that the RFC does not speak of. None of them follows a
// redirect.
func TestOddRequestsOfDrives(t *testing.T) {
	for _, q := range []struct {
		who, method, target, body string
		headers                   []string
		status                    int
	}{
		{"gvfs", "PROPFIND", "/in", "", []string{"Depth: 1", "Apply-To-Redirect-Ref: T"}, 207},
		{"gvfs, which mounts no folder that redirects", "OPTIONS", "/in", "", nil, 200},
		{"KIO", "PROPFIND", "/in/", "", []string{"Depth: 0"}, 207},
		{"LibreOffice looks whether a folder can be read", "GET", "/in/", "", []string{"Range: bytes=0-0"}, 200},
		{"LibreOffice", "HEAD", "/in/", "", nil, 200},
		{"cadaver before COPY", "PROPFIND", "/a/", "", []string{"Depth: 0"}, 207},
		{"cadaver", "COPY", "/a", "", []string{"Depth: infinity", "Destination: /new", "Overwrite: F"}, 201},
		{"gvfs", "MOVE", "/a", "", []string{"Depth: infinity", "Destination: /new", "Overwrite: F"}, 201},
		{"davfs2", "LOCK", "/a", lockBody, []string{"Depth: infinity", "Timeout: Second-1800"}, 200},
		{"a list of time-outs", "LOCK", "/a", lockBody, []string{"Timeout: Infinite, Second-4100000000"}, 200},
		{"no time-out", "LOCK", "/a", lockBody, nil, 200},
		{"rclone", "MKCOL", "/in/", "", nil, 405},
		{"rclone, which makes the folders above then", "MKCOL", "/x/y/", "", nil, 409},
		{"rclone", "PUT", "/x/y", "1", nil, 409},
		{"lftp, which would send the rest", "PUT", "/a", "1", []string{"Content-Range: bytes 1-1/2"}, 400},
		{"Finder", "PROPFIND", "/.hidden", "", []string{"Depth: 0"}, 404},
	} {
		s, _ := openDrive(t, access.Change, map[string]string{"a": "a", "in/b": "b"})
		c := clientOf(t, s, "192.168.1.23")
		if w := c.sendBody(q.method, q.target, q.body, q.headers...); w.Code != q.status {
			t.Errorf("%s: %s %s: %d, want %d: %s", q.who, q.method, q.target, w.Code, q.status, w.Body)
		}
	}
}

// Finder sends files in chunks, without their length.
func TestAFileOfUnknownLength(t *testing.T) {
	_, url, dir := writable(t, access.Change, nil)
	for _, status := range []int{201, 204} {
		a, text := send(t, "PUT", url+"/chunked", struct{ io.Reader }{strings.NewReader("content")}, "X-Expected-Entity-Length: 7")
		if a.StatusCode != status {
			t.Errorf("%s %s", a.Status, text)
		}
	}
	wantOnDisk(t, dir, map[string]string{"chunked": "content"})
}

// davfs2 tells nobody that a PUT was refused: what its LOCK has made must not be left
// as an empty file.
func TestARefusedFileLeavesNothing(t *testing.T) {
	s, dir := openDrive(t, access.Change, nil)
	c := clientOf(t, s, "192.168.1.23")
	token := lockAs(c, "/new", "Timeout: Second-1800")
	limits := s.receiver.Limits()
	limits.File = 3
	s.receiver.SetLimits(limits)
	c.want(c.sendBody("PUT", "/new", "too much", "If: (<"+token+">)"), http.StatusRequestEntityTooLarge)
	c.want(c.send("UNLOCK", "/new", "Lock-Token: <"+token+">"), 204)
	c.want(c.send("HEAD", "/new"), 404)
	wantOnDisk(t, dir, nil)
}

// rclone closes the connection after an answer whose text it does not read.
func TestOneConnectionForManyFiles(t *testing.T) {
	_, url, _ := writable(t, access.Change, nil)
	c := dial(t, url, "")
	for range 3 {
		for _, q := range []string{"MKCOL /in/ HTTP/1.1\r\nHost: localhost\r\n\r\n", "PUT /in/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nx"} {
			_, err := io.WriteString(c, q)
			must(t, err)
			head := make([]byte, 4096)
			n, err := c.Read(head)
			must(t, err)
			if text := string(head[:n]); !strings.HasSuffix(text, "\r\n\r\n") || strings.Contains(text, "Connection: close") || strings.Contains(text, "chunked") {
				t.Fatalf("%s", text)
			}
		}
	}
}
