package server

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"io"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// halfSent is a request of which half the body has come.
type halfSent struct {
	rest   func() // sends what is left
	answer chan *http.Response
}

func sendHalf(t *testing.T, method, url, body string, headers ...string) halfSent {
	t.Helper()
	from, to := io.Pipe()
	q, err := http.NewRequestWithContext(t.Context(), method, url, from)
	must(t, err)
	q.ContentLength = int64(len(body))
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		q.Header.Set(name, value)
	}
	h := halfSent{answer: make(chan *http.Response, 1)}
	go func() {
		a, err := http.DefaultTransport.RoundTrip(q)
		if err != nil {
			t.Error(err)
			close(h.answer)
			return
		}
		a.Body.Close()
		h.answer <- a
	}()
	half := len(body) / 2
	_, err = io.WriteString(to, body[:half])
	must(t, err)
	h.rest = func() {
		_, err := io.WriteString(to, body[half:])
		to.CloseWithError(err)
	}
	return h
}

// ended sends the rest, and returns the answer.
func (h halfSent) ended(t *testing.T) *http.Response {
	t.Helper()
	go h.rest()
	a := <-h.answer
	if a == nil {
		t.FailNow()
	}
	return a
}

// send sends a request with a body, which may be empty.
func send(t *testing.T, method, url, body string, headers ...string) *http.Response {
	t.Helper()
	if body == "" {
		a, _ := get(t, method, url, headers...)
		return a
	}
	return sendHalf(t, method, url, body, headers...).ended(t)
}

func tusHeaders(more ...string) []string { return append([]string{"Tus-Resumable: 1.0.0"}, more...) }

func metadataOf(dir, name string) string {
	b := func(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }
	return "Upload-Metadata: filename " + b(name) + ",dir " + b(dir)
}

// uploading is an upload that has begun in the folder sub of a share, with its content.
type uploading struct {
	name   string
	begin  func(t *testing.T, url string) halfSent
	status int
	at     string // where the answer says that it is
	files  []string
}

var uploadings = []uploading{
	{"PUT", func(t *testing.T, url string) halfSent { return sendHalf(t, "PUT", url+"/sub/put.bin", halfMega) }, 201, "/in/sub/put.bin", []string{"put.bin"}},
	{"PUT of another one", func(t *testing.T, url string) halfSent {
		return sendHalf(t, "PUT", url+"/sub/b.txt", halfMega, "If-Match: *")
	}, 204, "", []string{"b.txt"}},
	{"form", func(t *testing.T, url string) halfSent {
		const part = "--b\r\nContent-Disposition: form-data; name=f; filename=\""
		return sendHalf(t, "POST", url+"/sub/", part+"one.bin\"\r\n\r\n"+halfMega+"\r\n"+part+"new/two.bin\"\r\n\r\n"+halfMega+"\r\n--b--\r\n", "Content-Type: multipart/form-data; boundary=b")
	}, 201, "", []string{"one.bin", "new/two.bin"}},
	{"tus", func(t *testing.T, url string) halfSent {
		a, _ := get(t, "POST", url+"/.windowsill/upload/", tusHeaders("Upload-Length: "+strconv.Itoa(len(halfMega)), metadataOf("sub", "tus.bin"))...)
		return sendHalf(t, "PATCH", url+a.Header.Get("Location"), halfMega, patch(0)...)
	}, 204, "", []string{"tus.bin"}},
}

var halfMega = strings.Repeat("0123456789", 50_000)

func patch(offset int) []string {
	return tusHeaders("Upload-Offset: "+strconv.Itoa(offset), "Content-Type: application/offset+octet-stream")
}

// What was on its way when others were added to a folder arrives in that folder.
func TestWhatIsOnItsWayGoesOnWhenAnItemIsAdded(t *testing.T) {
	for _, u := range uploadings {
		t.Run(u.name, func(t *testing.T) {
			dir := tree(t, map[string]string{"a.txt": "hello", "in/sub/b.txt": "inside", "sub/x.txt": ""})
			s, url := start(t, Options{Policy: Policy{Open: true, Allow: Change}, Room: Limits{Reserve: -1}}, Share{Folder: filepath.Join(dir, "in")})
			half := u.begin(t, url)
			until(t, "it has begun", func() bool { return len(s.Snapshot().Transfers) == 1 })
			must(t, s.SetItems(itemsIn(dir, "in", "a.txt", "sub"))) // which has the name of a folder in it
			if a := half.ended(t); a.StatusCode != u.status || a.Header.Get("Location") != u.at {
				t.Errorf("%s, %q", a.Status, a.Header.Get("Location"))
			}
			for _, name := range u.files {
				got, err := os.ReadFile(filepath.Join(dir, "in", "sub", filepath.FromSlash(name)))
				if err != nil || string(got) != halfMega {
					t.Errorf("%s: %d bytes, %v", name, len(got), err)
				}
			}
			for _, u := range s.Snapshot().Uploads {
				if !strings.HasPrefix(u.Name, "in/sub/") {
					t.Errorf("the window says that %q came", u.Name)
				}
			}
		})
	}
}

func TestAnUploadIsResumedWhereItBegan(t *testing.T) {
	dir := tree(t, map[string]string{"a.txt": "hello", "in/sub/b.txt": "inside"})
	for _, folder := range []string{"", "sub"} {
		s, url := start(t, Options{Policy: Policy{Open: true, Allow: Add}, Room: Limits{Reserve: -1}}, Share{Folder: filepath.Join(dir, "in")})
		a, _ := get(t, "POST", url+"/.windowsill/upload/", tusHeaders("Upload-Length: 6", metadataOf(folder, "tus.txt"))...)
		at := url + a.Header.Get("Location")
		sendHalf(t, "PATCH", at, "abc", patch(0)...).ended(t)
		must(t, s.SetItems(itemsIn(dir, "in", "a.txt")))
		if a, _ := get(t, "HEAD", at, tusHeaders()...); a.StatusCode != 200 || a.Header.Get("Upload-Offset") != "3" {
			t.Error(a.Status, a.Header)
		}
		want := path.Join("/in", folder, "tus.txt")
		if a := sendHalf(t, "PATCH", at, "def", patch(3)...).ended(t); a.Header.Get("Content-Location") != want {
			t.Error(a.Status, a.Header)
		}
		if a, _ := get(t, "HEAD", at, tusHeaders()...); a.Header.Get("Content-Location") != want {
			t.Error("asked again:", a.Status, a.Header)
		}
		if got, _ := os.ReadFile(filepath.Join(dir, filepath.FromSlash(want))); string(got) != "abcdef" {
			t.Errorf("%s: %q", want, got)
		}
	}
}

func TestAnArchiveGoesOnWhenAnItemIsAdded(t *testing.T) {
	dir := tree(t, map[string]string{"a.txt": "hello", "in/sub/b.txt": "inside"})
	noise := make([]byte, 16<<20)
	rand.NewChaCha8([32]byte{}).Read(noise) // never fails
	must(t, os.WriteFile(filepath.Join(dir, "in", "c.bin"), noise, 0o666))
	s, url := start(t, Options{Policy: Policy{Open: true}}, Share{Folder: filepath.Join(dir, "in")})
	q, err := http.NewRequestWithContext(t.Context(), "GET", url+"/?zip", nil)
	must(t, err)
	a, err := http.DefaultTransport.RoundTrip(q)
	must(t, err)
	defer a.Body.Close()
	must(t, s.SetItems(itemsIn(dir, "in", "a.txt")))
	got, err := io.ReadAll(a.Body)
	must(t, err)
	z, err := zip.NewReader(bytes.NewReader(got), int64(len(got)))
	must(t, err)
	for name, want := range map[string]string{"in/c.bin": string(noise), "in/sub/b.txt": "inside"} {
		if b, err := fs.ReadFile(z, name); err != nil || string(b) != want {
			t.Errorf("%s: %d bytes, %v", name, len(b), err)
		}
	}
}

// A page that was opened before goes on with the files that it has not sent yet.
func TestAPageSendsTheRestWhereTheFolderIsNow(t *testing.T) {
	dir := tree(t, map[string]string{"a.txt": "hello", "in/sub/b.txt": "inside", "sub.txt": ""})
	s, url := start(t, Options{Policy: Policy{Open: true, Allow: Add}, Room: Limits{Reserve: -1}}, Share{Folder: filepath.Join(dir, "in")})
	must(t, s.SetItems(itemsIn(dir, "in", "a.txt")))
	const form, boundary = "--b\r\nContent-Disposition: form-data; name=f; filename=form.txt\r\n\r\nabc\r\n--b--\r\n", "Content-Type: multipart/form-data; boundary=b"
	for _, c := range []struct {
		method, path, body string
		headers            []string
		status             int
	}{
		{"POST", "/", form, []string{boundary}, 201},
		{"POST", "/sub/", form, []string{boundary}, 201},
		{"POST", "/.windowsill/upload/", "", tusHeaders("Upload-Length: 0", metadataOf("", "tus.txt")), 201},
		{"POST", "/.windowsill/upload/", "", tusHeaders("Upload-Length: 0", metadataOf("sub", "tus.txt")), 201},
		{"POST", "/.windowsill/upload/", "", tusHeaders("Upload-Length: 0", metadataOf("no", "tus.txt")), 409},
		{"MKCOL", "/empty", "", tusHeaders(), 201},
		{"MKCOL", "/sub/empty", "", tusHeaders(), 201},
		{"MKCOL", "/drive", "", nil, 403}, // by a drive, which would not find it again
		{"PUT", "/drive.txt", "abc", nil, 403},
	} {
		if a := send(t, c.method, url+c.path, c.body, c.headers...); a.StatusCode != c.status {
			t.Errorf("%s %s: %s", c.method, c.path, a.Status)
		}
	}
	for _, name := range []string{"form.txt", "sub/form.txt", "tus.txt", "sub/tus.txt", "empty", "sub/empty"} {
		if _, err := os.Stat(filepath.Join(dir, "in", filepath.FromSlash(name))); err != nil {
			t.Error(err)
		}
	}
}

// What the owner takes out, or allows no longer, ends also for what began before.
func TestWhatIsOnItsWayEndsWithTheRight(t *testing.T) {
	for _, c := range []struct {
		name string
		then func(dir string) []Item
	}{
		{"taken out", func(dir string) []Item { return itemsIn(dir, "a.txt") }},
		{"only looked at", func(dir string) []Item {
			return []Item{{Path: filepath.Join(dir, "in"), Most: Read}, {Path: filepath.Join(dir, "a.txt"), Most: Change}}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := tree(t, map[string]string{"a.txt": "hello", "in/sub/b.txt": "inside"})
			s, url := start(t, Options{Policy: Policy{Open: true, Allow: Add}, Room: Limits{Reserve: -1}}, Share{Folder: filepath.Join(dir, "in")})
			put := sendHalf(t, "PUT", url+"/sub/put.bin", halfMega)
			until(t, "it has begun", func() bool { return len(s.Snapshot().Transfers) == 1 })
			must(t, s.SetItems(itemsIn(dir, "in", "a.txt")))
			must(t, s.SetItems(c.then(dir)))
			if a := put.ended(t); a.StatusCode < 400 {
				t.Error(a.Status)
			}
			if _, err := os.Stat(filepath.Join(dir, "in/sub/put.bin")); err == nil {
				t.Error("the file came in")
			}
		})
	}
}
