package web

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"windowsill/server/access"
	"windowsill/server/receive"
)

func TestPut(t *testing.T) {
	for _, c := range []struct {
		target   string
		headers  []string
		status   int
		location string
		in       map[string]string // besides what was there
	}{
		{"/b.txt", nil, 201, "/b.txt", map[string]string{"b.txt": "new"}},
		{"/in/b.txt", nil, 201, "/in/b.txt", map[string]string{"in/b.txt": "new"}},
		{"/in/%C3%BC%20%23.txt", nil, 201, "/in/%C3%BC%20%23.txt", map[string]string{"in/ü #.txt": "new"}},
		{"/in/a.txt", nil, 204, "", map[string]string{"in/a.txt": "new"}},
		{"/.ssh", []string{"Accept: */*"}, 201, "/ssh", map[string]string{"ssh": "new"}},
		{"/.windowsill-trash", []string{"Accept: */*"}, 201, "/windowsill-trash", map[string]string{"windowsill-trash": "new"}},
		{"/in/a.txt", []string{"If-None-Match: *"}, 412, "", nil},
		{"/in/b.txt", []string{"If-None-Match: *"}, 201, "/in/b.txt", map[string]string{"in/b.txt": "new"}},
		{"/in/a.txt?overwrite", nil, 204, "", map[string]string{"in/a.txt": "new"}},
		{"/in/b.txt?overwrite", nil, 201, "/in/b.txt", map[string]string{"in/b.txt": "new"}},
		{"/in/a.txt", []string{"If-Match: *"}, 204, "", map[string]string{"in/a.txt": "new"}},
		{"/in/b.txt", []string{"If-Match: *"}, 412, "", nil},
		{"/in/a.txt", []string{`If-Match: "other"`}, 412, "", nil},
		{"/in/a.txt?overwrite", []string{"If-None-Match: *"}, 412, "", nil},
		{"/in", nil, 405, "", nil},
		{"/in/", nil, 400, "", nil},
		{"/", nil, 400, "", nil},
		{"/missing/b.txt", nil, 409, "", nil},
		{"/in/a.txt/b.txt", nil, 409, "", nil},
		{"/..%2fb.txt", nil, 409, "", nil},
		{"/b.txt", []string{"Content-Range: bytes 0-2/10"}, 400, "", nil},
		{"/b.txt", []string{"Range: bytes=100000-299999/300000"}, 400, "", nil}, // lftp's put -c
		{"/b.txt", []string{"Content-Encoding: gzip"}, 415, "", nil},
		{"/b.txt", []string{"Origin: http://evil.example"}, 403, "", nil},
		{"/b.txt", []string{"Sec-Fetch-Site: cross-site"}, 403, "", nil},
	} {
		t.Run(c.target+fmt.Sprint(c.headers), func(t *testing.T) {
			_, url, dir := writable(t, access.Change, map[string]string{"in/a.txt": "old"})
			a, text := send(t, "PUT", url+c.target, strings.NewReader("new"), c.headers...)
			if a.StatusCode != c.status || a.Header.Get("Location") != c.location {
				t.Errorf("%s, Location %q (%s); want %d, %q", a.Status, a.Header.Get("Location"), text, c.status, c.location)
			}
			if c.status == 405 && !strings.Contains(a.Header.Get("Allow"), "GET") {
				t.Errorf("Allow %q", a.Header.Get("Allow"))
			}
			want := map[string]string{"in/a.txt": "old"}
			for name, text := range c.in {
				want[name] = text
			}
			wantOnDisk(t, dir, want)
		})
	}
}

func TestPutOfDevicesThatMayOnlyAddKeepsBoth(t *testing.T) {
	_, url, dir := writable(t, access.Add, map[string]string{"a.txt": "old"})
	a, _ := send(t, "PUT", url+"/a.txt", strings.NewReader("new"))
	if a.StatusCode != 201 || a.Header.Get("Location") != "/a%20%282%29.txt" {
		t.Errorf("%s, Location %q", a.Status, a.Header.Get("Location"))
	}
	wantOnDisk(t, dir, map[string]string{"a.txt": "old", "a (2).txt": "new"})
}

func TestPutComparesTheTag(t *testing.T) {
	_, url, dir := writable(t, access.Change, map[string]string{"a.txt": "old"})
	a, _ := get(t, "HEAD", url+"/a.txt")
	first := a.Header.Get("ETag")
	a, _ = send(t, "PUT", url+"/a.txt", strings.NewReader("new"), "If-Match: "+first)
	second := a.Header.Get("ETag")
	if a.StatusCode != 204 || second == first || second == "" {
		t.Fatalf("%s, tag %s after %s", a.Status, second, first)
	}
	if a, _ := get(t, "HEAD", url+"/a.txt"); a.Header.Get("ETag") != second {
		t.Errorf("it answers with the tag %s, but told %s", a.Header.Get("ETag"), second)
	}
	if a, _ := send(t, "PUT", url+"/a.txt", strings.NewReader("late"), "If-Match: "+first); a.StatusCode != 412 {
		t.Errorf("an old tag: %s", a.Status)
	}
	if a, _ := send(t, "PUT", url+"/a.txt", strings.NewReader("late"), "If-Match: W/"+second); a.StatusCode != 412 {
		t.Errorf("a weak tag: %s", a.Status)
	}
	if a, _ := send(t, "DELETE", url+"/a.txt", nil, "If-Match: "+first); a.StatusCode != 412 {
		t.Errorf("deleting with an old tag: %s", a.Status)
	}
	wantOnDisk(t, dir, map[string]string{"a.txt": "new"})
}

// uploadTimes are some before 1970 and after 2038, and one that nobody knows.
var uploadTimes = []struct {
	seconds int64
	kept    bool
}{{1_500_000_000, true}, {-1, true}, {-1_262_304_000, true}, {2_147_483_648, true}, {7_258_118_400, true}, {0, false}, {-99_999_999_999, false}}

// wantTime makes sure that a file has the time that was sent, on disk and in an
// answer, or if that cannot be, the time when it came.
func wantTime(t *testing.T, url, dir, name string, seconds int64, kept bool) {
	t.Helper()
	info, err := os.Stat(filepath.Join(dir, name))
	must(t, err)
	switch {
	case !kept && time.Since(info.ModTime()).Abs() > time.Minute:
		t.Errorf("%d s: %v", seconds, info.ModTime())
	case kept && info.ModTime().Unix() != seconds:
		t.Errorf("%d s: %v", seconds, info.ModTime())
	}
	a, _ := get(t, "GET", url+"/"+name)
	want := time.Unix(seconds, 0).UTC().Format(http.TimeFormat)
	if kept && seconds < time.Now().Unix() && a.Header.Get("Last-Modified") != want {
		t.Errorf("Last-Modified %q, want %q", a.Header.Get("Last-Modified"), want)
	}
}

func TestPutKeepsTheTime(t *testing.T) {
	_, url, dir := writable(t, access.Add, nil)
	for i, c := range uploadTimes {
		name := fmt.Sprint("a", i)
		a, _ := send(t, "PUT", url+"/"+name, strings.NewReader("x"), "X-OC-Mtime: "+strconv.FormatInt(c.seconds, 10))
		wantTime(t, url, dir, name, c.seconds, c.kept)
		if accepted := a.Header.Get("X-OC-Mtime") == "accepted"; accepted != c.kept {
			t.Errorf("%d s: answered %q", c.seconds, a.Header.Get("X-OC-Mtime"))
		}
	}
}

func TestRefusalComesBeforeTheBody(t *testing.T) {
	_, url, dir := writable(t, access.Add, map[string]string{"a": "old"})
	for _, c := range []struct {
		target string
		header string
	}{{"/missing/a", "X: y"}, {"/a", "If-None-Match: *"}, {"/b", "Content-Range: bytes 0-1/2"}, {"/a?overwrite", "X: y"}} {
		body := &countedReader{r: strings.NewReader("new")}
		a, _ := send(t, "PUT", url+c.target, body, "Expect: 100-continue", c.header)
		if a.StatusCode < 400 || body.n != 0 {
			t.Errorf("%s: %s after %d bytes", c.target, a.Status, body.n)
		}
	}
	body := &countedReader{r: strings.NewReader("new")}
	if a, _ := send(t, "PUT", url+"/b", body, "Expect: 100-continue"); a.StatusCode != 201 {
		t.Error(a.Status)
	}
	wantOnDisk(t, dir, map[string]string{"a": "old", "b": "new"})
}

// countedReader counts what is read.
type countedReader struct {
	r io.Reader
	n int
}

func (c *countedReader) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.n += n
	return n, err
}

func TestStopInTheMiddleLeavesNothingOfAPut(t *testing.T) {
	s, url, dir := writable(t, access.Add, nil)
	body, in := io.Pipe()
	var all sync.WaitGroup
	all.Go(func() { trySend("PUT", url+"/a", body) })
	in.Write([]byte("half"))
	until(t, "half of it is here", func() bool { u := s.receiver.Uploads(); return len(u) == 1 && u[0].Bytes == 4 })
	s.stop()
	in.Close()
	all.Wait()
	wantOnDisk(t, dir, nil)
}

func TestManyUploadsAtOnce(t *testing.T) {
	s, url, dir := writable(t, access.Add, nil)
	const many = 200
	content := func(i int) string { return strings.Repeat(fmt.Sprintf("%06d", i), 10000) }
	var all sync.WaitGroup
	errs := make(chan error, many)
	for i := range many {
		all.Go(func() {
			a, text, err := trySend("PUT", url+"/a.txt", strings.NewReader(content(i)))
			if err == nil && a.StatusCode != 201 {
				err = errors.New(text)
			}
			errs <- err
		})
	}
	all.Wait()
	for range many {
		must(t, <-errs)
	}
	seen := map[[32]byte]bool{}
	files, err := os.ReadDir(dir)
	must(t, err)
	files = slices.DeleteFunc(files, func(f os.DirEntry) bool { return f.Name() == ".windowsill-visitors" })
	for _, f := range files {
		b, err := os.ReadFile(filepath.Join(dir, f.Name()))
		must(t, err)
		seen[sha256.Sum256(b)] = true
	}
	for i := range many {
		if !seen[sha256.Sum256([]byte(content(i)))] {
			t.Errorf("upload %d is lost", i)
		}
	}
	if u := s.receiver.Uploads(); len(files) != many || len(u) != many {
		t.Errorf("%d files, %d uploads", len(files), len(u))
	}
}

func TestNoRoom(t *testing.T) {
	dir := tree(t, map[string]string{"a": "old"})
	for _, c := range []struct {
		limits receive.Limits
		status int
	}{
		{receive.Limits{Reserve: 1 << 62}, 507}, {receive.Limits{Reserve: -1, File: 2}, 413}, {receive.Limits{Reserve: -1, Total: 2}, 507},
	} {
		_, url := start(t, dir, setup{Policy: access.Policy{Allow: access.Change}, Room: c.limits})
		for _, method := range []string{"known", "unknown"} {
			var body io.Reader = strings.NewReader("new")
			if method == "unknown" {
				body = struct{ io.Reader }{body}
			}
			if a, text := send(t, "PUT", url+"/a?overwrite", body); a.StatusCode != c.status || strings.Count(text, ".") < 1 {
				t.Errorf("%+v, length %s: %s %s, want %d", c.limits, method, a.Status, text, c.status)
			}
		}
	}
	wantOnDisk(t, dir, map[string]string{"a": "old"})
}

func TestAFolderThatVanished(t *testing.T) {
	_, url, dir := writable(t, access.Change, nil)
	must(t, os.RemoveAll(dir))
	for _, method := range []string{"PUT", "MKCOL", "DELETE"} {
		if a, text := send(t, method, url+"/a", nil); a.StatusCode != 404 && a.StatusCode != 409 {
			t.Errorf("%s: %s %s", method, a.Status, text)
		}
	}
}

func TestAFolderThatVanishesInTheMiddle(t *testing.T) {
	_, url, dir := writable(t, access.Add, map[string]string{"in/x": "x"})
	body, writer := io.Pipe()
	answer := make(chan string)
	go func() {
		a, text := send(t, "PUT", url+"/in/a", body)
		answer <- a.Status + " " + text
	}()
	_, err := writer.Write([]byte("half"))
	must(t, err)
	until(t, "the file has begun to come", func() bool {
		begun, err := filepath.Glob(filepath.Join(dir, "in", ".windowsill-*.part"))
		return err == nil && len(begun) == 1
	})
	must(t, os.RemoveAll(filepath.Join(dir, "in")))
	must(t, writer.Close())
	if got := <-answer; !strings.HasPrefix(got, "409 Conflict") || !strings.Contains(got, "No such folder") {
		t.Error(got)
	}
}

func TestAFolderThatMayNotBeWritten(t *testing.T) {
	if os.Geteuid() <= 0 {
		t.Skip("an administrator may write everything, and Windows has other rights")
	}
	_, url, dir := writable(t, access.Change, nil)
	must(t, os.Chmod(dir, 0o555))
	defer os.Chmod(dir, 0o755)
	if a, text := send(t, "PUT", url+"/a", strings.NewReader("x")); a.StatusCode != 403 || !strings.Contains(text, "Ask its owner") {
		t.Errorf("%s %s", a.Status, text)
	}
}

func TestReceivedFilesAreNamedInTheLog(t *testing.T) {
	s, url, _ := writable(t, access.Add, map[string]string{"in/old.txt": "x"})
	body, ctype := form(t, "old.txt", "one", "b.txt", "two")
	send(t, "POST", url+"/in/", body, ctype)
	tusSend(t, "PATCH", create(t, url, "Upload-Length: 3", metadata("filename", "c.txt")), "abc", "Upload-Offset: 0")
	var notes []string
	log := s.recorder.Snapshot().Log
	for i := range log.Len() {
		if note := log.At(i).Note; note != "" {
			notes = append(notes, note)
		}
	}
	want := []string{"Received in/old (2).txt", "Received in/b.txt", "Received c.txt"}
	if !slices.Equal(notes, want) {
		t.Errorf("%q, want %q", notes, want)
	}
}

func TestPutOverAFileCanBeUndone(t *testing.T) {
	s, url, dir := writable(t, access.Change, map[string]string{"a.txt": "old"})
	if a, text := send(t, "PUT", url+"/a.txt?overwrite", strings.NewReader("new")); a.StatusCode != 204 {
		t.Fatal(a.Status, text)
	}
	gone := s.Deleted()
	if len(gone) != 1 || gone[0].Name != "a.txt" {
		t.Fatalf("The owner sees %+v, want what was replaced.", gone)
	}
	name, err := s.Restore(gone[0].ID)
	must(t, err)
	wantOnDisk(t, dir, map[string]string{"a.txt": "new", name: "old"})
}
