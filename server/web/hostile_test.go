package web

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"windowsill/server/access"
)

func TestOwnFilesAreNoWayToTheDisk(t *testing.T) {
	s := newShared(t, tree(t, map[string]string{"a.txt": "SECRET"}), setup{})
	c := clientOf(t, s, "192.168.1.23") // the door's style is for everybody
	for _, name := range []string{"%2Fetc%2Fpasswd", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e%2fa.txt", "..%5ca.txt", "a.txt", "door.html", "", ".", "style.css%00", "C:%5cwindows%5cwin.ini"} {
		if w := c.send("GET", "/.windowsill/"+name); w.Code != 404 && w.Code != 307 || strings.Contains(w.Body.String(), "SECRET") || strings.Contains(w.Body.String(), "root:") {
			t.Errorf("%s: %d %.60s", name, w.Code, w.Body)
		}
	}
}

func TestDoorDoesNotTellWhatIsThere(t *testing.T) {
	s := newShared(t, tree(t, map[string]string{"a.txt": "a", "sub/b.txt": "b", ".hidden": "h"}), setup{Policy: access.Policy{Allow: access.Change}})
	for _, method := range []string{"GET", "HEAD", "PUT", "POST", "DELETE", "MKCOL", "MOVE", "OPTIONS", "PATCH"} {
		answer := func(target string) string {
			w := clientOf(t, s, "192.168.1.23").send(method, target, "Range: bytes=0-0", "If-Match: *")
			want := http.StatusUnauthorized
			if method == "OPTIONS" {
				want = http.StatusOK
			}
			if w.Code != want {
				t.Errorf("%s %s: %d, want %d", method, target, w.Code, want)
			}
			h := w.Header().Clone()
			h.Del("Date")
			return w.Body.String() + "\n" + strings.Join(headerLines(h), "\n")
		}
		missing := answer("/missing")
		for _, target := range []string{"/a.txt", "/sub", "/sub/", "/.hidden", "/a.txt?thumb=320", "/sub/?zip", "/?q=a", "/.windowsill/undo", "/.windowsill/upload/x", "/.windowsill/text"} {
			if got := answer(target); got != missing {
				t.Errorf("%s %s is told from what is not there:\n%s\n%s", method, target, got, missing)
			}
		}
	}
}

var nonceInText = regexp.MustCompile(`nonce="[^"]*"`)

func headerLines(h http.Header) (lines []string) {
	for _, name := range []string{"Allow", "Content-Type", "Content-Length", "Content-Range", "Etag", "Last-Modified", "Location", "Accept-Ranges", "Cache-Control", "Www-Authenticate"} {
		lines = append(lines, name+": "+nonceInText.ReplaceAllString(strings.Join(h[name], "|"), "nonce"))
	}
	return lines
}

func TestNoGetWrites(t *testing.T) {
	dir := tree(t, map[string]string{"a.txt": "a", "sub/b.txt": "b"})
	s := newShared(t, dir, setup{Policy: access.Policy{Open: true, Allow: access.Change}})
	c := clientOf(t, s, "192.168.1.23")
	for _, method := range []string{"GET", "HEAD", "OPTIONS"} {
		for _, target := range []string{
			"/a.txt?delete", "/a.txt?overwrite", "/sub/?delete", "/sub/?mkdir=x", "/new/?mkdir", "/a.txt?move=b.txt", "/.windowsill/undo?id=x",
			"/.windowsill/upload/", "/.windowsill/enter?ask=1&name=x", "/.windowsill/text?text=x", "/.windowsill/select?name=a.txt",
		} {
			c.send(method, target, "Destination: /b.txt", "X-HTTP-Method-Override: DELETE", "Upload-Length: 1", "Tus-Resumable: 1.0.0")
		}
	}
	wantOnDisk(t, dir, map[string]string{"a.txt": "a", "sub/b.txt": "b"})
	if d := s.guard.Devices(); len(d) > 0 || len(s.texts.All()) > 0 {
		t.Errorf("somebody asked or wrote by looking: %+v", d)
	}
}

// A right that is taken away takes with it the addresses that it opened.
func TestOldAddressesNeedAdmission(t *testing.T) {
	s := newShared(t, tree(t, map[string]string{"a.txt": "a"}), setup{Policy: access.Policy{Allow: access.Change}})
	c := clientOf(t, s, "192.168.1.23")
	enterByKey(s, c)
	selected := c.sendBody("POST", "/.windowsill/select", "name=a.txt", "Content-Type: application/x-www-form-urlencoded").Header().Get("Location")
	upload := c.send("POST", "/.windowsill/upload/", "Tus-Resumable: 1.0.0", "Upload-Length: 1", "Upload-Metadata: filename YQ==").Header().Get("Location")
	c.want(c.send("HEAD", selected), 200)
	c.want(c.send("HEAD", upload, "Tus-Resumable: 1.0.0"), 200)

	s.guard.SetPolicy(access.Policy{})
	c.want(c.send("HEAD", upload, "Tus-Resumable: 1.0.0"), 403)
	c.want(c.send("DELETE", upload, "Tus-Resumable: 1.0.0"), 403)
	s.guard.Decide(s.guard.Devices()[0].ID, access.SendAway)
	c.want(c.send("GET", selected), 401)
}

// What is sent goes to the disk of the share, and never by way of another one.
func TestALargeFormNeedsNoOtherDisk(t *testing.T) {
	_, url, dir := writable(t, access.Add, nil)
	for _, name := range []string{"TMPDIR", "TMP", "TEMP"} {
		t.Setenv(name, filepath.Join(dir, "missing"))
	}
	const size = 48 << 20
	body, ctype := form(t, "film.mkv", strings.Repeat("x", size))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if a, text := send(t, "POST", url+"/", body, ctype); a.StatusCode != 201 {
		t.Errorf("%s %s", a.Status, text)
	}
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > size/4 {
		t.Errorf("%d MB of memory were taken for a form of %d", took>>20, size>>20)
	}
	if info, err := os.Stat(filepath.Join(dir, "film.mkv")); err != nil || info.Size() != size {
		t.Errorf("%v, %v", info, err)
	}
}
