package web

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"windowsill/server/access"
)

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

// A file of another name is none for a drive: rclone sent it six times and reported
// a failure. Whoever reads the answer learns the name.
func TestNamesThatADriveCannotHave(t *testing.T) {
	s, dir := openDrive(t, access.Change, map[string]string{"there": "x"})
	c := clientOf(t, s, "192.168.1.23")
	for _, agent := range []string{"rclone/v1.60.1", "gvfs/1.50.3", "davfs2/1.6.1 neon/0.32.2", "Microsoft-WebDAV-MiniRedir/10.0.22631"} {
		header := "X: y"
		if strings.HasPrefix(agent, "gvfs") {
			header = "Accept: */*"
		}
		for _, name := range []string{"/.hidden", "/a%3Ab", "/con", "/dot."} {
			c.want(c.sendBody("PUT", name, "x", "User-Agent: "+agent, header), 400)
			c.want(c.send("MKCOL", name, "User-Agent: "+agent, header), 400)
			for _, method := range []string{"COPY", "MOVE"} {
				c.want(c.send(method, "/there", "Destination: "+name, "User-Agent: "+agent, header), 400)
			}
		}
	}
	wantOnDisk(t, dir, map[string]string{"there": "x"})
	c.want(c.sendBody("PUT", "/e%CC%81", "decomposed", "User-Agent: rclone/v1.60.1"), 201)
	c.want(c.sendBody("PUT", "/.hidden", "read", "User-Agent: curl/7.88.1", "Accept: */*"), 201)
	wantOnDisk(t, dir, map[string]string{"there": "x", "é": "decomposed", "hidden": "read"})
	for _, method := range []string{"COPY", "MOVE"} { // of the page
		c.want(c.send(method, "/hidden", "Destination: /.page", browser), map[string]int{"COPY": 201, "MOVE": 204}[method])
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
	for _, method := range []string{"MOVE", "COPY"} { // nobody would have counted it
		c.want(c.send(method, "/in/._b", "Destination: /in/b.txt"), 400)
	}
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
