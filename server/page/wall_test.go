package page

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// sectionsOf returns the sections of a gallery, each as its heading and names.
func sectionsOf(doc *html.Node) (sections []string) {
	for _, section := range elements(doc, "section") {
		var names []string
		for _, a := range withClass(section, "open") {
			names = append(names, said(a))
		}
		heading := ""
		for _, h2 := range elements(section, "h2") {
			heading = said(h2) + ": "
		}
		if len(names) > 0 {
			sections = append(sections, heading+strings.Join(names, " "))
		}
	}
	return sections
}

func TestGalleryIsAWallOfDays(t *testing.T) {
	dir := t.TempDir()
	for name, day := range map[string]int{"a.jpg": 3, "b.jpg": 12, "c.mp4": 12, "d.pdf": 3} {
		path, when := filepath.Join(dir, name), time.Date(2026, 8, day, 15, int(name[0]), 0, 0, time.Local)
		if err := os.WriteFile(path, nil, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, when, when); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "more"), 0o755); err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]string{
		"view=gallery":                         "more|12 Aug 2026: c.mp4 b.jpg|3 Aug 2026: d.pdf a.jpg",
		"view=gallery&sort=date":               "more|3 Aug 2026: a.jpg d.pdf|12 Aug 2026: b.jpg c.mp4",
		"view=gallery&sort=name":               "more|a.jpg b.jpg c.mp4 d.pdf",
		"view=gallery&sort=name&order=desc":    "more|d.pdf c.mp4 b.jpg a.jpg",
		"view=gallery&sort=date&select":        "more|3 Aug 2026: a.jpg d.pdf|12 Aug 2026: b.jpg c.mp4",
		"view=gallery&sort=nonsense&order=asc": "more|12 Aug 2026: c.mp4 b.jpg|3 Aug 2026: d.pdf a.jpg",
	} {
		doc := parsed(t, sorted(t, listing(t, dir), query))
		if got := strings.Join(sectionsOf(doc), "|"); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
}

// A browser lays out the sections in sight, so a long day has several.
func TestSectionsOfAGalleryAreShort(t *testing.T) {
	doc := parsed(t, sorted(t, folderOf(t, numbered(perPage)...), "view=gallery"))
	total, headings := 0, 0
	for _, section := range elements(doc, "section") {
		n := len(elements(section, "li"))
		if n > perSection || n == 0 {
			t.Errorf("a section of %d", n)
		}
		total += n
		headings += len(elements(section, "h2"))
	}
	if total != perPage || headings < 1 || headings > 2 { // two if it was midnight just now
		t.Errorf("%d squares, %d days", total, headings)
	}
}

// What fills a row of the wall must fill the last of a section, too.
func TestSectionsFillTheirRows(t *testing.T) {
	style, err := os.ReadFile("../../assets/page/gallery.css")
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range strings.Split(string(style), "--columns: ")[1:] {
		columns := 0
		if _, err := fmt.Sscan(strings.TrimRight(strings.SplitN(part, ";", 2)[0], " }"), &columns); err != nil || perSection%columns != 0 {
			t.Errorf("%d columns do not divide %d: %v", columns, perSection, err)
		}
	}
}

func TestBarSaysWhatIsThere(t *testing.T) {
	names := []string{"Zoo/", "a.jpg", "b.jpg", "c.mp4", "d.pdf"}
	for query, want := range map[string]string{
		"view=gallery": "1 folder · 2 photos · 1 film · 1 file",
		"view=list":    "1 folder · 4 files",
	} {
		doc := parsed(t, sorted(t, folderOf(t, names...), query))
		if got := said(elements(withClass(doc, "here")[0], "p")[0]); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
	many := parsed(t, sorted(t, folderOf(t, numbered(sampleSize+1)...), ""))
	if got := said(elements(withClass(many, "here")[0], "p")[0]); got != "1,001 items" {
		t.Errorf("%s", got)
	}
}

// An open page asks for a copy of itself in the view that it has, which is no
// wish of its visitor's.
func TestViewOfAnOpenPageIsNotRemembered(t *testing.T) {
	if !paramsOf("view=gallery").Lasting() || paramsOf("once&view=gallery").Lasting() {
		t.Error("the wrong views are remembered")
	}
	doc := parsed(t, Folder{Share: "S", List: folderOf(t, "a.txt"), Asked: paramsOf("once&view=gallery")})
	for _, a := range elements(doc, "a") {
		if strings.Contains(attr(a, "href"), "once") {
			t.Errorf("a link to %s", attr(a, "href"))
		}
	}
}
