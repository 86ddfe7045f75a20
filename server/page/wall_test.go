package page

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"windowsill/server/share"
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

// copied returns a folder of files that were all copied on one day, and what knows
// when they were taken.
func copied(t *testing.T) (*share.List, Taken) {
	t.Helper()
	dir, today := t.TempDir(), time.Date(2026, 11, 29, 12, 0, 0, 0, time.Local)
	for i, name := range []string{"a.jpg", "b.jpg", "c.mp4", "d.pdf", "e.jpg"} {
		path, when := filepath.Join(dir, name), today.Add(time.Duration(i)*time.Minute)
		if err := errors.Join(os.WriteFile(path, nil, 0o644), os.Chtimes(path, when, when)); err != nil {
			t.Fatal(err)
		}
	}
	days := map[string]int{"a.jpg": 12, "b.jpg": 3, "c.mp4": 12, "e.jpg": 30}
	return listing(t, dir), func(_ context.Context, pictures []share.Entry) (taken []int64) {
		for _, e := range pictures {
			if days[e.Name] == 0 {
				t.Errorf("asked about %s", e.Name)
			}
			taken = append(taken, time.Date(2026, 8, days[e.Name], 9, 0, 0, 0, time.Local).UnixMilli())
		}
		return taken
	}
}

// unknown knows of no picture when it was taken.
func unknown(context.Context, []share.Entry) []int64 { return nil }

func TestDaysAreThoseOnWhichPicturesWereTaken(t *testing.T) {
	list, when := copied(t)
	for query, want := range map[string]string{
		"view=gallery":               "29 Nov 2026: d.pdf|30 Aug 2026: e.jpg|12 Aug 2026: a.jpg c.mp4|3 Aug 2026: b.jpg",
		"view=gallery&sort=date":     "3 Aug 2026: b.jpg|12 Aug 2026: a.jpg c.mp4|30 Aug 2026: e.jpg|29 Nov 2026: d.pdf",
		"view=gallery&sort=modified": "29 Nov 2026: a.jpg b.jpg c.mp4 d.pdf e.jpg",
		"view=gallery&sort=name":     "a.jpg b.jpg c.mp4 d.pdf e.jpg",
	} {
		f := sortedBy(t, Folder{Share: "S", List: list, Asked: paramsOf(query)}, when)
		if got := strings.Join(sectionsOf(parsed(t, f)), "|"); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
	f := sortedBy(t, Folder{Share: "S", List: list, Asked: paramsOf("view=list&sort=date")}, when)
	if got := strings.Join(rowsOf(parsed(t, f)), " "); got != "a.jpg b.jpg c.mp4 d.pdf e.jpg" {
		t.Errorf("a list goes by the dates that it shows, not %s", got)
	}
}

// A wall has one clock: while not all is known, the file's date counts, on later
// parts of it as well.
func TestWithoutAllDatesTheFilesOwnCount(t *testing.T) {
	list, _ := copied(t)
	f := sortedBy(t, Folder{Share: "S", List: list, Asked: paramsOf("view=gallery")}, unknown)
	if got := strings.Join(sectionsOf(parsed(t, f)), "|"); got != "29 Nov 2026: e.jpg d.pdf c.mp4 b.jpg a.jpg" {
		t.Errorf("%s", got)
	}
	known := func(_ context.Context, pictures []share.Entry) []int64 { return make([]int64, len(pictures)) }
	for want, when := range map[string]Taken{"sort=modified": unknown, "sort=date": known} {
		f := sortedBy(t, Folder{Share: "S", List: folderOf(t, numbered(perPage+1)...), Asked: paramsOf("view=gallery&sort=date")}, when)
		if next := link(t, parsed(t, f), "next"); !strings.Contains(next, want) {
			t.Errorf("the next part is %s, want %s", next, want)
		}
	}
}

func TestTagChangesWithTheDays(t *testing.T) {
	list, when := copied(t)
	seen := map[string]bool{}
	for _, when := range []Taken{unknown, when} {
		f := sortedBy(t, Folder{Share: "S", List: list, Asked: paramsOf("view=gallery")}, when)
		tag, _ := newPages(t).Show(f).Tag()
		seen[tag] = true
	}
	if len(seen) != 2 {
		t.Errorf("tags %v", seen)
	}
}

func TestVeryLargeFoldersGoByName(t *testing.T) {
	list := folderOf(t, numbered(maxDated+1)...)
	ask := func(context.Context, []share.Entry) []int64 {
		t.Error("asked about every file")
		return nil
	}
	for query, want := range map[string]string{"": "By name", "view=gallery&sort=date": "Oldest first"} {
		f := sortedBy(t, Folder{Share: "S", List: list, Asked: paramsOf(query)}, ask)
		if got, want := attr(withClass(parsed(t, f), "orders")[0], "aria-label"), "Order: "+want; got != want {
			t.Errorf("%q: %s, want %s", query, got, want)
		}
	}
}
