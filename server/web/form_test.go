package web

import (
	"bytes"
	"io"
	"mime/multipart"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"windowsill/server/access"
	"windowsill/server/receive"
)

// form makes a form with files, given as name and content in turn.
func form(t testing.TB, files ...string) (io.Reader, string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	must(t, w.WriteField("comment", "not a file"))
	for i := 0; i < len(files); i += 2 {
		part, err := w.CreateFormFile("file", files[i])
		must(t, err)
		io.WriteString(part, files[i+1])
	}
	must(t, w.Close())
	return &b, "Content-Type: " + w.FormDataContentType()
}

func TestForm(t *testing.T) {
	s, url, dir := writable(t, access.Add, map[string]string{"in/a.txt": "old"})
	body, ctype := form(t, "a.txt", "one", "../../b.txt", "two", "sub/c.txt", "three", `C:\d.txt`, "four", ".htaccess", "five")
	a, text := send(t, "POST", url+"/in/", body, ctype)
	if a.StatusCode != 201 || !strings.Contains(text, "/in/a%20%282%29.txt") {
		t.Errorf("a program: %s %s", a.Status, text)
	}
	body, ctype = form(t, "e.txt", "six")
	a, _ = send(t, "POST", url+"/in/", body, ctype, "Accept: text/html")
	if a.StatusCode != 303 || a.Header.Get("Location") != "/in/" {
		t.Errorf("a browser: %s to %q", a.Status, a.Header.Get("Location"))
	}
	body, ctype = form(t, "g.txt", "eight")
	if a, _ = send(t, "POST", url+"/in", body, ctype); a.StatusCode != 201 {
		t.Errorf("without a slash at the end: %s", a.Status)
	}
	body, ctype = form(t, "f.txt", "seven")
	_, text = send(t, "POST", url+"/in/", body, ctype, "Accept: application/json")
	if want := `{"files":[{"location":"/in/f.txt"}]}`; strings.TrimSpace(text) != want {
		t.Errorf("as data: %s, want %s", text, want)
	}
	wantOnDisk(t, dir, map[string]string{
		"in/a.txt": "old", "in/a (2).txt": "one", "in/b.txt": "two", "in/sub/c.txt": "three", "in/C__d.txt": "four",
		"in/htaccess": "five", "in/e.txt": "six", "in/f.txt": "seven", "in/g.txt": "eight",
	})
	if got := s.receiver.Uploads(); len(got) != 8 || got[0].State != receive.Arrived || got[0].Name != "in/a (2).txt" {
		t.Errorf("%+v", got)
	}
}

// Files that are longer than what is read at a time come in whole, or not at all.
func TestLongForm(t *testing.T) {
	_, url, dir := writable(t, access.Add, nil)
	long, longer := strings.Repeat("0123456789\r\n--", formBuffer/7), strings.Repeat("x", 3*formBuffer+1)
	body, ctype := form(t, "a.txt", long, "b.txt", "", "c.txt", longer)
	if a, text := send(t, "POST", url+"/", iotest.HalfReader(body), ctype); a.StatusCode != 201 {
		t.Fatalf("%s %s", a.Status, text)
	}
	whole, ctype := form(t, "d.txt", long, "e.txt", longer)
	if a, _ := send(t, "POST", url+"/", strings.NewReader(read(whole)[:len(long)+formBuffer]), ctype); a.StatusCode != 400 {
		t.Errorf("cut off: %s", a.Status)
	}
	wantOnDisk(t, dir, map[string]string{"a.txt": long, "b.txt": "", "c.txt": longer, "d.txt": long})
}

func TestFormsThatAreNone(t *testing.T) {
	_, url, dir := writable(t, access.Add, map[string]string{"a": "old"})
	empty, emptyType := form(t)
	unnamed, unnamedType := form(t, "", "x")
	whole, wholeType := form(t, "b", "x")
	text, _ := io.ReadAll(whole)
	for _, c := range []struct {
		target, body, ctype string
		status              int
	}{
		{"/", read(empty), emptyType, 400}, {"/", read(unnamed), unnamedType, 400}, {"/", "x", "Content-Type: text/plain", 400},
		{"/", string(text[:len(text)-30]), wholeType, 400}, {"/", string(text), "Content-Type: multipart/form-data", 400},
		{"/missing/", string(text), wholeType, 409}, {"/a", string(text), wholeType, 409}, {"/a/", string(text), wholeType, 409},
	} {
		if a, answer := send(t, "POST", url+c.target, strings.NewReader(c.body), c.ctype); a.StatusCode != c.status {
			t.Errorf("%s with %s: %s %s, want %d", c.target, c.ctype, a.Status, answer, c.status)
		}
	}
	wantOnDisk(t, dir, map[string]string{"a": "old"})
}

func read(r io.Reader) string {
	b, _ := io.ReadAll(r)
	return string(b)
}

func FuzzForm(f *testing.F) {
	whole, ctype := form(f, "a.txt", "one", "x/../b", "two")
	text := read(whole)
	f.Add(ctype[len("Content-Type: "):], text)
	f.Add(ctype[len("Content-Type: "):], text[:len(text)/2])
	f.Add("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=f; filename*=UTF-8''..%2fa\r\n\r\n\r\n--x--\r\n")
	outer := f.TempDir()
	dir := filepath.Join(outer, "share")
	must(f, os.Mkdir(dir, 0o777))
	_, url := start(f, dir, setup{Policy: access.Policy{Allow: access.Add}, Room: receive.Limits{Reserve: -1}})
	f.Fuzz(func(t *testing.T, ctype, body string) {
		a, _, err := trySend("POST", url+"/", strings.NewReader(body), "Content-Type: "+ctype)
		if err != nil {
			t.Skip(err) // no header can hold that
		}
		if a.StatusCode >= 500 {
			t.Error(a.Status)
		}
		above, err := os.ReadDir(outer)
		must(t, err)
		if len(above) != 1 {
			t.Errorf("%q left the share", above)
		}
		left, err := filepath.Glob(filepath.Join(dir, ".*"))
		must(t, err)
		if len(left) > 0 && (len(left) > 1 || filepath.Base(left[0]) != ".windowsill-visitors") {
			t.Errorf("hidden: %q", left)
		}
		entries, err := os.ReadDir(dir)
		must(t, err)
		for _, e := range entries {
			must(t, os.RemoveAll(filepath.Join(dir, e.Name())))
		}
	})
}
