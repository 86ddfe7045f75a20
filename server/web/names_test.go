//go:build unix

package web

import (
	"windowsill/server/access"

	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/net/html"
)

// names are what files may be called, for good or ill.
var names = []string{
	"plain.txt", "with space.txt", `quote".txt`, "apostrophe'.txt", "hash#.txt", "question?.txt", "percent%41.txt", "plus+.txt",
	"and&amp;.txt", "semicolon;.txt", "colon:.txt", "newline\n.txt", "tab\t.txt", "back\\slash.txt", "emoji 💥👩‍👩‍👧.txt",
	"right-to-left שלום \u202egnp.exe", "not UTF-8 \xff\xfe.txt", "combining é.txt", "<script>alert(1).html",
	`"><img src=x onerror=alert(1)>`, "javascript:alert(1)", "http:", "...", "a..b", " leading", "trailing ", "trailing.", "-rf", "~", "$HOME", "`id`",
	"CON", "NUL.txt", "%2e%2e", "..%2fx", "index.htm", "a|b", "a*b", "{{.}}", strings.Repeat("n", 255), strings.Repeat("ü", 127),
}

func TestEveryNameIsReachedByThePagesOwnLink(t *testing.T) {
	dir := t.TempDir()
	for _, name := range names {
		must(t, os.WriteFile(filepath.Join(dir, name), []byte("content of "+name), 0o644))
		inner := filepath.Join(dir, "folders", name)
		must(t, os.MkdirAll(inner, 0o755))
		must(t, os.WriteFile(filepath.Join(inner, "inner"), []byte("inside "+name), 0o644))
	}
	_, base := start(t, dir, setup{Hidden: true})

	found := map[string]bool{}
	for _, link := range links(t, base+"/") {
		a, content := get(t, "GET", link)
		if name, ok := strings.CutPrefix(content, "content of "); ok && a.StatusCode == 200 {
			found[name] = true
		}
	}
	for _, folder := range links(t, base+"/folders/") {
		if !strings.HasPrefix(folder, base+"/folders/") {
			continue
		}
		for _, link := range links(t, folder) {
			if _, content := get(t, "GET", link); strings.HasPrefix(content, "inside ") {
				found["folder "+strings.TrimPrefix(content, "inside ")] = true
			}
		}
	}
	for _, name := range names {
		if !found[name] {
			t.Errorf("%q cannot be reached", name)
		}
		if !found["folder "+name] {
			t.Errorf("what is in the folder %q cannot be reached", name)
		}
	}
}

func TestEveryNameIsReachedByTheListingAsData(t *testing.T) {
	dir := t.TempDir()
	for _, name := range names {
		must(t, os.WriteFile(filepath.Join(dir, name), []byte("content of "+name), 0o644))
	}
	_, base := start(t, dir, setup{Hidden: true})
	_, data := get(t, "GET", base+"/?json")
	var listing struct{ Entries []struct{ Name, Href string } }
	must(t, json.Unmarshal([]byte(data), &listing))
	if len(listing.Entries) != len(names) {
		t.Fatalf("%d entries, want %d", len(listing.Entries), len(names))
	}
	for _, e := range listing.Entries {
		if _, content := get(t, "GET", resolve(t, base+"/", e.Href)); string([]rune(content)) != "content of "+e.Name {
			t.Errorf("%q leads to %q", e.Href, content)
		}
	}
}

// links returns the targets of all links of a page, as a browser takes them.
func links(t *testing.T, page string) []string {
	t.Helper()
	_, content := get(t, "GET", page)
	doc, err := html.Parse(strings.NewReader(content))
	must(t, err)
	var all []string
	for n := range doc.Descendants() {
		for _, a := range n.Attr {
			// What is done with a file does not change which one it is.
			path, how, _ := strings.Cut(a.Val, "?")
			if n.Data == "a" && a.Key == "href" && (how == "" || how == "open" || how == "download") {
				all = append(all, resolve(t, page, path))
			}
		}
	}
	return all
}

func resolve(t *testing.T, page, href string) string {
	t.Helper()
	base, err := url.Parse(page)
	must(t, err)
	to, err := base.Parse(href)
	must(t, err)
	if to.Host != base.Host || to.Scheme != base.Scheme {
		t.Errorf("%q leads away to %s", href, to)
	}
	return to.String()
}

func TestNothingOutsideTheShareAndNothingThatHangs(t *testing.T) {
	outside := tree(t, map[string]string{"canary.txt": "CANARY", "share_evil/canary.txt": "CANARY"})
	dir := filepath.Join(outside, "share")
	must(t, os.MkdirAll(filepath.Join(dir, "sub"), 0o755))
	must(t, os.WriteFile(filepath.Join(dir, "real.txt"), []byte("real"), 0o644))
	for link, target := range map[string]string{
		"out": "../canary.txt", "outfolder": "..", "absolute": filepath.Join(outside, "canary.txt"),
		"sub/up": "../..", "evil": "../share_evil", "broken": "nowhere", "inside": "real.txt", "loop": "loop",
	} {
		must(t, os.Symlink(target, filepath.Join(dir, link)))
	}
	must(t, syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o644))
	_, base := start(t, dir, setup{})

	for _, path := range []string{
		"/out", "/outfolder/", "/outfolder/canary.txt", "/absolute", "/sub/up/canary.txt", "/evil/canary.txt", "/broken", "/loop", "/pipe",
		"/..%2fcanary.txt", "/%2e%2e/canary.txt", "/sub/..%2f..%2fcanary.txt", "/../share_evil/canary.txt",
	} {
		a, content := get(t, "GET", base+path)
		if strings.Contains(content, "CANARY") || a.StatusCode == 200 {
			t.Errorf("%s: %s, %q", path, a.Status, content)
		}
	}
	if _, content := get(t, "GET", base+"/inside"); content != "real" {
		t.Errorf("a link inside the share is not followed: %q", content)
	}
	_, listing := get(t, "GET", base+"/?json")
	for _, name := range []string{"out", "outfolder", "absolute", "evil", "broken", "loop", "pipe"} {
		if strings.Contains(listing, `"`+name+`"`) {
			t.Errorf("%s is listed", name)
		}
	}
	if !strings.Contains(listing, `"inside"`) {
		t.Error("a link inside the share is not listed")
	}
}

func TestHiddenFilesAreServedIfTheOwnerSaysSo(t *testing.T) {
	dir := tree(t, map[string]string{".env": "SECRET", ".git/config": "SECRET", "sub/.x": "SECRET", ".windowsill-1.part": "PARTIAL", ".windowsill/x": "OURS"})
	_, closed := start(t, dir, setup{})
	_, open := start(t, dir, setup{Hidden: true})
	for _, path := range []string{"/.env", "/.git/config", "/sub/.x"} {
		if a, _ := get(t, "GET", closed+path); a.StatusCode != 404 {
			t.Errorf("%s: %s", path, a.Status)
		}
		if _, content := get(t, "GET", open+path); content != "SECRET" {
			t.Errorf("%s on wish: %q", path, content)
		}
	}
	for _, path := range []string{"/.windowsill-1.part", "/.windowsill/x"} {
		if a, _ := get(t, "GET", open+path); a.StatusCode != 404 {
			t.Errorf("%s: %s, but that is ours", path, a.Status)
		}
	}
}

func FuzzPath(f *testing.F) {
	for _, name := range names {
		f.Add("/" + url.PathEscape(name))
	}
	for _, path := range []string{"/../x", "//x", "/%2e%2e/", "/a/%2f", "/%", "/.windowsill/x", "/?json", "/sub?page=-1", "/?page=99999999999999999999"} {
		f.Add(path)
	}
	outside := tree(f, map[string]string{"canary.txt": "CANARY", "share/a.txt": "a", "share/sub/b.txt": "b", "share/.hidden": "CANARY"})
	must(f, os.Symlink("../canary.txt", filepath.Join(outside, "share", "link")))
	handler := newShared(f, filepath.Join(outside, "share"), setup{Policy: access.Policy{Open: true}})
	f.Fuzz(func(t *testing.T, target string) {
		code, content, ok := ask(handler, target)
		if !ok {
			t.Skip("no request target")
		}
		if strings.Contains(content, "CANARY") {
			t.Errorf("%q leads out of the share", target)
		}
		if code >= 500 || code < 200 {
			t.Errorf("%q: status %d", target, code)
		}
	})
}

func TestDotsStayInNamesWhereHiddenFilesAreShared(t *testing.T) {
	for _, hidden := range []bool{true, false} {
		dir := tree(t, map[string]string{"old.txt": "moved"})
		_, url := start(t, dir, setup{Hidden: hidden, Policy: access.Policy{Open: true, Allow: access.Change}})
		send(t, "PUT", url+"/.put", strings.NewReader("put"), "Accept: */*")
		body, ctype := form(t, ".form", "form", ".in/.form", "form")
		send(t, "POST", url+"/", body, ctype)
		tusSend(t, "POST", url+uploadPath, "", "Content-Type: ", "Upload-Length: 0", metadata("filename", ".tus", "relativePath", ".in/.tus"))
		send(t, "MKCOL", url+"/.folder", nil, "Accept: */*")
		send(t, "MOVE", url+"/old.txt", nil, "Destination: "+url+"/.moved", "Accept: */*")
		for _, name := range []string{".put", ".form", ".in/.form", ".in/.tus", ".folder", ".moved"} {
			if !hidden {
				name = strings.ReplaceAll("/"+name, "/.", "/")
			}
			if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
				t.Errorf("hidden files %v: %v", hidden, err)
			}
		}
	}
}
