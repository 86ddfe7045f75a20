package page

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"windowsill/server/share"
)

// tagOf returns what marks a page of a folder.
func tagOf(t *testing.T, p *Pages, f Folder) string {
	t.Helper()
	tag, ok := p.show(f, time.Hour).Tag()
	if !ok || tag == "" {
		t.Fatalf("tag %q, %v", tag, ok)
	}
	return tag
}

func TestTagChangesWithThePage(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("a.jpg", "a")
	write("b.txt", "b")
	p := newPages(t)
	now := func() Folder { return Folder{Share: "S", Path: "x", List: listing(t, dir)} }
	base := now()
	seen := map[string]string{"as it was": tagOf(t, p, base)}
	if again := tagOf(t, p, now()); again != seen["as it was"] {
		t.Fatal("the tag changes by itself")
	}
	check := func(what string, p *Pages, f Folder) {
		t.Helper()
		tag := tagOf(t, p, f)
		for other, seenTag := range seen {
			if tag == seenTag {
				t.Errorf("%s: the tag is the one of %s", what, other)
			}
		}
		seen[what] = tag
	}
	check("another language", p.In("de"), base)
	for _, query := range []string{"view=gallery", "view=list", "sort=date", "sort=date&order=desc", "select", "after=a.jpg"} {
		f := now()
		f.Asked = paramsOf(query)
		check(query, p, f)
	}
	other := now()
	other.Path = "y"
	check("another folder", p, other)
	liked := now()
	liked.Liked = Preference{Sort: "size"}
	check("another order that is liked", p, liked)
	write("b.txt", "longer")
	check("a file that grew", p, now())
	later := time.Now().Add(time.Hour)
	if err := os.Chtimes(filepath.Join(dir, "b.txt"), later, later); err != nil {
		t.Fatal(err)
	}
	check("a file touched", p, now())
	write("c.txt", "")
	check("a file that came", p, now())
	if err := os.Remove(filepath.Join(dir, "a.jpg")); err != nil {
		t.Fatal(err)
	}
	check("a file that went", p, now())
	changed, err := New(files, little)
	if err != nil {
		t.Fatal(err)
	}
	check("another version of the program", changed, now())
}

// A disk that takes its time must not keep the rest of the page waiting: it
// has no tag then, but all its rows.
func TestSlowDiskShowsWhatThereIs(t *testing.T) {
	list := folderOf(t, numbered(30)...)
	shown := newPages(t).show(Folder{Share: "S", List: list}, 0)
	if tag, ok := shown.Tag(); ok {
		t.Errorf("tag %q of what is not known", tag)
	}
	var b strings.Builder
	if err := shown.HTML(&b); err != nil {
		t.Fatal(err)
	}
	doc := parse(t, b.String())
	if n := len(withClass(doc, "picture")); n != 30 {
		t.Errorf("%d rows", n)
	}
	if got := said(withClass(doc, "total")[0]); !strings.HasPrefix(got, "30 files") {
		t.Errorf("total %q", got)
	}
}

func TestWhereATapLeads(t *testing.T) {
	for name, want := range map[string]string{
		"a.jpg": "?open", "a.HEIC": "?open", "a.svg": "?open", "a.mp4": "?open", "a.mp3": "?open", "a.txt": "?open", "a.md": "?open",
		"a.csv": "?open", "a.go": "?open", "a.json": "?open", "a.xml": "?open",
		"a.pdf": "", "a.html": "", "a.xhtml": "", "a.zip": "?download", "a.exe": "?download", "a.docx": "?download", "a": "?download", "": "?download",
	} {
		if got := opening(share.Entry{Name: name}); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
	if got := opening(share.Entry{Name: "a.jpg", Dir: true}); got != "" {
		t.Errorf("a folder: %q", got)
	}
}

func TestTicking(t *testing.T) {
	list := folderOf(t, "a & b.jpg", "c.txt", "Zoo/")
	plain := parsed(t, Folder{Share: "S", Path: "x/y z", List: list, Asked: paramsOf("view=list")})
	for _, input := range elements(plain, "input") {
		if attr(input, "type") != "checkbox" {
			continue
		}
		t.Error("there is something to tick where nobody asked")
	}
	if got := attr(withClass(plain, "select")[0], "href"); got != "?view=list&select" {
		t.Errorf("ticking is at %q", got)
	}
	doc := parsed(t, Folder{Share: "S", Path: "x/y z", List: list, Asked: paramsOf("view=list&select")})
	if !goesOnSelecting(doc) || goesOnSelecting(plain) {
		t.Error("a search is not as its page, with boxes or without")
	}
	form := withClass(doc, "selection")[0]
	if attr(form, "method") != "post" || attr(form, "action") != "/.windowsill/select" {
		t.Errorf("sent to %v", form.Attr)
	}
	var got []string
	for _, input := range elements(doc, "input") {
		if attr(input, "form") != attr(form, "id") && input.Parent != form {
			continue
		}
		got = append(got, attr(input, "name")+"="+attr(input, "value")+" "+attr(input, "aria-label"))
	}
	want := "name=Zoo Select Zoo|name=a & b.jpg Select a & b.jpg|name=c.txt Select c.txt|in=x/y z |all=1 "
	if strings.Join(got, "|") != want {
		t.Errorf("%q, want %q", got, want)
	}
	all, send := elements(form, "button")[0], elements(form, "button")[1]
	if attr(send, "name") != "as" || attr(send, "value") != "zip" {
		t.Errorf("sends %v", send.Attr)
	}
	if _, hidden := attribute(all, "hidden"); !hidden {
		t.Error("a button that needs a script shows without")
	}
	if got := attr(elements(form, "a")[0], "href"); got != "?view=list" {
		t.Errorf("the way back is %q", got)
	}
}

func TestWholeFolderCanBeTaken(t *testing.T) {
	take := withClass(parsed(t, Folder{Share: "S", List: folderOf(t, "a")}), "take")
	if len(take) != 1 || attr(take[0], "href") != "./?zip" || said(take[0]) != "Download everything" {
		t.Fatalf("%d links", len(take))
	}
	if _, download := attribute(take[0], "download"); !download {
		t.Error("a browser would open it")
	}
	if attr(take[0], "data-units") != "B kB MB GB TB PB EB" || attr(take[0], "data-one") != "{{.Count}} file" || attr(take[0], "data-other") != "{{.Count}} files" {
		t.Errorf("words for the script: %v", take[0].Attr)
	}
	if n := len(withClass(parsed(t, Folder{Share: "S", List: folderOf(t)}), "take")); n != 0 {
		t.Error("nothing can be taken from an empty folder")
	}
}

// A gallery somebody liked elsewhere is of no use where there are no pictures.
func TestLikedViewIsTakenWhereItFits(t *testing.T) {
	for _, c := range []struct {
		name, liked, asked string
		gallery            bool
	}{
		{"a.jpg", "list", "", false}, {"a.jpg", "gallery", "", true}, {"a.jpg", "gallery", "view=list", false},
		{"a.txt", "gallery", "", false}, {"a.txt", "gallery", "view=gallery", true},
	} {
		doc := parsed(t, Folder{Share: "S", List: folderOf(t, c.name), Asked: paramsOf(c.asked), Liked: Preference{View: c.liked}})
		if got := len(withClass(doc, "gallery")) == 1; got != c.gallery {
			t.Errorf("%+v: gallery %v", c, got)
		}
	}
}

// All of a long folder goes to a program, and it need not wait for more than a
// page of it: what is waited for stays in memory.
func TestLongListingForAProgramBeginsAtOnce(t *testing.T) {
	f := Folder{Share: "S", List: folderOf(t, numbered(3*perPage)...), Plain: true}
	shown := newPages(t).show(f, time.Hour)
	if n := len(shown.view.entries); n > perPage {
		t.Errorf("waits for %d entries", n)
	}
	if links := elements(parsed(t, f), "a"); len(links) != 3*perPage {
		t.Errorf("shows %d", len(links))
	}
}
