package page

import (
	"bytes"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"windowsill/server/share"
)

// expected are the elements that a page of a folder is made of, and theirs
// the attributes that these have: a name must not bring others.
var (
	expected = strings.Fields("html head meta link title body header nav div ol li a img bdi h1 h2 p main ul span time footer form label input button details summary script wbr template section")
	theirs   = strings.Fields("lang dir charset name content media rel href class src width height alt translate aria-label aria-current title role datetime " +
		"defer download data-asof data-changed data-live data-lost data-refresh data-read data-stopped data-texted data-units data-more data-one data-other data-searching " +
		"data-swap data-view data-sheet data-box data-total data-key action disabled hidden aria-pressed " +
		"method for type id value placeholder loading decoding maxlength autocomplete autocapitalize spellcheck enterkeyhint")
)

// checkPage reports what a name has broken in the page of a folder that
// holds just the entry of that name.
func checkPage(t *testing.T, doc *html.Node, name string) {
	t.Helper()
	for _, e := range elements(doc, "") {
		if !slices.Contains(expected, e.Data) {
			t.Errorf("%q brought an element <%s>", name, e.Data)
		}
		for _, a := range e.Attr {
			if !slices.Contains(theirs, a.Key) {
				t.Errorf("%q brought an attribute %s to <%s>", name, a.Key, e.Data)
			}
		}
	}
	open, save := withClass(doc, "open"), withClass(doc, "save")
	gallery := len(withClass(doc, "gallery")) == 1
	if len(open) != 1 || len(save) != 1 && !gallery {
		t.Fatalf("%q has %d links and %d downloads", name, len(open), len(save))
	}
	checkLink(t, attr(open[0], "href"), name, strings.TrimPrefix(opening(share.Entry{Name: name}), "?"))
	if !gallery {
		checkLink(t, attr(save[0], "href"), name, "download")
	}
	for _, img := range elements(open[0], "img") {
		checkThumb(t, attr(img, "src"), name, map[bool]int{false: iconSide, true: tileSide}[gallery])
	}
	shown := said(elements(open[0], "bdi")[0])
	if i := strings.IndexFunc(shown, invisible); i >= 0 {
		t.Errorf("%q is shown with an invisible character: %q", name, shown)
	}
	if plain := !strings.ContainsFunc(name, unicode.IsSpace) && utf8.ValidString(name) && !strings.ContainsFunc(name, invisible); plain && shown != name {
		t.Errorf("%q is shown as %q", name, shown)
	}
}

func checkLink(t *testing.T, href, name, query string) {
	t.Helper()
	to, err := url.Parse(href)
	if err != nil {
		t.Fatalf("the link of %q: %v", name, err)
	}
	to = (&url.URL{Scheme: "http", Host: "h", Path: "/"}).ResolveReference(to)
	if to.Host != "h" || to.Path != "/"+name || to.RawQuery != query {
		t.Errorf("the link of %q leads to %v", name, to)
	}
}

func TestHostileNamesAreOnlyNames(t *testing.T) {
	for _, name := range hostile {
		t.Run(strings.ToValidUTF8(name[:min(len(name), 20)], "?"), func(t *testing.T) {
			if strings.ContainsRune(name, '/') {
				t.Skip("not the name of an entry")
			}
			list := folderOf(t, name)
			if list.Len() != 1 {
				t.Skip("not served")
			}
			checkPage(t, parsed(t, Folder{Share: "S", List: list}), name)
			checkJSON(t, Folder{Share: "S", List: list}, name)
		})
	}
}

// The folder's own name, and those above it, come from the disk as well.
func TestHostileFolders(t *testing.T) {
	list := folderOf(t, "a.txt")
	for _, name := range hostile {
		if strings.Contains(name, "/") {
			continue
		}
		doc := parsed(t, Folder{Share: name, Path: name + "/" + name, List: list})
		checkPage(t, doc, "a.txt")
		if got, want := saidIn(t, doc, "title"), strings.TrimSpace(visible(name)+" · "+visible(name)); got != want {
			t.Errorf("title %q, want %q", got, want)
		}
		crumbs := elements(withClass(doc, "crumbs")[0], "a")
		to, err := url.Parse(attr(crumbs[len(crumbs)-1], "href"))
		if err != nil || to.Host != "" || to.Path != "/"+name+"/" {
			t.Errorf("the way up to %q is %v, %v", name, to, err)
		}
	}
}

func checkJSON(t *testing.T, f Folder, name string) {
	t.Helper()
	var b bytes.Buffer
	if err := newPages(t).JSON(&b, f); err != nil {
		t.Fatal(err)
	}
	if bytes.ContainsAny(b.Bytes(), "<>&") {
		t.Errorf("the JSON of %q would be markup to a browser that guesses: %s", name, b.Bytes())
	}
	var got struct{ Entries []struct{ Name, Href string } }
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatalf("the JSON of %q: %v", name, err)
	}
	if len(got.Entries) != 1 {
		t.Fatalf("%d entries", len(got.Entries))
	}
	if utf8.ValidString(name) && got.Entries[0].Name != name {
		t.Errorf("%q is named %q", name, got.Entries[0].Name)
	}
	checkLink(t, got.Entries[0].Href, name, "")
}

// What is ticked is sent by its exact name, or not at all.
func TestHostileNamesToTick(t *testing.T) {
	for _, name := range hostile {
		if strings.Contains(name, "/") {
			continue
		}
		list := folderOf(t, name)
		if list.Len() != 1 {
			continue
		}
		checkTick(t, parsed(t, Folder{Share: "S", Path: name, List: list, Asked: paramsOf("select")}), name)
	}
}

func checkTick(t *testing.T, doc *html.Node, name string) {
	t.Helper()
	if n := len(withClass(doc, "selection")); (n == 1) != sendable(name) {
		t.Errorf("%q: %d forms", name, n)
	}
	for _, input := range elements(doc, "input") {
		want := map[string]string{"name": name, "in": name}[attr(input, "name")]
		switch _, disabled := attribute(input, "disabled"); {
		case want == "" || disabled:
		case attr(input, "value") != want:
			t.Errorf("%q is ticked as %q", want, attr(input, "value"))
		}
		if label := attr(input, "aria-label"); strings.ContainsFunc(label, invisible) {
			t.Errorf("%q is called %q", name, label)
		}
	}
}

func FuzzHTML(f *testing.F) {
	for _, name := range hostile {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		if name == "" || name == "." || name == ".." || strings.ContainsAny(name, "/\x00") || len(name) > 255 {
			t.Skip("not the name of a file")
		}
		list := folderOf(t, name)
		if list.Len() != 1 {
			t.Skip("not served")
		}
		checkPage(t, parsed(t, Folder{Share: name, Path: name, List: list}), name)
		checkJSON(t, Folder{Share: name, Path: name, List: list}, name)
	})
}
