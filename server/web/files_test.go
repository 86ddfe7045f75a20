package web

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"windowsill/server/access"
)

// modified is the time of change of every file of a table.
var modified = time.Date(2026, 3, 4, 5, 6, 7, 890, time.UTC)

const ten = "0123456789"

func fileTree(t testing.TB) string {
	dir := tree(t, map[string]string{
		"ten.bin": ten, "empty.txt": "", "page.html": "<title>x</title>", "text.txt": "grüße",
		"long.txt": strings.Repeat("a line of text\n", 500), "photo.jpg": strings.Repeat("\xff", 5000),
		"folder/inner.txt": "inner", ".hidden": "h", "site/index.html": "<h1>site</h1>", "site/a.css": "a{}",
		"index.html/not-a-page.txt": "x",
	})
	must(t, filepath.Walk(dir, func(p string, _ os.FileInfo, _ error) error { return os.Chtimes(p, modified, modified) }))
	return dir
}

func TestRequests(t *testing.T) {
	_, url := start(t, fileTree(t), setup{})
	a, _ := get(t, "GET", url+"/ten.bin")
	tag, changed := a.Header.Get("ETag"), modified.Format(http.TimeFormat)
	later, earlier := modified.Add(time.Hour).Format(http.TimeFormat), modified.Add(-time.Hour).Format(http.TimeFormat)
	if !strings.HasPrefix(tag, `"`) || len(tag) < 4 {
		t.Fatalf("ETag %q is not strong", tag)
	}
	for _, c := range []struct {
		name, method, path string
		headers            []string
		want               []check
	}{
		{"whole file", "GET", "/ten.bin", nil, checks(status(200), body(ten), header("Content-Length", "10"), header("Last-Modified", changed), header("Accept-Ranges", "bytes"), header("X-Content-Type-Options", "nosniff"), header("Cache-Control", "private, no-cache"))},
		{"head", "HEAD", "/ten.bin", nil, checks(status(200), body(""), header("Content-Length", "10"), header("ETag", tag))},
		{"empty file", "GET", "/empty.txt", nil, checks(status(200), body(""), header("Content-Length", "0"), header("Content-Type", "text/plain; charset=utf-8"))},
		{"charset", "GET", "/text.txt", nil, checks(status(200), header("Content-Type", "text/plain; charset=utf-8"))},
		{"type of pictures", "GET", "/photo.jpg", nil, checks(header("Content-Type", "image/jpeg"))},

		{"range", "GET", "/ten.bin", []string{"Range: bytes=2-4"}, checks(status(206), body("234"), header("Content-Range", "bytes 2-4/10"), header("Content-Length", "3"))},
		{"open range", "GET", "/ten.bin", []string{"Range: bytes=5-"}, checks(status(206), body("56789"))},
		{"suffix", "GET", "/ten.bin", []string{"Range: bytes=-3"}, checks(status(206), body("789"))},
		{"suffix longer than the file", "GET", "/ten.bin", []string{"Range: bytes=-30"}, checks(status(206), body(ten))},
		{"end beyond the file", "GET", "/ten.bin", []string{"Range: bytes=8-100"}, checks(status(206), body("89"))},
		{"beyond the file", "GET", "/ten.bin", []string{"Range: bytes=10-"}, checks(status(416), header("Content-Range", "bytes */10"))},
		{"range of an empty file", "GET", "/empty.txt", []string{"Range: bytes=0-"}, checks(status(200), body(""))},
		{"unit in capitals", "GET", "/ten.bin", []string{"Range: Bytes=2-4"}, checks(status(206), body("234"))},
		{"unknown unit is ignored", "GET", "/ten.bin", []string{"Range: lines=2-4"}, checks(status(200), body(ten))},
		{"malformed range is ignored", "GET", "/ten.bin", []string{"Range: bytes=4-2"}, checks(status(200), body(ten))},
		{"range of HEAD is ignored", "HEAD", "/ten.bin", []string{"Range: bytes=2-4"}, checks(status(200), header("Content-Length", "10"))},
		{"number beyond int64", "GET", "/ten.bin", []string{"Range: bytes=99999999999999999999-"}, checks(status(200))},
		{"a thousand ranges", "GET", "/ten.bin", []string{"Range: bytes=0-0" + strings.Repeat(",0-0", 999)}, checks(status(200), body(ten))},

		{"If-Range with the tag", "GET", "/ten.bin", []string{"Range: bytes=2-4", "If-Range: " + tag}, checks(status(206))},
		{"If-Range with another tag", "GET", "/ten.bin", []string{"Range: bytes=2-4", `If-Range: "old"`}, checks(status(200), body(ten))},
		{"If-Range with the weak tag", "GET", "/ten.bin", []string{"Range: bytes=2-4", "If-Range: W/" + tag}, checks(status(200))},
		{"If-Range with the date", "GET", "/ten.bin", []string{"Range: bytes=2-4", "If-Range: " + changed}, checks(status(206))},
		{"If-Range with an older date", "GET", "/ten.bin", []string{"Range: bytes=2-4", "If-Range: " + earlier}, checks(status(200))},

		{"If-None-Match", "GET", "/ten.bin", []string{"If-None-Match: " + tag}, checks(status(304), body(""), header("ETag", tag))},
		{"If-None-Match, weak", "GET", "/ten.bin", []string{"If-None-Match: W/" + tag}, checks(status(304))},
		{"If-None-Match, list", "GET", "/ten.bin", []string{`If-None-Match: "a", ` + tag}, checks(status(304))},
		{"If-None-Match *", "GET", "/ten.bin", []string{"If-None-Match: *"}, checks(status(304))},
		{"If-None-Match before If-Modified-Since", "GET", "/ten.bin", []string{`If-None-Match: "a"`, "If-Modified-Since: " + later}, checks(status(200))},
		{"If-Modified-Since", "GET", "/ten.bin", []string{"If-Modified-Since: " + changed}, checks(status(304))},
		{"If-Modified-Since, older", "GET", "/ten.bin", []string{"If-Modified-Since: " + earlier}, checks(status(200))},
		{"If-Match", "GET", "/ten.bin", []string{"If-Match: " + tag}, checks(status(200))},
		{"If-Match with another tag", "GET", "/ten.bin", []string{`If-Match: "a"`}, checks(status(412))},
		{"If-Match before If-Unmodified-Since", "GET", "/ten.bin", []string{"If-Match: " + tag, "If-Unmodified-Since: " + earlier}, checks(status(200))},
		{"If-Unmodified-Since, older", "GET", "/ten.bin", []string{"If-Unmodified-Since: " + earlier}, checks(status(412))},
		{"412 before 416", "GET", "/ten.bin", []string{`If-Match: "a"`, "Range: bytes=10-"}, checks(status(412))},

		{"download", "GET", "/ten.bin?download", nil, checks(status(200), header("Content-Disposition", "attachment; filename=ten.bin"))},
		{"no download", "GET", "/ten.bin", nil, checks(header("Content-Disposition", ""))},

		{"missing, program", "GET", "/missing", nil, checks(status(404), header("Content-Type", "text/plain; charset=utf-8"), holds("404 Nothing here"))},
		{"missing, browser", "GET", "/missing", []string{"Accept: text/html,*/*"}, checks(status(404), header("Content-Type", "text/html; charset=utf-8"), holds("Nothing here"), lacks("missing"))},
		{"hidden", "GET", "/.hidden", nil, checks(status(404))},
		{"file with a slash", "GET", "/ten.bin/", nil, checks(status(404))},
		{"below a file", "GET", "/ten.bin/x", nil, checks(status(404))},
		{"NUL", "GET", "/ten%00.bin", nil, checks(status(404))},
		{"out", "GET", "/..%2f..%2fetc%2fpasswd", nil, checks(lacks("root:"))},
		{"backslashes", "GET", "/..%5c..%5cetc%5cpasswd", nil, checks(status(404))},

		{"POST", "POST", "/ten.bin", nil, checks(status(403))},
		{"PUT", "PUT", "/new", nil, checks(status(403))},
		{"DELETE", "DELETE", "/ten.bin", nil, checks(status(403))},
		{"unknown method", "BREW", "/ten.bin", nil, checks(status(405), header("Allow", "GET, HEAD, OPTIONS, PROPFIND"))},
		{"OPTIONS", "OPTIONS", "/ten.bin", nil, checks(status(200), header("Allow", "GET, HEAD, OPTIONS, PROPFIND"))},
		{"POST to our own", "POST", "/.windowsill/style.css", nil, checks(status(405))},

		{"folder without slash", "GET", "/folder", nil, checks(status(307), header("Location", "./folder/"))},
		{"folder without slash, query", "GET", "/folder?json", nil, checks(status(307), header("Location", "./folder/?json"))},
		{"two slashes", "GET", "//evil.example/..", nil, checks(status(307), header("Location", "/"))},
		{"listing", "GET", "/", nil, checks(status(200), header("Content-Type", "text/html; charset=utf-8"), holds(`"ten.bin"`), holds(`"folder/"`), lacks(".hidden"))},
		{"folder named index.html is no page", "GET", "/", nil, checks(holds(`"index.html/"`))},
		{"head of a listing", "HEAD", "/", nil, checks(status(200), body(""))},
		{"listing as data", "GET", "/?json", nil, checks(status(200), header("Content-Type", "application/json"), holds(`"ten.bin"`), lacks(".hidden"))},
		{"listing as data by Accept", "GET", "/", []string{"Accept: application/json"}, checks(holds(`"ten.bin"`), header("Vary", "Accept"))},
		{"index.html", "GET", "/site/", nil, checks(status(200), body("<h1>site</h1>"), header("Content-Type", "text/html; charset=utf-8"))},
		{"index.html as data", "GET", "/site/?json", nil, checks(holds(`"a.css"`))},
		{"missing asset", "GET", "/.windowsill/missing", nil, checks(status(404))},
		{"asset from disk", "GET", "/.windowsill/..%2f..%2fetc%2fpasswd", nil, checks(lacks("root:"))},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, got := get(t, c.method, url+c.path, c.headers...)
			for _, check := range c.want {
				check(t, a, got)
			}
		})
	}
}

func TestSameSecondEditsHaveAnotherTag(t *testing.T) {
	dir := fileTree(t)
	_, url := start(t, dir, setup{})
	before, _ := get(t, "GET", url+"/ten.bin")
	must(t, os.WriteFile(filepath.Join(dir, "ten.bin"), []byte("9876543210"), 0o644))
	must(t, os.Chtimes(filepath.Join(dir, "ten.bin"), modified, modified))
	after, _ := get(t, "GET", url+"/ten.bin", "If-None-Match: "+before.Header.Get("ETag"))
	if after.StatusCode != 200 {
		t.Errorf("%s: an edited file of the same size and time passes for the old one", after.Status)
	}
}

// RFC 9110 section 8.8.2.1.
func TestATimeInTheFutureIsThatOfTheAnswer(t *testing.T) {
	dir := tree(t, map[string]string{"a": "1"})
	future := time.Now().Add(24 * time.Hour)
	must(t, os.Chtimes(filepath.Join(dir, "a"), future, future))
	_, url := start(t, dir, setup{})
	a, _ := get(t, "GET", url+"/a")
	sent, err := http.ParseTime(a.Header.Get("Date"))
	must(t, err)
	changed, err := http.ParseTime(a.Header.Get("Last-Modified"))
	if err != nil || changed.After(sent) || sent.Sub(changed) > 2*time.Second {
		t.Errorf("Last-Modified %v (%v) in an answer of %v", changed, err, sent)
	}
}

func TestFilesBeyond4GiB(t *testing.T) {
	dir := t.TempDir()
	f, err := os.Create(filepath.Join(dir, "film.mkv"))
	must(t, err)
	defer f.Close()
	const size = 5<<30 + 7
	if err := f.Truncate(size); err != nil {
		t.Skip("no room for a sparse file: ", err)
	}
	_, err = f.WriteAt([]byte("end"), size-3)
	must(t, err)
	_, url := start(t, dir, setup{})
	a, tail := get(t, "GET", url+"/film.mkv", fmt.Sprintf("Range: bytes=%d-", int64(size-3)))
	if tail != "end" || a.Header.Get("Content-Range") != fmt.Sprintf("bytes %d-%d/%d", int64(size-3), int64(size-1), int64(size)) {
		t.Errorf("%q, %q", tail, a.Header.Get("Content-Range"))
	}
	if a, _ := get(t, "HEAD", url+"/film.mkv"); a.Header.Get("Content-Length") != fmt.Sprint(int64(size)) {
		t.Errorf("length %q", a.Header.Get("Content-Length"))
	}
}

func TestAFileThatShrinksMeanwhileBreaksTheDownload(t *testing.T) {
	big := bytes.Repeat([]byte("x"), 64<<20)
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "big"), big, 0o644))
	_, url := start(t, dir, setup{})
	a, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Get(url + "/big")
	must(t, err)
	defer a.Body.Close()
	must(t, os.Truncate(filepath.Join(dir, "big"), 1000))
	if _, err := io.Copy(io.Discard, a.Body); err == nil {
		t.Error("a part of the file passes for the whole")
	}
}

func TestActiveContentIsConfinedWhereDevicesMayAdd(t *testing.T) {
	dir := tree(t, map[string]string{"a.html": "<p>", "a.svg": "<svg/>", "a.pdf": "%PDF", "a.xml": "<x/>", "a.txt": "x", "sub/index.html": "<p>"})
	for _, policy := range []access.Policy{{Open: true}, {Open: true, Allow: access.Add}} {
		c := clientOf(t, newShared(t, dir, setup{Policy: policy}), "192.168.1.23")
		for _, path := range []string{"/a.html", "/a.svg", "/a.pdf", "/a.xml", "/sub/", "/a.txt"} {
			want := ""
			switch {
			case policy.Allow == access.Read || path == "/a.txt":
			case path == "/a.pdf":
				want = pdfPolicy
			default:
				want = "sandbox"
			}
			if got := c.send("GET", path).Header().Get("Content-Security-Policy"); got != want {
				t.Errorf("%s with %v: %q, want %q", path, policy.Allow, got, want)
			}
		}
	}
}

func TestProxiesKeepOnlyWhatEverybodyMayHave(t *testing.T) {
	for open, want := range map[bool]string{false: "private, no-cache", true: "no-cache"} {
		_, base := start(t, tree(t, map[string]string{"a.bin": "x"}), setup{Policy: access.Policy{Open: open}})
		a, _ := get(t, "GET", base+"/a.bin")
		if got := a.Header.Get("Cache-Control"); got != want {
			t.Errorf("open %t: Cache-Control %q, want %q", open, got, want)
		}
	}
}

// What visitors left must not run with the share's own origin, once they may only
// look; nor may a page that uses it.
func TestWhatVisitorsLeftStaysSandboxed(t *testing.T) {
	dir := tree(t, map[string]string{"own.html": "<p>", "site/index.html": "<p>"})
	var c *client
	share := func(may access.Permission) {
		c = clientOf(t, newShared(t, dir, setup{Policy: access.Policy{Open: true, Allow: may}}), "192.168.1.23")
	}
	sandboxed := func(path string, want bool) {
		t.Helper()
		if got := c.send("GET", path).Header().Get("Content-Security-Policy") == "sandbox"; got != want {
			t.Errorf("%s: sandboxed %v, want %v", path, got, want)
		}
	}
	share(access.Read)
	sandboxed("/own.html", false) // they have put nothing in
	sandboxed("/site/", false)
	share(access.Add)
	c.want(c.send("PUT", "/in.svg"), 201)
	share(access.Read)
	for _, path := range []string{"/in.svg", "/own.html", "/site/"} {
		sandboxed(path, true)
	}
}
