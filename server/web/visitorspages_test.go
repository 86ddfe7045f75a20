package web

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"windowsill/server/access"
)

const theirs = "<b>theirs</b>"

func TestNoPageOfVisitorsIsThePageOfAFolder(t *testing.T) {
	for name, add := range map[string]func(t *testing.T, url string) int{
		"PUT": func(t *testing.T, url string) int {
			a, _ := send(t, "PUT", url+"/in/index.html", strings.NewReader(theirs))
			return a.StatusCode
		},
		"form": func(t *testing.T, url string) int {
			a, _ := send(t, "POST", url+"/in/", strings.NewReader("--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"index.html\"\r\n\r\n"+theirs+"\r\n--B--\r\n"),
				"Content-Type: multipart/form-data; boundary=B")
			return a.StatusCode
		},
		"tus": func(t *testing.T, url string) int {
			at := create(t, url, "Upload-Length: 13", metadata("filename", "index.html", "dir", "in"))
			return tusSend(t, "PATCH", at, theirs, "Upload-Offset: 0").StatusCode
		},
		"MOVE": func(t *testing.T, url string) int {
			send(t, "PUT", url+"/in/x", strings.NewReader(theirs))
			a, _ := send(t, "MOVE", url+"/in/x", nil, "Destination: /in/index.html")
			return a.StatusCode
		},
	} {
		t.Run(name, func(t *testing.T) {
			s, url, dir := writable(t, access.Change, map[string]string{"in/a.txt": "", "own/index.html": "<i>own</i>"})
			if status := add(t, url); status < 200 || status > 299 {
				t.Fatalf("status %d", status)
			}
			want := func(folder, title, content string) {
				t.Helper()
				if _, body := get(t, "GET", url+folder, browser); strings.Contains(body, title) != (content == "listing") || content != "listing" && body != content {
					t.Errorf("%s is not the %s: %.80q", folder, content, body)
				}
			}
			want("/in/", "a.txt", "listing")
			want("/in/index.html", "a.txt", theirs)
			want("/own/", "a.txt", "<i>own</i>")
			if p := s.VisitorsPages(); len(p) != 1 || p[0].Folder != "in" || !p[0].Addr.IsLoopback() || p[0].At.IsZero() {
				t.Errorf("the owner is told of %+v", p)
			}
			again, _ := start(t, dir, setup{Policy: access.Policy{Open: true}})
			if code, body, _ := ask(again, "/in/"); code != 200 || !strings.Contains(body, "a.txt") {
				t.Errorf("after a restart: %d %.80q", code, body)
			}
			if p := again.VisitorsPages(); len(p) != 1 || p[0].Folder != "in" {
				t.Errorf("after a restart the owner is told of %+v", p)
			}
			must(t, s.AcceptPage("in"))
			want("/in/", "a.txt", theirs)
			if p := s.VisitorsPages(); len(p) != 0 {
				t.Errorf("the owner is still told of %+v", p)
			}
		})
	}
}

func TestPagesThatAreGoneAreForgotten(t *testing.T) {
	s, url, dir := writable(t, access.Change, map[string]string{"a/": "", "b/": "", "c/": "", "d/": ""})
	for _, folder := range []string{"", "/a", "/b", "/c", "/d"} {
		send(t, "PUT", url+folder+"/index.html", strings.NewReader(theirs))
	}
	send(t, "DELETE", url+"/a/index.html", nil)
	send(t, "DELETE", url+"/b", nil)
	send(t, "MOVE", url+"/index.html", nil, "Destination: /x.html")
	must(t, os.Remove(filepath.Join(dir, "d", "index.html")))
	if err := s.AcceptPage("d"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("accepting what is gone: %v", err)
	}
	if p := s.VisitorsPages(); !slices.EqualFunc(p, []string{"c"}, func(p Page, folder string) bool { return p.Folder == folder }) {
		t.Errorf("%+v, want that of c", p)
	}
}
