package page

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"windowsill/server/share"
)

// opened returns the page of a file that holds content, in a folder of these
// names.
func opened(t *testing.T, name, content string, names ...string) *html.Node {
	t.Helper()
	return look(t, Opened{
		Share: "S", Path: "a", List: folderOf(t, append(names, name)...),
		File:    share.Entry{Name: name, Size: int64(len(content)), Modified: time.Unix(1, 0)},
		Type:    share.ContentType(name, nil),
		Content: strings.NewReader(content),
	})
}

func look(t *testing.T, o Opened) *html.Node {
	t.Helper()
	var b bytes.Buffer
	write(t, o, &b)
	return parse(t, b.String())
}

func write(t *testing.T, o Opened, w io.Writer) {
	t.Helper()
	if _, err := newPages(t).Sort(context.Background(), o.List, o.Asked, Preference{Sort: byName}, nil); err != nil {
		t.Fatal(err)
	}
	if o.Formatting.Workers == nil {
		o.Formatting.Workers = workers
	}
	look := newPages(t).Open(o)
	defer look.Close()
	if err := look.Read(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := look.HTML(w); err != nil {
		t.Fatal(err)
	}
}

func TestWhatAFileIsLookedAtWith(t *testing.T) {
	for name, want := range map[string]string{
		"a.jpg": "img", "a.svg": "img", "a.heic": "picture", "a.tiff": "picture", "a.cr2": "picture",
		"a.mp4": "video", "a.mkv": "video", "a.mp3": "audio", "a.flac": "audio",
		"a.md": "article", "a.csv": "table", "a.go": "pre", "a.txt": "pre", "a.json": "pre", "a.html": "pre",
	} {
		if n := len(elements(withTag(t, opened(t, name, "a,b\n1,2\n"), "main"), want)); n == 0 {
			t.Errorf("%s: no <%s>", name, want)
		}
	}
	for _, name := range []string{"a.zip", "a.avi", "a.wmv", "a.psd", "a"} {
		main := withTag(t, opened(t, name, "x"), "main")
		if len(elements(main, "video")) != 0 || len(withClass(main, "button")) != 1 {
			t.Errorf("%s: not only to be downloaded", name)
		}
	}
}

func withTag(t *testing.T, doc *html.Node, tag string) *html.Node {
	t.Helper()
	all := elements(doc, tag)
	if len(all) != 1 {
		t.Fatalf("%d elements <%s>", len(all), tag)
	}
	return all[0]
}

// turns returns where the links to the previous and the next file lead.
func turns(doc *html.Node) (previous, next string) {
	for _, a := range elements(doc, "a") {
		switch attr(a, "rel") {
		case "prev":
			previous = attr(a, "href")
		case "next":
			next = attr(a, "href")
		}
	}
	return previous, next
}

func TestPicturesFollowEachOther(t *testing.T) {
	names := []string{"sub.jpg/", "a 1.jpg", "a 2.mp4", "a 3.mp3", "a 4.txt", "a 10.png"}
	for _, c := range []struct{ name, at, previous, next string }{
		{"a 1.jpg", "1 of 4", "", "a%202.mp4?open"},
		{"a 2.mp4", "2 of 4", "a%201.jpg?open", "a%205.heic?open"},
		{"a 5.heic", "3 of 4", "a%202.mp4?open", "a%2010.png?open"},
		{"a 10.png", "4 of 4", "a%205.heic?open", ""},
	} {
		doc := opened(t, c.name, "x", append(names, "a 5.heic")...)
		if at := said(withClass(doc, "at")[0]); at != c.at {
			t.Errorf("%s: %q, want %q", c.name, at, c.at)
		}
		if previous, next := turns(doc); previous != c.previous || next != c.next {
			t.Errorf("%s: between %q and %q", c.name, previous, next)
		}
	}
}

func TestPicturesFollowEachOtherInTheOrderOfTheFolder(t *testing.T) {
	doc := look(t, Opened{Share: "S", List: folderOf(t, "a.jpg", "b.jpg", "c.jpg"), File: share.Entry{Name: "b.jpg"}, Type: "image/jpeg", Asked: Preference{Sort: byName, Order: descending}})
	if previous, next := turns(doc); previous != "c.jpg?open&sort=name&order=desc" || next != "a.jpg?open&sort=name&order=desc" {
		t.Errorf("between %q and %q", previous, next)
	}
	if up := attr(withClass(doc, "up")[0], "href"); up != "?sort=name&order=desc" {
		t.Errorf("the folder is at %q", up)
	}
}

func TestFileClosesToItsPartOfALongFolder(t *testing.T) {
	list := folderOf(t, numbered(600)...)
	doc := look(t, Opened{Share: "S", List: list, File: share.Entry{Name: "IMG_300.jpg"}, Type: "image/jpeg"})
	if up := attr(withClass(doc, "up")[0], "href"); up != "?after=IMG_240.jpg" {
		t.Errorf("the folder is at %q", up)
	}
	if at := said(withClass(doc, "at")[0]); at != "300 of 600" {
		t.Errorf("at %q", at)
	}
}

func TestMusicIsAPlaylist(t *testing.T) {
	doc := opened(t, "b.mp3", "x", "a.mp3", "c.flac", "cover.jpg")
	var got []string
	for _, a := range elements(withClass(doc, "tracks")[0], "a") {
		got = append(got, attr(a, "href")+" "+attr(a, "aria-current"))
	}
	if s := strings.Join(got, "|"); s != "a.mp3?open |b.mp3?open true|c.flac?open " {
		t.Errorf("playlist %s", s)
	}
	names := make([]string, 3000)
	for i := range names {
		names[i] = strings.Replace(numbered(3000)[i], ".jpg", ".mp3", 1)
	}
	doc = opened(t, "IMG_2000.mp3", "x", names...)
	if n := len(elements(withClass(doc, "tracks")[0], "li")); n != maxPlaylist {
		t.Errorf("%d pieces of music", n)
	}
}

func TestTagOfAFileChangesWithItsPage(t *testing.T) {
	o := Opened{Share: "S", List: folderOf(t, "a.jpg", "b.jpg"), File: share.Entry{Name: "a.jpg"}, Type: "image/jpeg"}
	tag := newPages(t).Open(o).Tag()
	if again := newPages(t).Open(o).Tag(); again != tag {
		t.Error("the tag changes by itself")
	}
	for what, change := range map[string]func(*Opened){
		"share":     func(o *Opened) { o.Share = "T" },
		"size":      func(o *Opened) { o.File.Size = 1 },
		"neighbour": func(o *Opened) { o.List = folderOf(t, "a.jpg", "c.jpg") },
		"number":    func(o *Opened) { o.List = folderOf(t, "a.jpg", "b.jpg", "c.jpg") },
		"order":     func(o *Opened) { o.Asked.Sort = bySize },
	} {
		changed := o
		change(&changed)
		if newPages(t).Open(changed).Tag() == tag {
			t.Errorf("another %s, the same tag", what)
		}
	}
}

func TestMusicHasTheCoverThatLiesBesideIt(t *testing.T) {
	for name, want := range map[string]string{"Cover.JPG": "Cover.JPG?thumb=640", "folder.png": "folder.png?thumb=640", "photo.jpg": "", "cover.txt": ""} {
		got := ""
		if images := elements(withClass(opened(t, "a.mp3", "x", name), "cover")[0], "img"); len(images) == 2 {
			got = attr(images[0], "src")
		}
		if got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
