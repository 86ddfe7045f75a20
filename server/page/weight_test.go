package page

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// heaviest is what the first page may weigh in all, for a folder of a hundred:
// HTML, style and scripts, compressed, in bytes. On weak Wi-Fi each packet
// counts.
const heaviest = 24_000

func TestFirstPageIsLight(t *testing.T) {
	dir := t.TempDir()
	for i, name := range numbered(100) { // copied together; photos of a day weigh 700 bytes more by their times
		path, when := filepath.Join(dir, name), time.Date(2026, 8, 12, 17, 48, 0, 0, time.UTC).Add(time.Duration(i)*time.Millisecond)
		if err := errors.Join(os.WriteFile(path, nil, 0o644), os.Chtimes(path, when, when)); err != nil {
			t.Fatal(err)
		}
	}
	for _, in := range newPages(t).others.pages {
		p, err := in()
		if err != nil {
			t.Fatal(err)
		}
		for _, rights := range []Rights{{}, {Add: true}, {Add: true, Change: true}} {
			for _, view := range []string{"list", "gallery"} {
				var b bytes.Buffer
				shown := p.Show(Folder{Share: "Holiday", List: listing(t, dir), Asked: paramsOf("view=" + view), Rights: rights})
				if err := shown.HTML(&b); err != nil {
					t.Fatal(err)
				}
				weight := compressed(t, b.Bytes())
				for _, content := range partsOf(t, p, parse(t, b.String())) {
					weight += compressed(t, content)
				}
				if what := fmt.Sprintf("%s, %s, %+v", p.Language(), view, rights); weight > heaviest {
					t.Errorf("%s: %d bytes", what, weight)
				} else {
					t.Logf("%s: %d bytes", what, weight)
				}
			}
		}
	}
}

// partsOf returns the styles and scripts that a page loads, by name: those that
// it names, and the modules that these import.
func partsOf(t *testing.T, p *Pages, doc *html.Node) map[string][]byte {
	t.Helper()
	parts := map[string][]byte{}
	var load func(name string)
	load = func(name string) {
		content, contentType, _, ok := p.Asset(name)
		if !ok {
			t.Fatalf("%s is missing", name)
		}
		if name = path.Base(name); parts[name] != nil {
			return
		}
		parts[name] = content
		if strings.HasPrefix(contentType, "text/javascript") {
			for _, other := range p.assets.byName[name].imports {
				load(other)
			}
		}
	}
	for _, e := range elements(doc, "") {
		for _, at := range []string{attr(e, "src"), attr(e, "href")} {
			if m := address.FindStringSubmatch(at); m != nil && (e.Data == "script" || attr(e, "rel") == "stylesheet") {
				load(m[1])
			}
		}
	}
	return parts
}

func compressed(t *testing.T, content []byte) int {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}
