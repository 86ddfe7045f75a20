package web

import (
	"crypto/sha1"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
	"windowsill/server/access"
	"windowsill/server/receive"
)

// tus sends a request with headers that all requests of tus have.
func tusSend(t testing.TB, method, url, body string, headers ...string) *http.Response {
	t.Helper()
	headers = append([]string{"Tus-Resumable: 1.0.0", "Content-Type: " + tusContent}, headers...)
	a, _ := send(t, method, url, strings.NewReader(body), headers...)
	if got := a.Header.Get("Tus-Resumable"); got != "1.0.0" {
		t.Errorf("%s %s answers Tus-Resumable %q", method, url, got)
	}
	return a
}

// metadata makes an Upload-Metadata header of keys and values in turn.
func metadata(pairs ...string) string {
	var all []string
	for i := 0; i < len(pairs); i += 2 {
		all = append(all, pairs[i]+" "+base64.StdEncoding.EncodeToString([]byte(pairs[i+1])))
	}
	return "Upload-Metadata: " + strings.Join(all, ",")
}

// create begins an upload and returns its address.
func create(t testing.TB, share string, headers ...string) string {
	t.Helper()
	headers = append(headers, "Content-Type: ")
	a := tusSend(t, "POST", share+uploadPath, "", headers...)
	if a.StatusCode != http.StatusCreated || a.Header.Get("Upload-Expires") == "" {
		t.Fatalf("%s, expires %q", a.Status, a.Header.Get("Upload-Expires"))
	}
	at, err := url.Parse(a.Header.Get("Location"))
	must(t, err)
	if at.Host != "" {
		t.Errorf("Location %q names a host", at)
	}
	return share + at.String()
}

func wantUpload(t testing.TB, at, offset string) {
	t.Helper()
	a := tusSend(t, "HEAD", at, "")
	if a.StatusCode != 200 || a.Header.Get("Upload-Offset") != offset || a.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%s, offset %q, want %s; %q", a.Status, a.Header.Get("Upload-Offset"), offset, a.Header.Get("Cache-Control"))
	}
}

func TestTusKeepsTheTime(t *testing.T) {
	_, url, dir := writable(t, access.Add, nil)
	for i, c := range uploadTimes {
		name := fmt.Sprint("a", i)
		at := create(t, url, "Upload-Length: 1", metadata("filename", name, "mtime", fmt.Sprint(c.seconds*1000)))
		if a := tusSend(t, "PATCH", at, "x", "Upload-Offset: 0"); a.StatusCode != 204 {
			t.Fatal(a.Status)
		}
		wantTime(t, url, dir, name, c.seconds, c.kept)
	}
}

func TestTusUpload(t *testing.T) {
	s, url, dir := writable(t, access.Add, map[string]string{"in/ü/a.txt": "old"})
	at := create(t, url, "Upload-Length: 10", metadata("filename", "a.txt", "dir", "in/ü", "mtime", "1500000000000"))
	wantUpload(t, at, "0")
	a := tusSend(t, "PATCH", at, "01234", "Upload-Offset: 0")
	if a.StatusCode != 204 || a.Header.Get("Upload-Offset") != "5" {
		t.Errorf("%s, offset %q", a.Status, a.Header.Get("Upload-Offset"))
	}
	if expires, err := http.ParseTime(a.Header.Get("Upload-Expires")); time.Until(expires) < 23*time.Hour || err != nil {
		t.Errorf("expires %v, %v", expires, err)
	}
	wantUpload(t, at, "5")
	if u := s.receiver.Uploads(); len(u) != 1 || u[0].State != receive.Paused || u[0].Bytes != 5 || u[0].Total != 10 {
		t.Errorf("in the middle: %+v", u)
	}
	a = tusSend(t, "PATCH", at, "56789", "Upload-Offset: 5")
	if a.StatusCode != 204 || a.Header.Get("Upload-Offset") != "10" || a.Header.Get("Content-Location") != "/in/%C3%BC/a%20%282%29.txt" {
		t.Errorf("%s, %v", a.Status, a.Header)
	}
	wantUpload(t, at, "10")
	wantOnDisk(t, dir, map[string]string{"in/ü/a.txt": "old", "in/ü/a (2).txt": "0123456789"})
	info, err := os.Stat(filepath.Join(dir, "in/ü/a (2).txt"))
	must(t, err)
	if info.ModTime().Unix() != 1_500_000_000 {
		t.Errorf("time %v", info.ModTime())
	}
}

func TestTusCreation(t *testing.T) {
	for _, c := range []struct {
		name    string
		headers []string
		body    string
		status  int
		in      map[string]string
	}{
		{"with all of it", []string{"Upload-Length: 2", metadata("filename", "b")}, "hi", 201, map[string]string{"b": "hi"}},
		{"empty", []string{"Upload-Length: 0", metadata("filename", "b"), "Content-Type: "}, "", 201, map[string]string{"b": ""}},
		{"of a folder", []string{"Upload-Length: 2", metadata("filename", "b", "relativePath", "x/../y/b")}, "hi", 201, map[string]string{"x/y/b": "hi"}},
		{"relativePath null", []string{"Upload-Length: 2", metadata("filename", "b", "relativePath", "null")}, "hi", 201, map[string]string{"b": "hi"}},
		{"name with a path", []string{"Upload-Length: 2", metadata("filename", "../b")}, "hi", 201, map[string]string{"_b": "hi"}},
		{"no name", []string{"Upload-Length: 2"}, "hi", 201, map[string]string{"file": "hi"}},
		{"clash", []string{"Upload-Length: 2", metadata("filename", "a")}, "hi", 201, map[string]string{"a (2)": "hi"}},
		{"replacing", []string{"Upload-Length: 2", metadata("filename", "a", "overwrite", "true")}, "hi", 201, map[string]string{"a": "hi"}},
		{"not replacing", []string{"Upload-Length: 2", metadata("filename", "a", "overwrite", "false")}, "hi", 201, map[string]string{"a (2)": "hi"}},
		{"no length", []string{metadata("filename", "b")}, "hi", 400, nil},
		{"length now and later", []string{"Upload-Defer-Length: 1", "Upload-Length: 2"}, "hi", 400, nil},
		{"length some time", []string{"Upload-Defer-Length: 2"}, "", 400, nil},
		{"part to be joined", []string{"Upload-Length: 2", "Upload-Concat: partial"}, "hi", 400, nil},
		{"parts joined", []string{"Upload-Concat: final;/.windowsill/upload/a /.windowsill/upload/b"}, "", 400, nil},
		{"type in capitals", []string{"Upload-Length: 2", metadata("filename", "b"), "Content-Type: Application/Offset+Octet-Stream"}, "hi", 201, map[string]string{"b": "hi"}},
		{"negative length", []string{"Upload-Length: -1"}, "", 400, nil},
		{"too much", []string{"Upload-Length: 1"}, "hi", 400, nil},
		{"huge", []string{"Upload-Length: 9223372036854775807"}, "hi", 507, nil},
		{"bad metadata", []string{"Upload-Length: 2", "Upload-Metadata: a ***"}, "hi", 400, nil},
		{"through a file", []string{"Upload-Length: 2", metadata("relativePath", "a/x/b")}, "hi", 412, nil},
		{"no such folder", []string{"Upload-Length: 2", metadata("dir", "missing")}, "hi", 409, nil},
		{"outside", []string{"Upload-Length: 2", metadata("dir", "../..")}, "hi", 409, nil},
		{"bad checksum", []string{"Upload-Length: 2", "Upload-Checksum: rot13 YQ=="}, "hi", 400, nil},
		{"wrong checksum", []string{"Upload-Length: 2", "Upload-Checksum: sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0="}, "hi", 460, nil},
		{"of another page", []string{"Upload-Length: 2", "Origin: http://evil.example"}, "hi", 403, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, url, dir := writable(t, access.Change, map[string]string{"a": "old"})
			headers := append([]string{"Tus-Resumable: 1.0.0", "Content-Type: " + tusContent}, c.headers...)
			a, text := send(t, "POST", url+uploadPath, strings.NewReader(c.body), headers...)
			if a.StatusCode != c.status || (a.Header.Get("Location") != "") != (c.status == 201) {
				t.Errorf("%s, Location %q: %s; want %d", a.Status, a.Header.Get("Location"), text, c.status)
			}
			want := map[string]string{"a": "old"}
			for name, text := range c.in {
				want[name] = text
			}
			wantOnDisk(t, dir, want)
		})
	}
}

// To a client, 404 would mean that it has to begin anew, without end.
func TestTusFolderWhoseNameAFileTakesMeanwhile(t *testing.T) {
	_, url, dir := writable(t, access.Add, nil)
	a, _ := send(t, "POST", url+uploadPath, nil, "Tus-Resumable: 1.0.0", "Upload-Length: 2", metadata("relativePath", "x/b"))
	must(t, os.WriteFile(filepath.Join(dir, "x"), []byte("file"), 0o644))
	a, text := send(t, "PATCH", url+a.Header.Get("Location"), strings.NewReader("hi"), "Tus-Resumable: 1.0.0", "Upload-Offset: 0", "Content-Type: "+tusContent)
	if a.StatusCode != 412 || !strings.Contains(text, "There is a file or folder of that name.") {
		t.Errorf("%s %s", a.Status, text)
	}
}

func TestTusRefusals(t *testing.T) {
	_, url, _ := writable(t, access.Add, nil)
	at := create(t, url, "Upload-Length: 10", metadata("filename", "a"))
	sum := sha1.Sum([]byte("01234"))
	good := "Upload-Checksum: sha1 " + base64.StdEncoding.EncodeToString(sum[:])
	for _, c := range []struct {
		name, method, url, body string
		headers                 []string
		status                  int
	}{
		{"no offset", "PATCH", at, "01234", nil, 400},
		{"another offset", "PATCH", at, "01234", []string{"Upload-Offset: 3"}, 409},
		{"another type", "PATCH", at, "01234", []string{"Upload-Offset: 0", "Content-Type: text/plain"}, 415},
		{"damaged", "PATCH", at, "01x34", []string{"Upload-Offset: 0", good}, 460},
		{"unknown checksum", "PATCH", at, "01234", []string{"Upload-Offset: 0", "Upload-Checksum: x YQ=="}, 400},
		{"too long", "PATCH", at, "0123456789x", []string{"Upload-Offset: 0"}, 400},
		{"another version", "PATCH", at, "01234", []string{"Upload-Offset: 0", "Tus-Resumable: 0.2.2"}, 412},
		{"no such upload", "PATCH", url + uploadPath + "AAAAAAAAAAAAAAAAAAAAAA/", "01234", []string{"Upload-Offset: 0"}, 404},
		{"no upload at all", "HEAD", url + uploadPath + "x", "", nil, 404},
		{"outside", "HEAD", url + uploadPath + "AAAAAAAAAAAAAAAAAAAAAA/..%2f..", "", nil, 404},
		{"another folder", "HEAD", strings.TrimSuffix(at, "/") + "/missing", "", nil, 404},
		{"looked at", "GET", at, "", nil, 405},
		{"listed", "GET", url + uploadPath, "", nil, 405},
		{"right at last", "PATCH", at, "01234", []string{"Upload-Offset: 0", good}, 204},
		{"by another method", "POST", at, "56", []string{"Upload-Offset: 5", "X-HTTP-Method-Override: PATCH"}, 204},
		{"cancelled", "DELETE", at, "", nil, 204},
		{"cancelled twice", "DELETE", at, "", nil, 404},
	} {
		if a := tusSend(t, c.method, c.url, c.body, c.headers...); a.StatusCode != c.status {
			t.Errorf("%s: %s, want %d", c.name, a.Status, c.status)
		}
	}
}

func TestTusSaysWhatItCan(t *testing.T) {
	dir := t.TempDir()
	_, url := start(t, dir, setup{Policy: access.Policy{Allow: access.Add}, Room: receive.Limits{File: 1000}})
	a, _ := send(t, "OPTIONS", url+uploadPath, nil)
	for name, want := range map[string]string{
		"Tus-Version": "1.0.0", "Tus-Max-Size": "1000", "Tus-Extension": tusExtensions, "Access-Control-Allow-Origin": "",
	} {
		if got := a.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if a.StatusCode != 204 || !strings.Contains(a.Header.Get("Tus-Checksum-Algorithm"), "sha1") {
		t.Errorf("%s, %q", a.Status, a.Header.Get("Tus-Checksum-Algorithm"))
	}
	if a := tusSend(t, "POST", url+uploadPath, "", "Upload-Length: 1001"); a.StatusCode != 413 {
		t.Errorf("larger than that: %s", a.Status)
	}
}

func TestTusGoesOnAfterARestart(t *testing.T) {
	s, url, dir := writable(t, access.Add, map[string]string{"in/x": ""})
	at := create(t, url, "Upload-Length: 10", metadata("filename", "a", "dir", "/in/"))
	tusSend(t, "PATCH", at, "01234", "Upload-Offset: 0")
	s.stop()
	_, again := start(t, dir, setup{Policy: access.Policy{Allow: access.Add}, Room: receive.Limits{Reserve: -1}})
	at = again + strings.TrimPrefix(at, url)
	wantUpload(t, at, "5")
	tusSend(t, "PATCH", at, "56789", "Upload-Offset: 5")
	wantOnDisk(t, dir, map[string]string{"in/x": "", "in/a": "0123456789"})
}

// A phone that lost its connection asks again while the server still waits on
// the old one.
func TestTusTakesOverFromAConnectionThatHangs(t *testing.T) {
	s, url, dir := writable(t, access.Add, nil)
	at := create(t, url, "Upload-Length: 10", metadata("filename", "a"))
	body, in := io.Pipe()
	var all sync.WaitGroup
	all.Go(func() {
		trySend("PATCH", at, body, "Tus-Resumable: 1.0.0", "Content-Type: "+tusContent, "Upload-Offset: 0")
	})
	in.Write([]byte("0123"))
	until(t, "some of it is here", func() bool { u := s.receiver.Uploads(); return u[0].Bytes == 4 })
	wantUpload(t, at, "4")
	tusSend(t, "PATCH", at, "456789", "Upload-Offset: 4")
	in.Close()
	all.Wait()
	wantOnDisk(t, dir, map[string]string{"a": "0123456789"})
}

func TestTusUploadsBelongToTheirDevice(t *testing.T) {
	s := newShared(t, t.TempDir(), setup{Policy: access.Policy{Allow: access.Add}})
	phone, other := clientOf(t, s, "192.168.1.23"), clientOf(t, s, "192.168.1.24")
	enterByKey(s, phone)
	enterByKey(s, other)
	w := phone.send("POST", uploadPath, "Tus-Resumable: 1.0.0", "Upload-Length: 4", metadata("filename", "a"))
	at := w.Header().Get("Location")
	if w.Code != 201 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	for _, method := range []string{"HEAD", "PATCH", "DELETE"} {
		headers := []string{"Tus-Resumable: 1.0.0", "Content-Type: " + tusContent, "Upload-Offset: 0"}
		if w := other.send(method, at, headers...); w.Code != 404 {
			t.Errorf("another device, %s: %d", method, w.Code)
		}
	}
	if w := phone.send("HEAD", at, "Tus-Resumable: 1.0.0"); w.Code != 200 {
		t.Errorf("its own device: %d", w.Code)
	}
}

func FuzzTusHeaders(f *testing.F) {
	f.Add("10", "filename YQ==,dir YQ==", "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=", "PATCH", "0")
	f.Add("-1", "a ***", "md5", "HEAD", "x")
	f.Add("9223372036854775807", "relativePath Li4vLi4=", "", "", "")
	outer := f.TempDir()
	dir := filepath.Join(outer, "share")
	must(f, os.Mkdir(dir, 0o777))
	_, url := start(f, dir, setup{Policy: access.Policy{Allow: access.Add}, Room: receive.Limits{Reserve: -1}})
	f.Fuzz(func(t *testing.T, length, meta, sum, override, offset string) {
		a, text, err := trySend("POST", url+uploadPath, strings.NewReader("0123456789"), "Tus-Resumable: 1.0.0", "Content-Type: "+tusContent,
			"Upload-Length: "+length, "Upload-Metadata: "+meta, "Upload-Checksum: "+sum, "X-HTTP-Method-Override: "+override, "Upload-Offset: "+offset)
		if err != nil {
			t.Skip(err) // no header can hold that
		}
		if a.StatusCode >= 500 && a.StatusCode != 507 {
			t.Error(a.Status, text)
		}
		above, err := os.ReadDir(outer)
		must(t, err)
		if len(above) != 1 {
			t.Errorf("%q left the share", above)
		}
		entries, err := os.ReadDir(dir)
		must(t, err)
		for _, e := range entries {
			must(t, os.RemoveAll(filepath.Join(dir, e.Name())))
		}
	})
}

func TestUploadWhoseLengthComesLater(t *testing.T) {
	_, url, dir := writable(t, access.Add, nil)
	at := create(t, url, "Upload-Defer-Length: 1", metadata("filename", "b"))
	wantUpload(t, at, "0")
	if a := tusSend(t, "HEAD", at, ""); a.Header.Get("Upload-Defer-Length") != "1" || a.Header.Get("Upload-Length") != "" {
		t.Errorf("Upload-Defer-Length %q, Upload-Length %q", a.Header.Get("Upload-Defer-Length"), a.Header.Get("Upload-Length"))
	}
	if a := tusSend(t, "PATCH", at, "01234", "Upload-Offset: 0"); a.StatusCode != 204 {
		t.Fatal(a.Status)
	}
	if a := tusSend(t, "PATCH", at, "5", "Upload-Offset: 5", "Upload-Length: 3"); a.StatusCode != 400 {
		t.Errorf("shorter than what has come: %s", a.Status)
	}
	if a := tusSend(t, "PATCH", at, "567", "Upload-Offset: 5", "Upload-Length: 10"); a.StatusCode != 204 {
		t.Fatal(a.Status)
	}
	wantUpload(t, at, "8")
	if a := tusSend(t, "HEAD", at, ""); a.Header.Get("Upload-Length") != "10" {
		t.Errorf("Upload-Length %q, want 10", a.Header.Get("Upload-Length"))
	}
	if a := tusSend(t, "PATCH", at, "89", "Upload-Offset: 8"); a.StatusCode != 204 {
		t.Fatal(a.Status)
	}
	wantOnDisk(t, dir, map[string]string{"b": "0123456789"})
}

func TestUploadAddressWithoutItsSlash(t *testing.T) {
	_, url, dir := writable(t, access.Add, nil)
	a := tusSend(t, "POST", url+strings.TrimSuffix(uploadPath, "/"), "hi", "Upload-Length: 2", metadata("filename", "b"))
	if a.StatusCode != 201 {
		t.Errorf("%s, want it taken", a.Status)
	}
	wantOnDisk(t, dir, map[string]string{"b": "hi"})
	_, readOnly, _ := writable(t, access.Read, nil)
	if a, _ := send(t, "POST", readOnly+strings.TrimSuffix(uploadPath, "/"), strings.NewReader("hi"), "Tus-Resumable: 1.0.0"); a.StatusCode != 403 {
		t.Errorf("where devices may only read: %s", a.Status)
	}
}
