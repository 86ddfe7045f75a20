package page

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"

	"windowsill/server/share"
)

// results yields what a search found, and then the error unless it is nil.
func results(err error, found ...share.Found) iter.Seq2[share.Found, error] {
	return func(yield func(share.Found, error) bool) {
		for _, f := range found {
			if !yield(f, nil) {
				return
			}
		}
		if err != nil {
			yield(share.Found{}, err)
		}
	}
}

// many are n results.
func many(n int) []share.Found {
	all := make([]share.Found, n)
	for i := range all {
		all[i] = share.Found{In: "a", Entry: share.Entry{Name: strconv.Itoa(i) + ".jpg"}}
	}
	return all
}

func searched(t testing.TB, s Search) *html.Node {
	t.Helper()
	var b bytes.Buffer
	if err := newPages(t).SearchHTML(&b, s); err != nil {
		t.Fatal(err)
	}
	return parse(t, b.String())
}

// jsonSearch is a search as a program reads it.
type jsonSearch struct {
	Share, Path, Query string
	Complete           *bool
	Entries            []jsonEntry
}

func decodedSearch(t testing.TB, s Search) jsonSearch {
	t.Helper()
	var b bytes.Buffer
	if err := newPages(t).SearchJSON(&b, s); err != nil {
		t.Fatal(err)
	}
	if bytes.ContainsAny(b.Bytes(), "<>&") {
		t.Errorf("markup to a browser that guesses: %s", b.Bytes())
	}
	var got jsonSearch
	if err := json.Unmarshal(b.Bytes(), &got); err != nil || got.Complete == nil {
		t.Fatalf("%v in %s", err, b.Bytes())
	}
	return got
}

func TestResultsShowWhereTheyLie(t *testing.T) {
	when := time.Date(2026, 8, 12, 19, 48, 0, 0, time.Local)
	doc := searched(t, Search{Share: "Summer", Path: "2026/a b", Query: "beach", Found: results(nil,
		share.Found{Entry: share.Entry{Name: "Beach", Dir: true, Modified: when}},
		share.Found{In: "c:d/é", Entry: share.Entry{Name: "beach.jpg", Size: 2400, Modified: when}},
	)})
	rows := elements(withClass(doc, "list")[0], "li")
	if len(rows) != 2 {
		t.Fatalf("%d rows", len(rows))
	}
	for i, want := range []struct{ class, name, href, details, where, to string }{
		{"folder", "Beach", "Beach/", "12 Aug 2026, 19:48", "", ""},
		{"picture below", "beach.jpg", "c%3Ad/%C3%A9/beach.jpg?open", "2.4\u00a0kB 12 Aug 2026, 19:48", "c:d / é", "c%3Ad/%C3%A9/"},
	} {
		open, where, to := withClass(rows[i], "open")[0], "", ""
		if a := withClass(rows[i], "where"); len(a) == 1 {
			where, to = said(a[0]), attr(a[0], "href")
		}
		if attr(rows[i], "class") != want.class || said(open) != want.name || attr(open, "href") != want.href {
			t.Errorf("%s %q leads to %q; want %+v", attr(rows[i], "class"), said(open), attr(open, "href"), want)
		}
		if got := said(elements(rows[i], "p")[0]); got != want.details {
			t.Errorf("details %q, want %q", got, want.details)
		}
		if where != want.where || to != want.to {
			t.Errorf("lies in %q, %q; want %q, %q", where, to, want.where, want.to)
		}
	}
	if save := withClass(doc, "save"); len(save) != 1 || attr(save[0], "href") != "c%3Ad/%C3%A9/beach.jpg?download" {
		t.Error("the file, and nothing else, can be downloaded")
	}
}

func TestTopOfASearch(t *testing.T) {
	doc := searched(t, Search{Share: "Summer", Path: "2026/a b", Query: "  beach ", Found: results(nil)})
	if got := saidIn(t, doc, "h1"); got != "Search in a b" {
		t.Errorf("heading %q", got)
	}
	if got := saidIn(t, doc, "title"); got != "“  beach ” in a b · Summer" {
		t.Errorf("title %q", got)
	}
	if up := withClass(doc, "up")[0]; attr(up, "href") != "./" || attr(up, "aria-label") != "Back to a b" {
		t.Errorf("back: %v", up.Attr)
	}
}

// checkField reports what is wrong with the field to search in.
func checkField(t *testing.T, doc *html.Node, value string) {
	t.Helper()
	forms, input := withClass(doc, "search"), field(doc, "q")
	if len(forms) != 1 || input == nil {
		t.Fatalf("%d forms, field %v", len(forms), input)
	}
	form := forms[0]
	if attr(form, "role") != "search" || attr(form, "method") != "get" || attr(form, "action") != "" || len(elements(form, "button")) != 1 {
		t.Errorf("the form: %v", form.Attr)
	}
	if label := elements(form, "label"); len(label) != 1 || said(label[0]) == "" || attr(label[0], "for") != attr(input, "id") {
		t.Error("the field has no label")
	}
	if attr(input, "type") != "search" || attr(input, "value") != value {
		t.Errorf("a field of type %q holds %q, want %q", attr(input, "type"), attr(input, "value"), value)
	}
}

func TestFieldToSearchIn(t *testing.T) {
	checkField(t, parsed(t, Folder{Share: "S", List: folderOf(t, "a")}), "")
	checkField(t, searched(t, Search{Share: "S", Query: `two "words"`, Found: results(nil)}), `two "words"`)
	if n := len(withClass(parsed(t, Folder{Share: "S", List: folderOf(t)}), "search")); n != 0 {
		t.Error("an empty folder is offered to be searched")
	}
}

func TestHowASearchEnds(t *testing.T) {
	one := share.Found{Entry: share.Entry{Name: "a"}}
	late, odd := context.DeadlineExceeded, errors.New("odd")
	for _, c := range []struct {
		name     string
		found    iter.Seq2[share.Found, error]
		says     string
		shown    int
		complete bool
	}{
		{"nothing", results(nil), "No file or folder has that name", 0, true},
		{"nothing in time", results(late), "Nothing found so far Searched for 10 seconds; there may be more.", 0, false},
		{"nothing where one could look", results(odd), "Nothing found so far Not everything could be searched; there may be more.", 0, false},
		{"one", results(nil, one), "1 result", 1, true},
		{"one in time", results(late, one), "1 result · Searched for 10 seconds; there may be more.", 1, false},
		{"one, others unseen", results(odd, one), "1 result · Not everything could be searched; there may be more.", 1, false},
		{"37", results(nil, many(37)...), "37 results", 37, true},
		{"1,000", results(nil, many(1000)...), "1,000 results", 1000, true},
		{"1,001", results(nil, many(1001)...), "The first 1,000 results", 1000, false},
		{"1,001 and late", results(late, many(1001)...), "The first 1,000 results", 1000, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := Search{Share: "S", Query: "q", Found: c.found, Time: 10 * time.Second}
			doc := searched(t, s)
			end := withClass(doc, "end")
			if len(end) != 1 || attr(end[0], "role") != "status" {
				t.Fatalf("%d ends", len(end))
			}
			got := strings.Join(strings.Fields(said(end[0])), " ")
			if exact := c.shown > 0; exact && got != c.says || !strings.HasPrefix(got, c.says) {
				t.Errorf("says %q, want %q", got, c.says)
			}
			if n := len(withClass(doc, "open")); n != c.shown {
				t.Errorf("%d rows, want %d", n, c.shown)
			}
			if n := len(withClass(doc, "list")); n != min(c.shown, 1) {
				t.Errorf("%d lists", n)
			}
			if got := decodedSearch(t, s); len(got.Entries) != c.shown || *got.Complete != c.complete {
				t.Errorf("as data: %d entries, complete %v", len(got.Entries), *got.Complete)
			}
		})
	}
}

func TestNoMoreIsAskedForThanIsShown(t *testing.T) {
	asked := 0
	endless := func(yield func(share.Found, error) bool) {
		for asked++; yield(share.Found{Entry: share.Entry{Name: "a"}}, nil); asked++ {
		}
	}
	searched(t, Search{Found: endless})
	if asked != maxFound+1 {
		t.Errorf("asked for %d", asked)
	}
}

func TestSearchAsData(t *testing.T) {
	when := time.Date(2026, 8, 12, 19, 48, 0, 0, time.FixedZone("", 2*60*60))
	got := decodedSearch(t, Search{Share: `Sum"mer`, Path: "2026/\xff", Query: "a\xff \"b\"", Found: results(nil,
		share.Found{In: "b c/d", Entry: share.Entry{Name: "\xff.jpg", Size: 24, Modified: when}},
		share.Found{Entry: share.Entry{Name: "e", Dir: true}},
	)})
	if got.Share != `Sum"mer` || got.Path != "2026/\ufffd" || got.Query != "a\ufffd \"b\"" {
		t.Errorf("%+v", got)
	}
	want := []jsonEntry{
		{Name: "\ufffd.jpg", Href: "b%20c/d/%FF.jpg", Size: 24, Modified: "2026-08-12T17:48:00Z"},
		{Name: "e", Href: "e/", Dir: true},
	}
	if !slices.Equal(got.Entries, want) {
		t.Errorf("%+v, want %+v", got.Entries, want)
	}
}

func TestEachResultIsWrittenWhenItIsFound(t *testing.T) {
	var b bytes.Buffer
	first := func(what string) iter.Seq2[share.Found, error] {
		return func(yield func(share.Found, error) bool) {
			if !strings.Contains(b.String(), "Summer") {
				t.Errorf("%s: the top is not there before the first result", what)
			}
			for i := range 3 {
				name := "result " + strconv.Itoa(i)
				yield(share.Found{Entry: share.Entry{Name: name}}, nil)
				if !strings.Contains(b.String(), name) {
					t.Errorf("%s: %q is not there before the next", what, name)
				}
			}
		}
	}
	p := newPages(t)
	if err := p.SearchHTML(&b, Search{Share: "Summer", Found: first("page")}); err != nil {
		t.Error(err)
	}
	b.Reset()
	if err := p.SearchJSON(&b, Search{Share: "Summer", Found: first("data")}); err != nil {
		t.Error(err)
	}
}

func TestWriteErrorEndsTheSearch(t *testing.T) {
	for _, room := range []int{0, 200, 5000} {
		for what, render := range map[string]func(io.Writer, Search) error{"page": newPages(t).SearchHTML, "data": newPages(t).SearchJSON} {
			asked := 0
			endless := func(yield func(share.Found, error) bool) {
				for yield(many(1)[0], nil) {
					asked++
				}
			}
			if err := render(&brokenPipe{room}, Search{Found: endless}); !errors.Is(err, errBroken) || asked > 100 {
				t.Errorf("%s after %d bytes: %v, %d results", what, room, err, asked)
			}
		}
	}
}

// checkSearch reports what a query, or a name that it finds, has broken.
func checkSearch(t *testing.T, text string) {
	t.Helper()
	var found []share.Found
	if name := strings.NewReplacer("/", "", "\x00", "").Replace(text); strings.Trim(name, ".") != "" {
		found = []share.Found{{In: name + "/" + name, Entry: share.Entry{Name: name}}}
	}
	s := Search{Share: text, Query: text, Found: results(nil, found...)}
	doc := searched(t, s)
	for _, e := range elements(doc, "") {
		if !slices.Contains(expected, e.Data) {
			t.Errorf("%q brought an element <%s>", text, e.Data)
		}
		for _, a := range e.Attr {
			if !slices.Contains(theirs, a.Key) {
				t.Errorf("%q brought an attribute %s to <%s>", text, a.Key, e.Data)
			}
		}
	}
	// A field has one line, and HTML has no NUL.
	want := strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "\ufffd").Replace(strings.ToValidUTF8(text, "\ufffd"))
	checkField(t, doc, want)
	for i, a := range slices.Concat(withClass(doc, "open"), withClass(doc, "where")) {
		to, err := url.Parse(attr(a, "href"))
		name := found[0].Name
		query := []string{strings.TrimPrefix(opening(found[0].Entry), "?"), ""}[i]
		if paths := []string{name + "/" + name + "/" + name, name + "/" + name + "/"}; err != nil || to.Path != paths[i] || to.Host != "" || to.RawQuery != query {
			t.Errorf("the link of %q leads to %v, %v", text, to, err)
		}
	}
	got := decodedSearch(t, s)
	if utf8.ValidString(text) && got.Query != text || len(got.Entries) != len(found) {
		t.Errorf("as data %q is %q, with %d entries", text, got.Query, len(got.Entries))
	}
}

func TestHostileQueriesAreOnlyText(t *testing.T) {
	for _, text := range hostile {
		checkSearch(t, text)
	}
}

func FuzzQuery(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
	}
	f.Fuzz(checkSearch)
}

func BenchmarkSearchHTML(b *testing.B) {
	p, s := newPages(b), Search{Share: "Summer", Query: "jpg", Found: results(nil, many(1000)...)}
	b.ReportAllocs()
	for b.Loop() {
		if err := p.SearchHTML(io.Discard, s); err != nil {
			b.Fatal(err)
		}
	}
}

// goesOnSelecting tells whether what one searches for on a page has boxes to tick.
func goesOnSelecting(doc *html.Node) bool {
	return slices.ContainsFunc(elements(withClass(doc, "search")[0], "input"), func(input *html.Node) bool { return attr(input, "name") == "select" })
}

func has(n *html.Node, key string) bool {
	_, there := attribute(n, key)
	return there
}

func TestResultsCanBeTicked(t *testing.T) {
	found := []share.Found{{Entry: share.Entry{Name: `a "b".jpg`}}, {In: "c/d", Entry: share.Entry{Name: "e", Dir: true}}, {In: "c", Entry: share.Entry{Name: "f\xff"}}}
	page := func(path string, ticks bool, rights Rights) *html.Node {
		return searched(t, Search{Share: "S", Path: path, Query: "a b", Found: results(nil, found...), Ticks: ticks, Rights: rights})
	}
	doc := page("in", true, Rights{Change: true})
	var values []string
	for _, box := range elements(doc, "input") {
		if attr(box, "name") == "name" && attr(box, "form") == "selection" && !has(box, "disabled") {
			values = append(values, attr(box, "value"))
		}
	}
	if want := []string{`a "b".jpg`, "c/d/e"}; !slices.Equal(values, want) {
		t.Errorf("the boxes stand for %q, want %q", values, want)
	}
	if !goesOnSelecting(doc) || goesOnSelecting(page("in", false, Rights{})) {
		t.Error("another search is not as this one, with boxes or without")
	}
	form := withClass(doc, "selection")[0]
	if attr(form, "action") != "/.windowsill/select" || attr(withClass(doc, "cancel")[0], "href") != "?q=a%20b" || has(form, "data-total") {
		t.Errorf("the form is %v", form.Attr)
	}
	doc = page("in", false, Rights{})
	if link := withClass(doc, "select"); len(link) != 1 || attr(link[0], "href") != "?q=a%20b&select" {
		t.Errorf("it is led to by %v", link)
	}
	if len(withClass(doc, "acts")) != 0 || len(withClass(page("in", false, Rights{Change: true}), "acts")) != 1 {
		t.Error("who may change what was found is not told from who may not")
	}
	if doc := page("in\xff", true, Rights{}); len(withClass(doc, "select")) != 0 || len(withClass(doc, "selection")) != 0 {
		t.Error("a folder that no form can name offers boxes")
	}
}
