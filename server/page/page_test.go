package page

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/net/html"

	"windowsill/server/share"
	"windowsill/server/worker"
)

// workers lay out texts for all tests. The tests' own program is what they run.
var workers = worker.NewPool(worker.Options{Limits: worker.Limits{CPU: time.Minute}}) // the race detector takes its time

func TestMain(m *testing.M) {
	if worker.Is(os.Args) {
		os.Exit(worker.Main(Jobs()))
	}
	status := m.Run()
	workers.Close()
	os.Exit(status)
}

// files are the real templates, style and pictures.
var files = os.DirFS("../../assets/page")

// languages are the real words.
var languages = os.DirFS("../../assets/locales")

// real are the real pages, made once: the tests do not change them.
var real = sync.OnceValues(func() (*Pages, error) { return New(files, languages) })

func newPages(t testing.TB) *Pages {
	t.Helper()
	p, err := real()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// listing lists a folder on the disk, its hidden files too.
func listing(t testing.TB, dir string) *share.List {
	t.Helper()
	f, err := share.Open(dir, share.Options{Hidden: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	list, err := f.List("")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { list.Close() })
	return list
}

// folderOf makes a folder of empty files, and of folders where a name ends
// with a slash, and lists it.
func folderOf(t testing.TB, names ...string) *share.List {
	t.Helper()
	dir, now := t.TempDir(), time.Now() // all of one time, so that a slow disk makes no other order
	for _, name := range names {
		var err error
		if folder, ok := strings.CutSuffix(name, "/"); ok {
			err = os.Mkdir(filepath.Join(dir, folder), 0o755)
		} else {
			err = os.WriteFile(filepath.Join(dir, name), nil, 0o644)
		}
		if err == nil {
			err = os.Chtimes(filepath.Join(dir, name), now, now)
		}
		if err != nil {
			t.Skip("this file system does not take the name: ", err)
		}
	}
	return listing(t, dir)
}

func numbered(n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = "IMG_" + strconv.Itoa(i+1) + ".jpg"
	}
	return names
}

// parsed renders a folder and parses it as a browser does.
func parsed(t testing.TB, f Folder) *html.Node {
	t.Helper()
	var b bytes.Buffer
	if err := newPages(t).Show(f).HTML(&b); err != nil {
		t.Fatal(err)
	}
	return parse(t, b.String())
}

func parse(t testing.TB, page string) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// elements returns all elements of a kind, or all there are if tag is "".
func elements(n *html.Node, tag string) (found []*html.Node) {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && (tag == "" || d.Data == tag) {
			found = append(found, d)
		}
	}
	return found
}

// withClass returns all elements with that class.
func withClass(n *html.Node, class string) (found []*html.Node) {
	for _, e := range elements(n, "") {
		for c := range strings.FieldsSeq(attr(e, "class")) {
			if c == class {
				found = append(found, e)
			}
		}
	}
	return found
}

func attr(n *html.Node, key string) string {
	value, _ := attribute(n, key)
	return value
}

func attribute(n *html.Node, key string) (value string, there bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

// said returns the text in an element.
func said(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.TrimSpace(b.String())
}

// saidIn returns the text of the only element of a kind.
func saidIn(t *testing.T, doc *html.Node, tag string) string {
	t.Helper()
	found := elements(doc, tag)
	if len(found) != 1 {
		t.Fatalf("%d elements <%s>, want one", len(found), tag)
	}
	return said(found[0])
}

func TestFolderShowsNameSizeAndDate(t *testing.T) {
	dir := t.TempDir()
	when := time.Date(2026, 8, 12, 19, 48, 0, 0, time.Local)
	path := filepath.Join(dir, "beach.jpg")
	if err := errors.Join(os.WriteFile(path, make([]byte, 2400), 0o644), os.Chtimes(path, when, when)); err != nil {
		t.Fatal(err)
	}
	doc := parsed(t, Folder{Share: "Summer", List: listing(t, dir), Asked: paramsOf("view=list")})
	row := withClass(doc, "picture")
	if len(row) != 1 {
		t.Fatalf("%d rows of a picture, want one", len(row))
	}
	if got := said(withClass(row[0], "open")[0]); got != "beach.jpg" {
		t.Errorf("name %q", got)
	}
	if got, want := said(elements(row[0], "p")[0]), "2.4\u00a0kB 12 Aug 2026, 19:48"; got != want {
		t.Errorf("details %q, want %q", got, want)
	}
	if got := attr(elements(row[0], "time")[0], "datetime"); got != when.Format(time.RFC3339) {
		t.Errorf("datetime %q, want %q", got, when.Format(time.RFC3339))
	}
	if got := attr(withClass(row[0], "save")[0], "aria-label"); got != "Download beach.jpg" {
		t.Errorf("the download link is called %q", got)
	}
	if got := said(withClass(doc, "total")[0]); got != "1 file · 2.4\u00a0kB" {
		t.Errorf("total %q", got)
	}
}

func TestFoldersComeFirstAndHaveNoDownload(t *testing.T) {
	doc := parsed(t, Folder{Share: "Summer", List: folderOf(t, "10.jpg", "2.jpg", "Zoo/", "a.txt")})
	var got []string
	for _, a := range withClass(doc, "open") {
		got = append(got, attr(a, "href"))
	}
	if want := "Zoo/ 2.jpg?open 10.jpg?open a.txt?open"; strings.Join(got, " ") != want {
		t.Errorf("links %q, want %q", got, want)
	}
	if n := len(withClass(doc, "save")); n != 3 {
		t.Errorf("%d download links, want one for each file", n)
	}
	if got := said(withClass(doc, "total")[0]); got != "1 folder · 3 files · 0\u00a0B" {
		t.Errorf("total %q", got)
	}
}

func TestTopOfTheShare(t *testing.T) {
	doc := parsed(t, Folder{Share: "Summer 2026", List: folderOf(t, "a.txt")})
	if title, h1 := saidIn(t, doc, "title"), saidIn(t, doc, "h1"); title != "Summer 2026" || h1 != "Summer 2026" {
		t.Errorf("title %q, heading %q", title, h1)
	}
	if len(elements(doc, "nav")) != 0 || len(withClass(doc, "up")) != 0 {
		t.Error("the share itself leads up")
	}
	if !strings.Contains(saidIn(t, doc, "header"), "1 file") {
		t.Error("the number of items is not said")
	}
}

func TestWayUpFromADeepFolder(t *testing.T) {
	doc := parsed(t, Folder{Share: "Summer", Path: `\evil/a b:c/Tag 2`, List: folderOf(t)})
	if got := saidIn(t, doc, "h1"); got != "Tag 2" {
		t.Errorf("heading %q", got)
	}
	if got := saidIn(t, doc, "title"); got != "Tag 2 · Summer" {
		t.Errorf("title %q", got)
	}
	var got []string
	for _, a := range elements(withClass(doc, "crumbs")[0], "a") {
		got = append(got, said(a)+" "+attr(a, "href"))
	}
	want := []string{"Summer /", `\evil /%5Cevil/`, "a b:c /%5Cevil/a%20b%3Ac/"}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("crumbs %q, want %q", got, want)
	}
	up := withClass(doc, "up")[0]
	if attr(up, "href") != "../" || attr(up, "aria-label") != "Up to a b:c" {
		t.Errorf("up: %v", up.Attr)
	}
}

func TestEmptyFolderSaysSo(t *testing.T) {
	doc := parsed(t, Folder{Share: "Summer", List: folderOf(t)})
	if got := saidIn(t, doc, "h2"); got != "This folder is empty" {
		t.Errorf("said %q", got)
	}
	if len(elements(doc, "ul")) != 0 || len(withClass(doc, "total")) != 0 {
		t.Error("an empty list, or a total of nothing")
	}
}

func TestMessage(t *testing.T) {
	for _, home := range []bool{true, false} {
		var b bytes.Buffer
		m := Message{Status: 404, Title: "Nothing <here>", Text: "It & others moved.", Home: home}
		if err := newPages(t).Message(&b, m); err != nil {
			t.Fatal(err)
		}
		doc := parse(t, b.String())
		if got := saidIn(t, doc, "h1"); got != m.Title {
			t.Errorf("heading %q", got)
		}
		if got := saidIn(t, doc, "title"); got != m.Title+" · Windowsill" {
			t.Errorf("title %q", got)
		}
		main := saidIn(t, doc, "main")
		if !strings.Contains(main, m.Text) || !strings.Contains(main, "404") {
			t.Errorf("said %q", main)
		}
		a := elements(doc, "a")
		if (len(a) == 1 && attr(a[0], "href") == "/") != home {
			t.Errorf("home %v, links %d", home, len(a))
		}
	}
}

func TestNewWithoutATemplateFails(t *testing.T) {
	page := &fstest.MapFile{Data: []byte("<p>{{.}}")}
	for name, files := range map[string]fstest.MapFS{
		"no folder.html":  {"search.html": page, "message.html": page, "door.html": page, "opened.html": page, "text.html": page, "warning.html": page, "trust.html": page, "away.html": page},
		"no search.html":  {"folder.html": page, "message.html": page, "door.html": page, "opened.html": page, "text.html": page, "warning.html": page, "trust.html": page, "away.html": page},
		"no message.html": {"folder.html": page, "search.html": page, "door.html": page, "opened.html": page, "text.html": page, "warning.html": page, "trust.html": page, "away.html": page},
		"no door.html":    {"folder.html": page, "search.html": page, "message.html": page, "opened.html": page, "text.html": page, "warning.html": page, "trust.html": page, "away.html": page},
		"no opened.html":  {"folder.html": page, "search.html": page, "message.html": page, "door.html": page, "text.html": page, "warning.html": page, "trust.html": page, "away.html": page},
		"no text.html":    {"folder.html": page, "search.html": page, "message.html": page, "door.html": page, "opened.html": page, "warning.html": page, "trust.html": page, "away.html": page},
		"nothing":         {},
		"broken":          {"folder.html": page, "search.html": page, "message.html": page, "opened.html": page, "text.html": page, "door.html": {Data: []byte("{{")}, "warning.html": page, "trust.html": page, "away.html": page},
	} {
		if _, err := New(files, languages); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestTemplateThatNamesAMissingAssetFails(t *testing.T) {
	p, err := New(fstest.MapFS{"folder.html": {}, "search.html": {}, "door.html": {}, "text.html": {}, "warning.html": {}, "trust.html": {}, "away.html": {}, "opened.html": {}, "message.html": {Data: []byte(`{{asset "x.svg"}}`)}}, languages)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Message(new(bytes.Buffer), Message{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error %v, want fs.ErrNotExist", err)
	}
}

// brokenPipe takes some bytes and then no more.
type brokenPipe struct{ left int }

var errBroken = errors.New("broken pipe")

func (b *brokenPipe) Write(p []byte) (int, error) {
	if b.left -= len(p); b.left < 0 {
		return 0, errBroken
	}
	return len(p), nil
}

func TestWriteErrorEndsTheRendering(t *testing.T) {
	p, f := newPages(t), Folder{Share: "Summer", List: folderOf(t, numbered(500)...)}
	for _, room := range []int{0, 20_000} {
		if err := p.Show(f).HTML(&brokenPipe{room}); !errors.Is(err, errBroken) {
			t.Errorf("HTML after %d bytes: %v", room, err)
		}
		if err := p.JSON(&brokenPipe{room}, f); !errors.Is(err, errBroken) {
			t.Errorf("JSON after %d bytes: %v", room, err)
		}
	}
}
