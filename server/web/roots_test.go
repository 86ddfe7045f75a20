package web

import (
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"windowsill/server/access"
	"windowsill/server/receive"
	"windowsill/server/share"
)

// besides are names of what lies beside the shared file and folder, and ways to
// write them.
var besides = []string{
	"canary.txt", "a.txt/../canary.txt", "a.txt/canary.txt", "in/../canary.txt", "in/up/canary.txt", "in/out.txt", "%2e%2e/canary.txt", "in/%2e%2e/canary.txt",
	"in%2f..%2fcanary.txt", "a.txt%2f..%2fcanary.txt", "..%2fcanary.txt", ".%2fcanary.txt", "in/..%5ccanary.txt", "canary", "canary/deep.txt", "in/canary", "canary.html",
	"/canary.txt", "//canary.txt", "in//../canary.txt", "a.txt%00/canary.txt", "canary.txt/", "canary.txt%20", "CANARY.TXT", ".canary", "in/.canary", "a.txt.canary",
	".windowsill-trash/AAAAAAAAAAAAAAAAAAAAAA/canary.txt", ".windowsill-canary", "",
}

// ways are all that one can ask for with a name, whose place is %s.
var ways = []struct {
	method, target string
	headers        []string
	body           string
}{
	{"GET", "/%s", nil, ""},
	{"HEAD", "/%s", nil, ""},
	{"GET", "/%s", []string{browser}, ""},
	{"GET", "/%s", []string{"Range: bytes=0-99"}, ""},
	{"GET", "/%s", []string{"Range: bytes=0-1,3-9"}, ""},
	{"GET", "/%s", []string{"If-None-Match: *"}, ""},
	{"GET", "/%s?json", nil, ""}, {"GET", "/%s/?json", nil, ""},
	{"GET", "/%s?zip", nil, ""}, {"GET", "/%s/?zip", nil, ""}, {"GET", "/%s/?tar", nil, ""},
	{"GET", "/?zip&name=%s", nil, ""}, {"GET", "/?tar&name=%s", nil, ""}, {"GET", "/in/?zip&name=%s", nil, ""}, {"GET", "/in/?zip&name=../%s", nil, ""},
	{"GET", "/%s?thumb=160", nil, ""}, {"GET", "/%s?as=jpeg", nil, ""}, {"GET", "/%s?open", nil, ""}, {"GET", "/%s?download", nil, ""}, {"GET", "/%s?vlc", nil, ""}, {"GET", "/%s?vtt", nil, ""},
	{"GET", "/%s/?q=canary", nil, ""}, {"GET", "/%s/?q=canary&json", nil, ""}, {"GET", "/%s/?count", nil, ""}, {"GET", "/%s/?m3u", nil, ""},
	{"OPTIONS", "/%s", nil, ""},
	{"PROPFIND", "/%s", []string{"Depth: 0"}, ""}, {"PROPFIND", "/%s", []string{"Depth: 1"}, ""}, {"PROPFIND", "/%s", []string{"Depth: infinity"}, ""},
	{"PROPPATCH", "/%s", nil, `<D:propertyupdate xmlns:D="DAV:"><D:set><D:prop><x xmlns="y">z</x></D:prop></D:set></D:propertyupdate>`},
	{"LOCK", "/%s", nil, `<D:lockinfo xmlns:D="DAV:"><D:lockscope><D:exclusive/></D:lockscope><D:locktype><D:write/></D:locktype></D:lockinfo>`},
	{"UNLOCK", "/%s", []string{"Lock-Token: <urn:uuid:1>"}, ""},
	{"PUT", "/%s", nil, "new"}, {"PUT", "/%s?overwrite", nil, "new"}, {"PUT", "/%s", []string{"If-Match: *"}, "new"},
	{"DELETE", "/%s", nil, ""}, {"MKCOL", "/%s", nil, ""}, {"MKCOL", "/%s/new", nil, ""}, {"PUT", "/%s/new.txt", nil, "new"},
	{"MOVE", "/%s", []string{"Destination: /in/got"}, ""}, {"COPY", "/%s", []string{"Destination: /in/got"}, ""},
	{"MOVE", "/in/x.txt", []string{"Destination: /%s"}, ""}, {"COPY", "/in/x.txt", []string{"Destination: /%s"}, ""}, {"COPY", "/a.txt", []string{"Destination: /%s", "Overwrite: T"}, ""},
	{"POST", "/%s", []string{"Content-Type: multipart/form-data; boundary=b"}, "--b\r\nContent-Disposition: form-data; name=f; filename=new.txt\r\n\r\nnew\r\n--b--\r\n"},
	{"POST", "/in/", []string{"Content-Type: multipart/form-data; boundary=b"}, "--b\r\nContent-Disposition: form-data; name=f; filename=\"../%s\"\r\n\r\nnew\r\n--b--\r\n"},
	{"POST", selectPath, []string{"Content-Type: application/x-www-form-urlencoded"}, "in=&name=%s"},
	{"POST", selectPath, []string{"Content-Type: application/x-www-form-urlencoded"}, "in=%s&all=1&except=x"},
	{"POST", undoPath, []string{"Content-Type: application/x-www-form-urlencoded"}, "id=%s"},
	{"POST", undoPath, []string{"Content-Type: application/x-www-form-urlencoded"}, "id=AAAAAAAAAAAAAAAAAAAAAA"},
	{"HEAD", uploadPath + "AAAAAAAAAAAAAAAAAAAAAA/%s", []string{"Tus-Resumable: 1.0.0"}, ""},
	{"PATCH", uploadPath + "AAAAAAAAAAAAAAAAAAAAAA/%s", []string{"Tus-Resumable: 1.0.0", "Upload-Offset: 0", "Content-Type: " + tusContent}, "new"},
	{"DELETE", uploadPath + "AAAAAAAAAAAAAAAAAAAAAA/%s", []string{"Tus-Resumable: 1.0.0"}, ""},
	{"POST", uploadPath, []string{"Tus-Resumable: 1.0.0", "Upload-Length: 3", "Content-Type: " + tusContent, "Upload-Metadata: filename bmV3LnR4dA==,dir BASE64(%s)"}, "new"},
	{"POST", uploadPath, []string{"Tus-Resumable: 1.0.0", "Upload-Length: 3", "Content-Type: " + tusContent, "Upload-Metadata: relativePath BASE64(../%s),dir aW4=,overwrite dHJ1ZQ=="}, "new"},
	{"GET", ours + "live?in=%s", []string{"X-Closing: 1"}, ""},
}

// askFor sends a request in one of the ways, and returns the answer; nil if no such
// request can be sent.
func askFor(h http.Handler, way int, name string) *http.Response {
	w := ways[way]
	put := func(text string) string {
		text = strings.ReplaceAll(text, "%s", name)
		if before, rest, ok := strings.Cut(text, "BASE64("); ok {
			inside, after, _ := strings.Cut(rest, ")")
			decoded, err := url.PathUnescape(inside)
			if err != nil {
				decoded = inside
			}
			text = before + base64.StdEncoding.EncodeToString([]byte(decoded)) + after
		}
		return text
	}
	target := put(w.target)
	u, err := url.ParseRequestURI(target)
	if err != nil || target == "" || target[0] != '/' {
		return nil
	}
	q := &http.Request{
		Method: w.method, URL: u, RequestURI: target, Host: "127.0.0.1", Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{}, Body: io.NopCloser(strings.NewReader(put(w.body))), ContentLength: int64(len(put(w.body))), RemoteAddr: "127.0.0.1:1",
	}
	for _, line := range w.headers {
		name, value, _ := strings.Cut(put(line), ": ")
		q.Header.Set(name, value)
	}
	record := httptest.NewRecorder()
	func() {
		defer func() { recover() }() // a cut answer
		h.ServeHTTP(record, q)
	}()
	return record.Result()
}

// secretTree shares a file and a folder, beside which there is what nobody may have.
func secretTree(t testing.TB) (s *shared, dir string) {
	dir = tree(t, map[string]string{
		"a.txt": "mine", "in/x.txt": "inside", "canary.txt": canary, "canary/deep.txt": canary, "canary.html": canary, ".canary": canary, "in/.canary": canary,
		"a.txt.canary": canary, ".windowsill-canary": canary,
		".windowsill-trash/AAAAAAAAAAAAAAAAAAAAAA/canary.txt": canary, ".windowsill-trash/AAAAAAAAAAAAAAAAAAAAAA.json": `{"Name":"canary.txt"}`,
		".windowsill-AAAAAAAAAAAAAAAAAAAAAA.part": canary, ".windowsill-AAAAAAAAAAAAAAAAAAAAAA.json": `{}`,
	})
	must(t, os.Symlink("..", filepath.Join(dir, "in", "up")))
	must(t, os.Symlink("../canary.txt", filepath.Join(dir, "in", "out.txt")))
	s = newWatched(t, dir, setup{Roots: []string{"a.txt", "in"}, Policy: access.Policy{Open: true, Allow: access.Change}, Room: receive.Limits{Reserve: -1}}, share.NewWatcher)
	s.end() // nothing waits
	return s, dir
}

// canary is the content of what nobody may have.
const canary = "CANARY-CANARY-CANARY"

// besideTree returns all that is beside what is shared.
func besideTree(t testing.TB, dir string) string {
	var all strings.Builder
	must(t, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		name, _ := filepath.Rel(dir, path)
		if err != nil || name == "in" {
			return cmpErr(err, filepath.SkipDir)
		}
		content := ""
		if d.Type().IsRegular() {
			b, _ := os.ReadFile(path)
			content = string(b)
		}
		fmt.Fprintf(&all, "%s %q\n", name, content)
		return nil
	}))
	return all.String()
}

func cmpErr(err, fallback error) error {
	if err != nil {
		return err
	}
	return fallback
}

// checkConfined wants an answer to hold nothing of what is beside.
func checkConfined(t *testing.T, a *http.Response, asked string) {
	t.Helper()
	if a == nil {
		return
	}
	b, _ := io.ReadAll(a.Body)
	text := string(b) + fmt.Sprint(a.Header)
	if strings.Contains(text, canary) {
		t.Errorf("%s: %s %.300q", asked, a.Status, text)
	}
	if a.StatusCode < 300 && a.StatusCode != 204 && a.Request == nil && strings.Contains(string(b), "deep.txt") && !strings.Contains(asked, "deep.txt") {
		t.Errorf("%s names what is beside: %.300q", asked, b)
	}
}

func TestNothingBesideTheSharedFileCanBeHad(t *testing.T) {
	s, dir := secretTree(t)
	before := besideTree(t, dir)
	for way := range ways {
		for _, name := range besides {
			asked := fmt.Sprintf("%s %s %q with %q", ways[way].method, ways[way].target, ways[way].headers, name)
			a := askFor(s, way, name)
			checkConfined(t, a, asked)
			if now := besideTree(t, dir); now != before {
				t.Fatalf("%s (%s) changed what is beside:\n%s\nwas\n%s", asked, a.Status, now, before)
			}
		}
	}
	if got, _ := os.ReadFile(filepath.Join(dir, "a.txt")); string(got) != "mine" {
		t.Errorf("the shared file is %q", got)
	}
}

func FuzzPathsOfAFile(f *testing.F) {
	for way := range ways {
		f.Add(uint8(way), "canary.txt")
	}
	for _, name := range besides {
		f.Add(uint8(0), name)
	}
	s, dir := secretTree(f)
	before := besideTree(f, dir)
	f.Fuzz(func(t *testing.T, way uint8, name string) {
		checkConfined(t, askFor(s, int(way)%len(ways), name), fmt.Sprint(way, " ", name))
		if now := besideTree(t, dir); now != before {
			t.Fatalf("%d %q changed what is beside:\n%s\nwas\n%s", way, name, now, before)
		}
	})
}

func TestRightsOfEachPlace(t *testing.T) {
	allow := func(name string, whole bool, p access.Permission) access.Permission {
		switch first, _, _ := strings.Cut(name, "/"); first {
		case "look":
			return access.Read
		case "add":
			return min(p, access.Add)
		case "change":
			return p
		}
		return access.Read
	}
	dir := tree(t, map[string]string{"a.txt": "mine", "look/x": "1", "add/x": "1", "change/x": "1"})
	s := newShared(t, dir, setup{Roots: []string{"a.txt", "look", "add", "change"}, Allow: allow, Policy: access.Policy{Open: true, Allow: access.Change}, Room: receive.Limits{Reserve: -1}})
	form := "--b\r\nContent-Disposition: form-data; name=f; filename=new.txt\r\n\r\nnew\r\n--b--\r\n"
	for _, c := range []struct {
		method, target, header, body string
		want                         int
	}{
		{"PUT", "/new.txt", "X: y", "new", 403}, {"PUT", "/a.txt", "X: y", "new", 403}, {"DELETE", "/a.txt", "X: y", "", 403}, {"MOVE", "/a.txt", "Destination: /change/a.txt", "", 403},
		{"POST", "/", "Content-Type: multipart/form-data; boundary=b", form, 403}, {"MKCOL", "/new", "X: y", "", 403}, {"DELETE", "/change", "X: y", "", 403}, {"MOVE", "/change", "Destination: /other", "", 403},
		{"PROPPATCH", "/a.txt", "X: y", "", 403}, {"LOCK", "/a.txt", "X: y", "", 403}, {"LOCK", "/", "X: y", "", 403},
		{"PUT", "/look/new.txt", "X: y", "new", 403}, {"MKCOL", "/look/new", "X: y", "", 403}, {"COPY", "/a.txt", "Destination: /look/a.txt", "", 403},
		{"PUT", "/add/new.txt", "X: y", "new", 201}, {"MKCOL", "/add/new", "X: y", "", 201}, {"COPY", "/a.txt", "Destination: /add/a.txt", "", 201}, {"COPY", "/a.txt", "Destination: /add/x", "", 403},
		{"DELETE", "/add/x", "X: y", "", 403}, {"MOVE", "/add/x", "Destination: /add/y", "", 403}, {"MOVE", "/change/x", "Destination: /add/x", "", 403}, {"MOVE", "/change/x", "Destination: /look/y", "", 403}, {"MOVE", "/look/x", "Destination: /change/y", "", 403}, {"MOVE", "/add/x", "Destination: /change/y", "", 403},
		{"POST", "/add/", "Content-Type: multipart/form-data; boundary=b", form, 201}, {"PUT", "/add/x?overwrite", "X: y", "new", 403},
		{"PUT", "/change/new.txt", "X: y", "new", 201}, {"PUT", "/change/new.txt?overwrite", "X: y", "new", 204}, {"MOVE", "/change/new.txt", "Destination: /change/newer.txt", "", 201}, {"DELETE", "/change/newer.txt", "X: y", "", 200},
		{"MKCOL", "/change", "X: y", "", 405},
	} {
		client := clientOf(t, s, "192.168.1.23")
		if w := client.sendBody(c.method, c.target, c.body, c.header); w.Code != c.want {
			t.Errorf("%s %s (%s): %d, want %d: %s", c.method, c.target, c.header, w.Code, c.want, w.Body)
		}
	}
	for target, want := range map[string][3]string{
		"/":        {"read", "GET, HEAD, OPTIONS, PROPFIND", "no"},
		"/look/":   {"read", "GET, HEAD, OPTIONS, PROPFIND", "no"},
		"/add/":    {"add", "GET, HEAD, OPTIONS, PROPFIND, POST, PUT, MKCOL, COPY, PROPPATCH, LOCK, UNLOCK", "adding.js"},
		"/change/": {"change", "GET, HEAD, OPTIONS, PROPFIND, POST, PUT, DELETE, MKCOL, COPY, MOVE, PROPPATCH, LOCK, UNLOCK", "row-menu.js"},
	} {
		client := clientOf(t, s, "192.168.1.23")
		if body := client.send("GET", target+"?json").Body.String(); !strings.Contains(body, `"may":"`+want[0]+`"`) {
			t.Errorf("%s as data: %s", target, body)
		}
		if got := client.send("OPTIONS", target).Header().Get("Allow"); got != want[1] {
			t.Errorf("%s allows %s", target, got)
		}
		body := client.send("GET", target, browser).Body.String()
		if strings.Contains(body, "adding.js") != (want[2] != "no") || strings.Contains(body, "row-menu.js") != (want[2] == "row-menu.js") {
			t.Errorf("the page of %s offers the wrong things, not %s", target, want[2])
		}
	}
}

func TestUploadsInPartsFollowTheRightsOfTheirPlace(t *testing.T) {
	allow := func(name string, _ bool, p access.Permission) access.Permission {
		if strings.HasPrefix(name, "add") {
			return p
		}
		return access.Read
	}
	dir := tree(t, map[string]string{"look/x": "1", "add/x": "1"})
	s := newShared(t, dir, setup{Roots: []string{"look", "add"}, Allow: allow, Policy: access.Policy{Open: true, Allow: access.Add}, Room: receive.Limits{Reserve: -1}})
	for folder, want := range map[string]int{"look": 403, "add": 201, "": 403, "no": 409} {
		meta := "Upload-Metadata: filename bmV3LnR4dA==,dir " + base64.StdEncoding.EncodeToString([]byte(folder))
		w := clientOf(t, s, "192.168.1.23").sendBody("POST", uploadPath, "new", "Tus-Resumable: 1.0.0", "Upload-Length: 3", "Content-Type: "+tusContent, meta)
		if w.Code != want {
			t.Errorf("into %q: %d, want %d: %s", folder, w.Code, want, w.Body)
		}
		w = clientOf(t, s, "192.168.1.23").sendBody("POST", uploadPath, "", "Tus-Resumable: 1.0.0", "Upload-Length: 3", meta)
		if w.Code != want {
			t.Errorf("beginning one into %q: %d, want %d: %s", folder, w.Code, want, w.Body)
		}
		if want == 403 && !strings.Contains(w.Body.String(), "not add or change anything") {
			t.Errorf("into %q: %s", folder, w.Body)
		}
	}
	wantOnDisk(t, filepath.Join(dir, "look"), map[string]string{"x": "1"})
}

func TestOneFileLeadsToItsPage(t *testing.T) {
	dir := tree(t, map[string]string{"report 1.pdf": "%PDF-1.4", "b.txt": "beside"})
	s := newShared(t, dir, setup{Roots: []string{"report 1.pdf"}, Policy: access.Policy{Open: true}})
	c := clientOf(t, s, "192.168.1.23")
	w := c.want(c.send("GET", "/", browser), 303)
	if to := w.Header().Get("Location"); to != "/report%201.pdf?open" {
		t.Fatalf("leads to %q", to)
	}
	body := c.want(c.send("GET", w.Header().Get("Location"), browser), 200).Body.String()
	for _, want := range []string{"report 1.pdf", "8\u00a0", `href="report%201.pdf?download"`, ">Open<"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if !strings.Contains(body, `class="up" href="./" hidden`) {
		t.Error("the page leads back to where there is nothing else")
	}
	if body := c.want(c.send("GET", "/"), 200).Body.String(); !strings.Contains(body, `<a href="report%201.pdf">`) {
		t.Errorf("programs get %s", body)
	}
	if body := c.want(c.send("GET", "/?json"), 200).Body.String(); strings.Count(body, `"name"`) != 1 {
		t.Errorf("as data: %s", body)
	}
	must(t, os.Remove(filepath.Join(dir, "report 1.pdf")))
	c.want(c.send("GET", "/report%201.pdf?open", browser), 410)
	c.want(c.send("GET", "/report%201.pdf"), 410)
	if body := c.want(c.send("GET", "/?json"), 200).Body.String(); !strings.Contains(body, `"error":"gone"`) {
		t.Errorf("as data: %s", body)
	}
}

func TestSeveralAreListedWithWhatIsGone(t *testing.T) {
	dir := tree(t, map[string]string{"a/x.pdf": "1", "b/x.pdf": "22", "c/film.mp4": "3", "photos/1.jpg": "4", "c/more/y": "5"})
	s := newShared(t, dir, setup{Roots: []string{"a/x.pdf", "b/x.pdf", "c/film.mp4", "photos", "c/more"}, Policy: access.Policy{Open: true}})
	must(t, os.RemoveAll(filepath.Join(dir, "c")))
	c := clientOf(t, s, "192.168.1.23")
	body := c.want(c.send("GET", "/", browser), 200).Body.String()
	for _, want := range []string{"x (2)", "No longer there", `href="photos/"`, "x.pdf &#43; 4", `class="folder lost"`} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if strings.Contains(body, `href="film.mp4`) {
		t.Error("what is gone has a link")
	}
	if body := c.want(c.send("GET", "/"), 200).Body.String(); strings.Contains(body, "film.mp4") {
		t.Error("programs are led to what is gone")
	}
	if body := c.want(c.send("PROPFIND", "/", "Depth: 1"), 207).Body.String(); strings.Contains(body, "film.mp4") || !strings.Contains(body, "x%20%282%29.pdf") {
		t.Errorf("the drive shows %s", body)
	}
	zip := c.want(c.send("GET", "/?zip"), 200).Body.String()
	want := []string{"NOT INCLUDED.txt", "photos/", "photos/1.jpg", "x (2).pdf", "x.pdf"}
	names := namesIn(t, zip)
	slices.Sort(names)
	if !slices.Equal(names, want) {
		t.Errorf("the archive holds %q, want %q", names, want)
	}
}
