package server

import (
	"encoding/base64"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// sendTo sends a request with a body, and returns the status and the text that came
// back.
func sendTo(t *testing.T, method, url, body string, headers ...string) (int, string) {
	t.Helper()
	q, err := http.NewRequest(method, url, strings.NewReader(body))
	must(t, err)
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		q.Header.Set(name, value)
	}
	client := http.Client{
		Transport:     &http.Transport{DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	a, err := client.Do(q)
	must(t, err)
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	must(t, err)
	return a.StatusCode, string(text)
}

// filesIn returns the files that are in a folder and below and are not hidden.
func filesIn(t *testing.T, dir string) (names []string) {
	t.Helper()
	must(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !strings.HasPrefix(d.Name(), ".") {
			name, _ := filepath.Rel(dir, path)
			names = append(names, filepath.ToSlash(name))
		}
		return err
	}))
	return names
}

const form = "--b\r\nContent-Disposition: form-data; name=f; filename=form.txt\r\n\r\nCANARY\r\n--b--\r\n"

func TestReceiving(t *testing.T) {
	dir := filepath.Join(tree(t, nil), "Downloads", "Received")
	s, url := start(t, Options{Room: Limits{Reserve: -1}}, Share{Folder: dir, Receiving: Receiving{On: true}})
	tus := []string{"Tus-Resumable: 1.0.0", "Upload-Length: 6", "Content-Type: application/offset+octet-stream", "Upload-Metadata: filename " + base64.StdEncoding.EncodeToString([]byte("tus.txt"))}
	for _, c := range []struct {
		method, path, body string
		headers            []string
		want               int
	}{
		{"PUT", "/put.txt", "CANARY", nil, 201}, {"PUT", "/put.txt", "CANARY", nil, 201},
		{"POST", "/", form, []string{"Content-Type: multipart/form-data; boundary=b"}, 201},
		{"POST", "/.windowsill/upload/", "CANARY", tus, 201},
		{"PUT", "/put.txt?overwrite", "new", nil, 403}, {"PUT", "/put.txt", "new", []string{"If-Match: *"}, 403},
		{"DELETE", "/put.txt", "", nil, 403}, {"MKCOL", "/new", "", nil, 405}, {"MOVE", "/put.txt", "", []string{"Destination: /b"}, 403}, {"PROPFIND", "/", "", nil, 405}, {"LOCK", "/put.txt", "", nil, 405},
	} {
		if got, text := sendTo(t, c.method, url+c.path, c.body, c.headers...); got != c.want {
			t.Errorf("%s %s: %d %s, want %d", c.method, c.path, got, text, c.want)
		}
	}
	if got, want := filesIn(t, dir), []string{"form.txt", "put (2).txt", "put.txt", "tus.txt"}; !slices.Equal(got, want) {
		t.Errorf("on the disk: %q, want %q", got, want)
	}
	for _, path := range []string{"/put.txt", "/put%20(2).txt", "/form.txt?open", "/?zip", "/?tar", "/?json", "/?q=put", "/?q=put&json", "/?count", "/?m3u", "/put.txt?thumb=160", "/?zip&name=put.txt"} {
		if code, text := sendTo(t, "GET", url+path, ""); strings.Contains(text, "CANARY") || strings.Contains(text, "tus.txt") || code == 200 && strings.Contains(text, "put.txt") {
			t.Errorf("%s: %d %.200s", path, code, text)
		}
	}
	_, page := sendTo(t, "GET", url+"/", "", "Accept: text/html")
	for _, want := range []string{"Send files to this computer", "Only its owner sees them.", "4 files from you have arrived", "adding.js", "Received"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if own, others := sentFrom(t, url, "127.0.0.1"), sentFrom(t, url, "127.0.0.2"); !slices.Equal(own, []string{"tus.txt", "form.txt", "put (2).txt", "put.txt"}) || others != nil {
		t.Errorf("the device that sent them sees %q, another one %q", own, others)
	}
	if a, _ := get(t, "OPTIONS", url+"/"); a.Header.Get("DAV") != "" || a.Header.Get("Allow") != "GET, HEAD, OPTIONS, POST, PUT" {
		t.Errorf("it is offered as a drive: %v", a.Header)
	}
	if snap := s.Snapshot(); snap.Name != "Received" || len(snap.Uploads) != 4 {
		t.Errorf("%q, %+v", snap.Name, snap.Uploads)
	}
}

// sentFrom returns what the page tells a device at an address that it has sent.
func sentFrom(t *testing.T, url, addr string) (names []string) {
	t.Helper()
	dialer := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(addr)}}
	transport := &http.Transport{DialContext: dialer.DialContext, DisableKeepAlives: true}
	q, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+"/", nil)
	must(t, err)
	q.Header.Set("Accept", "text/html")
	a, err := (&http.Client{Transport: transport}).Do(q)
	must(t, err)
	defer a.Body.Close()
	body, err := io.ReadAll(a.Body)
	must(t, err)
	for _, found := range regexp.MustCompile(`<p><bdi translate="no">(.*?)</bdi> · 6`).FindAllStringSubmatch(string(body), -1) {
		names = append(names, found[1])
	}
	return names
}

func TestReceivedFilesAreSorted(t *testing.T) {
	for sort, want := range map[Sorting]string{Unsorted: "a.txt", ByDay: time.Now().Format(time.DateOnly) + "/a.txt", ByDevice: "curl/a.txt"} {
		dir := tree(t, nil)
		_, url := start(t, Options{Room: Limits{Reserve: -1}}, Share{Folder: dir, Receiving: Receiving{On: true, Sort: sort}})
		if code, text := sendTo(t, "PUT", url+"/a.txt", "x", "User-Agent: curl/8.0"); code != 201 {
			t.Fatal(code, text)
		}
		if got := filesIn(t, dir); len(got) != 1 || got[0] != want {
			t.Errorf("sorted by %d: %q, want %q", sort, got, want)
		}
	}
}

func TestReceivedFilesCanBeShown(t *testing.T) {
	dir := tree(t, nil)
	_, url := start(t, Options{Room: Limits{Reserve: -1}}, Share{Folder: dir, Receiving: Receiving{On: true, Shown: true, Sort: ByDay}})
	if code, text := sendTo(t, "PUT", url+"/a.txt", "x"); code != 201 {
		t.Fatal(code, text)
	}
	if code, text := sendTo(t, "GET", url+"/"+time.Now().Format(time.DateOnly)+"/a.txt", ""); code != 200 || text != "x" {
		t.Error(code, text)
	}
	if code, _ := sendTo(t, "DELETE", url+"/a.txt", ""); code != 403 {
		t.Error("it can be deleted:", code)
	}
}

func TestAFolderForWhatComesInThatCannotBeMade(t *testing.T) {
	dir := tree(t, map[string]string{"file": ""})
	s, err := New(Options{})
	must(t, err)
	if err := s.Start(Share{Folder: filepath.Join(dir, "file", "Received"), Receiving: Receiving{On: true}}); err == nil || !strings.Contains(err.Error(), "could not be made") {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "file", "Received")); err == nil {
		t.Error("it is there")
	}
}
