package web

import (
	"windowsill/server/access"

	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// asksAgain asks for a folder's page with the tag it had.
func asksAgain(t *testing.T, url, tag string, headers ...string) *http.Response {
	t.Helper()
	a, content := get(t, "GET", url, append(headers, "If-None-Match: "+tag)...)
	if a.StatusCode == http.StatusNotModified && content != "" {
		t.Errorf("304 with %d bytes", len(content))
	}
	return a
}

func TestFolderIsSentAgainOnlyWhenItHasChanged(t *testing.T) {
	dir := tree(t, map[string]string{"a.txt": "1", "b.txt": "2", "sub/c.txt": "3"})
	s, base := start(t, dir, setup{})
	a, _ := get(t, "GET", base+"/")
	tag := a.Header.Get("ETag")
	if !strings.HasPrefix(tag, `W/"`) || a.Header.Get("Cache-Control") != "private, no-cache" {
		t.Fatalf("ETag %q, Cache-Control %q", tag, a.Header.Get("Cache-Control"))
	}
	vary := strings.Join(a.Header.Values("Vary"), ",")
	for _, name := range []string{"Accept", "Accept-Language", "Cookie"} {
		if !strings.Contains(vary, name) {
			t.Errorf("Vary %q does not name %s", vary, name)
		}
	}
	strong := strings.TrimPrefix(tag, "W/")
	for _, same := range []string{tag, strong, `"x", ` + tag, "*"} {
		if a := asksAgain(t, base+"/", same); a.StatusCode != 304 || a.Header.Get("ETag") != tag || a.Header.Get("Vary") == "" {
			t.Errorf("If-None-Match %s: %s, ETag %q", same, a.Status, a.Header.Get("ETag"))
		}
	}
	if a := asksAgain(t, base+"/", tag, "Accept-Encoding: gzip"); a.StatusCode != 304 {
		t.Errorf("compressed: %s", a.Status)
	}
	if a, _ := get(t, "HEAD", base+"/", "If-None-Match: "+tag); a.StatusCode != 304 {
		t.Errorf("HEAD: %s", a.Status)
	}
	for what, headers := range map[string][]string{
		"another tag":                 nil,
		"another language":            {"Accept-Language: de"},
		"another order that is liked": {"Cookie: windowsill_8000_view=sort=size"},
	} {
		asked := tag
		if headers == nil {
			asked = `"other"`
		}
		if a := asksAgain(t, base+"/", asked, headers...); a.StatusCode != 200 {
			t.Errorf("%s: %s", what, a.Status)
		}
	}
	if a := asksAgain(t, base+"/?sort=size", tag); a.StatusCode != 200 {
		t.Errorf("another order: %s", a.Status)
	}
	if a := asksAgain(t, base+"/?json", tag); a.StatusCode != 200 {
		t.Errorf("as data: %s", a.Status)
	}
	must(t, os.WriteFile(filepath.Join(dir, "b.txt"), []byte("longer"), 0o644))
	if a := asksAgain(t, base+"/", tag); a.StatusCode != 200 {
		t.Errorf("a file grew: %s", a.Status)
	}
	a, _ = get(t, "GET", base+"/")
	s.guard.SetPolicy(access.Policy{Open: true, Allow: 1})
	if a := asksAgain(t, base+"/", a.Header.Get("ETag")); a.StatusCode != 200 {
		t.Errorf("devices may do more: %s", a.Status)
	}
}

func TestViewAndOrderAreRemembered(t *testing.T) {
	dir := tree(t, map[string]string{"a.jpg": "1", "b.jpg": "22", "sub/c.jpg": "1", "sub/d.jpg": "22"})
	later := time.Now().Add(time.Minute)
	must(t, os.Chtimes(filepath.Join(dir, "a.jpg"), later, later))
	_, base := start(t, dir, setup{})
	const name = "windowsill_8000_view"
	cookies := map[string]string{}
	ask := func(path string) string {
		t.Helper()
		headers := []string{browser}
		for name, value := range cookies {
			headers = append(headers, "Cookie: "+name+"="+value)
		}
		a, content := get(t, "GET", base+path, headers...)
		for _, c := range a.Cookies() {
			cookies[c.Name] = c.Value
			if c.Path != "/" || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.MaxAge < 86400 {
				t.Errorf("%s: cookie %+v", path, c)
			}
		}
		return content
	}
	for _, c := range []struct {
		path    string
		gallery bool
		first   string
		cookie  string
	}{
		{"/", true, "a.jpg", ""},                 // mostly pictures: the newest first
		{"/?view=list&once", false, "a.jpg", ""}, // for a page that is open
		{"/?view=list", false, "a.jpg", "view=list"},
		{"/sub/", false, "c.jpg", "view=list"},
		{"/sub/?sort=size&order=desc", false, "d.jpg", "view=list&sort=size&order=desc"},
		{"/sub/", false, "d.jpg", "view=list&sort=size&order=desc"},
		{"/?view=gallery&sort=name&after=a.jpg", true, "b.jpg", "view=list&sort=size&order=desc"},
		{"/sub/?sort=name", false, "c.jpg", "view=list&sort=name"},
		{"/?view=nonsense", false, "a.jpg", "view=list&sort=name"},
		{"/?view=gallery&json", false, "", "view=list&sort=name"},
	} {
		page := ask(c.path)
		if c.first != "" && strings.Contains(page, `class="gallery"`) != c.gallery {
			t.Errorf("%s: gallery %v", c.path, !c.gallery)
		}
		if i := strings.Index(page, `href="`+c.first); c.first != "" && (i < 0 || strings.Contains(page[:i], `.jpg?open`)) {
			t.Errorf("%s: the first is not %s", c.path, c.first)
		}
		if cookies[name] != c.cookie {
			t.Errorf("%s: remembers %q, want %q", c.path, cookies[name], c.cookie)
		}
	}
	cookies[name] = `%zz"; view=gallery` // of somebody who plays with it
	if page := ask("/"); !strings.Contains(page, `class="gallery"`) {
		t.Error("a broken cookie is not left alone")
	}
}

func TestDataComesInTheOrderAskedFor(t *testing.T) {
	dir := tree(t, map[string]string{"a": "333", "b": "1", "c": "22"})
	_, base := start(t, dir, setup{})
	for query, want := range map[string]string{"": "abc", "&sort=size": "bca", "&sort=name&order=desc": "cba"} {
		_, data := get(t, "GET", base+"/?json"+query)
		at := func(name string) int { return strings.Index(data, `"name":"`+name+`"`) }
		if !(at(want[:1]) < at(want[1:2]) && at(want[1:2]) < at(want[2:])) {
			t.Errorf("%q: %s", query, data)
		}
	}
}

// linked finds the scripts and styles in a page, and names only them.
var linked = regexp.MustCompile(`"(/\.windowsill/[^"]+\.(?:css|js))"`)

func TestFirstPageIsLight(t *testing.T) {
	files := map[string]string{}
	for i := range 100 {
		files[fmt.Sprintf("Holiday at the sea, day %d.jpg", i)] = "x"
	}
	_, base := start(t, tree(t, files), setup{})
	_, page := get(t, "GET", base+"/", browser)
	sum := 0
	for _, address := range append([]string{"/"}, submatches(linked, page)...) {
		_, content := get(t, "GET", base+address, browser, "Accept-Encoding: gzip")
		sum += len(content)
	}
	if most := 21_000; sum > most {
		t.Errorf("The first page is %d bytes in all, want at most %d", sum, most)
	}
}

func submatches(r *regexp.Regexp, text string) (found []string) {
	for _, m := range r.FindAllStringSubmatch(text, -1) {
		found = append(found, m[1])
	}
	return found
}

func TestWhoGetsAPageAndWhoAnIndex(t *testing.T) {
	s := newShared(t, tree(t, map[string]string{"a": "x"}), setup{Policy: access.Policy{Open: true}})
	c := clientOf(t, s, "192.168.1.23")
	for accept, index := range map[string]bool{
		"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8":                            false, // most browsers
		"application/xml,application/xhtml+xml,text/html;q=0.9,text/plain;q=0.8,image/png,*/*;q=0.5": false, // Safari 5
		"text/html, text/*;q=0.5, image/*":                                                           false, // w3m
		"TEXT/HTML":                                                                                  false,
		"":                                                                                           true, // Go, rclone
		"*/*":                                                                                        true, // curl, wget, VLC, Kodi
		"application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html; q=0.1, text/html; q=0.01": true, // pip
		"text/html;q=0": true,
	} {
		body := c.want(c.send("GET", "/", "Accept: "+accept), 200).Body.String()
		if got := strings.Contains(body, "<title>Index of /</title>"); got != index {
			t.Errorf("%s: index %v", accept, got)
		}
	}
}

// wget2 and HTTrack ask as browsers do, and would fetch every order of a folder.
func TestMirrorsGetAnIndex(t *testing.T) {
	s := newShared(t, tree(t, map[string]string{"a": "x"}), setup{Policy: access.Policy{Open: true}})
	c := clientOf(t, s, "192.168.1.23")
	for agent, index := range map[string]bool{
		"wget2/1.99.1": true, "Mozilla/4.5 (compatible; HTTrack 3.0x; Windows 98)": true,
		"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0": false, "Lynx/2.9.0dev.12": false, "": false,
	} {
		body := c.want(c.send("GET", "/", browser, "User-Agent: "+agent), 200).Body.String()
		if got := strings.Contains(body, "<title>Index of /</title>"); got != index {
			t.Errorf("%s: index %v", agent, got)
		}
	}
}

// Programs such as rclone and wget take a link for a file only if it leads to
// that file, and read one page.
func TestProgramsFindEachFileByItsLink(t *testing.T) {
	const many = 1200
	files := map[string]string{"a b.txt": "text", "film.mp4": "film", "data.bin": "data", "sub/x": "x"}
	for i := range many {
		files[fmt.Sprintf("p%04d.jpg", i)] = ""
	}
	s := newShared(t, tree(t, files), setup{Policy: access.Policy{Open: true}})
	c := clientOf(t, s, "192.168.1.23")
	w := c.want(c.send("GET", "/", "Accept: */*"), 200)
	for _, link := range []string{`="a%20b.txt"`, `="film.mp4"`, `="data.bin"`, `="sub/"`, `="p1199.jpg"`} {
		if !strings.Contains(w.Body.String(), link) {
			t.Errorf("there is no %s", link)
		}
	}
	if strings.Contains(w.Body.String(), "?") {
		t.Error("a link leads to something else than a file")
	}
	if page := c.want(c.send("GET", "/", browser), 200).Body.String(); strings.Count(page, `.jpg?open"`) == 0 || strings.Count(page, `.jpg?open"`) > many/2 {
		t.Error("a browser gets what is for programs")
	}
	tag := w.Header().Get("ETag")
	if again := c.send("GET", "/", browser, "If-None-Match: "+tag); tag != "" && again.Code == 304 {
		t.Error("both have one tag")
	}
}
