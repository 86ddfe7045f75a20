package page

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"windowsill/server/share"
)

// paramsOf returns the parameters in a query.
func paramsOf(query string) Params {
	q, err := url.ParseQuery(query)
	if err != nil {
		panic(err)
	}
	return ReadParams(q)
}

// sorted is a folder as it is shown at an address with that query.
func sorted(t testing.TB, list *share.List, query string) Folder {
	t.Helper()
	f := Folder{Share: "S", List: list, Asked: paramsOf(query)}
	return sortedBy(t, f, nil)
}

// sortedBy is a folder in the order of its page.
func sortedBy(t testing.TB, f Folder, when Taken) Folder {
	t.Helper()
	dates, err := newPages(t).Sort(t.Context(), f.List, f.Asked.Preference, f.Liked, when)
	if err != nil {
		t.Fatal(err)
	}
	f.Dates = dates
	return f
}

// rowsOf returns the names that a page shows.
func rowsOf(doc *html.Node) (names []string) {
	for _, open := range withClass(doc, "open") {
		names = append(names, said(elements(open, "bdi")[0]))
	}
	return names
}

// link returns where a page leads on to, or back: its query, "-" if nowhere.
func link(t *testing.T, doc *html.Node, rel string) string {
	t.Helper()
	var to []string
	for _, a := range elements(doc, "a") {
		if attr(a, "rel") == rel {
			to = append(to, strings.TrimPrefix(attr(a, "href"), "?"))
		}
	}
	for _, other := range to {
		if other != to[0] {
			t.Errorf("%s leads to %q and to %q", rel, to[0], other)
		}
	}
	if len(to) == 0 {
		return "-"
	}
	return to[0]
}

func TestEveryEntryIsOnOnePage(t *testing.T) {
	list := folderOf(t, append(numbered(600), "Zoo/", "1/")...)
	for _, order := range []string{"", "sort=name&order=desc", "sort=date&order=desc"} {
		for _, way := range []struct{ begin, on string }{{"", "next"}, {"before", "prev"}} {
			seen, pages := map[string]int{}, 0
			for query := order + "&" + way.begin; query != "-"; pages++ {
				doc := parsed(t, sorted(t, list, query))
				for _, name := range rowsOf(doc) {
					seen[name]++
				}
				query = link(t, doc, way.on)
			}
			// Going back, the first page is full, and shows some again.
			if len(seen) != 602 || pages != 3 || way.on == "next" && anyTwice(seen) {
				t.Errorf("%q, %s: %d entries on %d pages", order, way.on, len(seen), pages)
			}
		}
	}
}

func anyTwice(seen map[string]int) bool {
	for _, n := range seen {
		if n > 1 {
			return true
		}
	}
	return false
}

func TestPartsOfALongFolder(t *testing.T) {
	list := folderOf(t, numbered(600)...)
	for _, c := range []struct {
		query                      string
		first, last                string // names shown
		numbers                    string
		start, previous, next, end string
	}{
		{"", "IMG_1.jpg", "IMG_240.jpg", "1–240", "-", "-", "after=IMG_240.jpg", "before"},
		{"after=IMG_240.jpg", "IMG_241.jpg", "IMG_480.jpg", "241–480", "", "before=IMG_241.jpg", "after=IMG_480.jpg", "before"},
		{"after=IMG_480.jpg", "IMG_481.jpg", "IMG_600.jpg", "481–600", "", "before=IMG_481.jpg", "-", "-"},
		{"before=IMG_241.jpg", "IMG_1.jpg", "IMG_240.jpg", "1–240", "-", "-", "after=IMG_240.jpg", "before"},
		{"before=IMG_7.jpg", "IMG_1.jpg", "IMG_240.jpg", "1–240", "-", "-", "after=IMG_240.jpg", "before"},
		{"before", "IMG_361.jpg", "IMG_600.jpg", "361–600", "", "before=IMG_361.jpg", "-", "-"},
		{"after=IMG_240.jpgg", "IMG_241.jpg", "IMG_480.jpg", "241–480", "", "before=IMG_241.jpg", "after=IMG_480.jpg", "before"},
		{"after=zzz", "IMG_361.jpg", "IMG_600.jpg", "361–600", "", "before=IMG_361.jpg", "-", "-"},
		{"after=%ff%00..%2f", "IMG_1.jpg", "IMG_240.jpg", "1–240", "-", "-", "after=IMG_240.jpg", "before"},
	} {
		t.Run(c.query, func(t *testing.T) {
			doc := parsed(t, sorted(t, list, "sort=name&"+c.query))
			rows := rowsOf(doc)
			if rows[0] != c.first || rows[len(rows)-1] != c.last {
				t.Errorf("shows %s to %s", rows[0], rows[len(rows)-1])
			}
			nav := withClass(doc, "pages")
			if got := said(elements(nav[len(nav)-1], "p")[0]); got != c.numbers+" of 600 items" {
				t.Errorf("says %q", got)
			}
			for rel, want := range map[string]string{"first": c.start, "prev": c.previous, "next": c.next, "last": c.end} {
				if want != "-" { // an address that names all, so that the parts fit together
					want = strings.TrimSuffix("view=gallery&sort=name&"+want, "&")
				}
				if got := link(t, doc, rel); got != want {
					t.Errorf("%s leads to %q, want %q", rel, got, want)
				}
			}
		})
	}
}

// The mark stays where it is: a number would skip entries, or show them twice.
func TestNextPageIsRightWhenFilesComeAndGo(t *testing.T) {
	dir := t.TempDir()
	write := func(i int) {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("f%04d", i)), make([]byte, i%50), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 550 {
		write(2 * i)
	}
	for _, order := range []string{"", "sort=size&order=desc"} {
		doc := parsed(t, sorted(t, listing(t, dir), order))
		shown := rowsOf(doc)
		next := link(t, doc, "next")
		if err := os.Remove(filepath.Join(dir, shown[239])); err != nil { // the one the mark names
			t.Fatal(err)
		}
		write(1) // sorts into what has been shown already, or after it
		doc = parsed(t, sorted(t, listing(t, dir), next))
		all := rowsOf(parsed(t, sorted(t, listing(t, dir), order)))
		if got := rowsOf(doc); got[0] == shown[239] || got[0] == shown[238] || slices.Contains(all[:238], got[0]) {
			t.Errorf("%q: %s follows %s", order, got[0], shown[239])
		}
		write(2 * 239)
	}
}

func TestShortFolderIsOnePage(t *testing.T) {
	doc := parsed(t, Folder{Share: "S", List: folderOf(t, numbered(perPage)...)})
	if n := len(withClass(doc, "picture")); n != perPage || len(withClass(doc, "pages")) != 0 {
		t.Errorf("%d entries, and links to other pages", n)
	}
}
