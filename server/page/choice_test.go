package page

import (
	"net/url"
	"slices"
	"strconv"
	"testing"
	"time"

	"golang.org/x/net/html"

	"windowsill/server/share"
)

func TestWhichKindsHaveAThumbnail(t *testing.T) {
	for name, want := range map[string]bool{
		"IMG_1.JPG": true, "a.png": true, "a.gif": true, "a.webp": true, "a.bmp": true, "a.tiff": true,
		"a.heic": true, "a.avif": true, "a.dng": true, "a.cr3": true, "a.nef": true, "a.arw": true,
		"logo.svg": true, "a.ico": true, "a.cur": true, "a.orf": true, "a.psd": false, "a.jxl": true,
		"film.mp4": false, "song.mp3": false, "a.pdf": false, "jpg": false, "": false,
	} {
		if got := hasThumbnail(share.Entry{Name: name}); got != want {
			t.Errorf("%q: %v, want %v", name, got, want)
		}
	}
	if hasThumbnail(share.Entry{Name: "a.jpg", Dir: true}) {
		t.Error("a folder has a thumbnail")
	}
}

func TestChangedPictureHasAnotherAddress(t *testing.T) {
	when := time.Date(2026, 8, 12, 19, 48, 0, 0, time.UTC)
	seen := map[string]bool{}
	for _, e := range []share.Entry{
		{Size: 1000, Modified: when},
		{Size: 1001, Modified: when},
		{Size: 1000, Modified: when.Add(time.Millisecond)},
		{Size: 1000, Modified: when.AddDate(-100, 0, 0)},
		{Size: 1000},
		{},
	} {
		e.Name = "a.jpg"
		thumb := thumbOf(t, e)
		if seen[thumb] {
			t.Errorf("%s is the address of another version as well", thumb)
		}
		seen[thumb] = true
		checkThumb(t, thumb, e.Name, iconSide)
		if thumb != thumbOf(t, e) {
			t.Error("the address changes by itself")
		}
	}
}

// thumbOf returns the address of an entry's thumbnail.
func thumbOf(t *testing.T, e share.Entry) string {
	t.Helper()
	return attr(elements(rowOf(t, e), "img")[0], "src")
}

// rowOf is an entry's row in a list.
func rowOf(t *testing.T, e share.Entry) *html.Node {
	t.Helper()
	return parse(t, string(rowStyle{words: newPages(t).words}.entry(e)))
}

// checkThumb follows the address of a thumbnail as a browser does.
func checkThumb(t *testing.T, src, name string, side int) {
	t.Helper()
	to, err := url.Parse(src)
	if err != nil {
		t.Fatalf("the thumbnail of %q: %v", name, err)
	}
	query := to.Query()
	if query.Get("thumb") != strconv.Itoa(side) || query.Get("v") == "" || len(query) != 2 {
		t.Errorf("the thumbnail of %q is asked for by %q", name, to.RawQuery)
	}
	checkLink(t, src, name, to.RawQuery)
}

func TestHowAFolderOpens(t *testing.T) {
	none, half := []string{"a.txt", "b.svg"}, []string{"a.txt", "b.jpg"}
	most, folders := []string{"a.txt", "b.jpg", "c.heic"}, []string{"x/", "y/", "b.jpg", "c.jpg"}
	for _, c := range []struct {
		title   string
		names   []string
		wanted  string
		gallery bool
		offered bool
	}{
		{"no picture", none, "", false, false},
		{"half of them pictures", half, "", false, true},
		{"more than half", most, "", true, true},
		{"as many folders", folders, "", false, true},
		{"a list of pictures", most, "list", false, true},
		{"a gallery of one", half, "gallery", true, true},
		{"a gallery of none", none, "gallery", true, false},
		{"nonsense", most, `"><script>`, true, true},
	} {
		t.Run(c.title, func(t *testing.T) {
			doc := parsed(t, Folder{Share: "S", List: folderOf(t, c.names...), Asked: paramsOf("view=" + url.QueryEscape(c.wanted))})
			if got := len(withClass(doc, "gallery")) == 1; got != c.gallery || got == (len(withClass(doc, "list")) == 1) {
				t.Errorf("gallery: %v", got)
			}
			var current []string
			for _, a := range slices.Concat(withClass(doc, "rows"), withClass(doc, "tiles")) {
				if attr(a, "aria-current") != "" {
					current = append(current, said(a)+" "+attr(a, "href"))
				}
			}
			want := map[bool]string{false: "List ?view=list", true: "Gallery ?view=gallery"}[c.gallery]
			if c.offered != slices.Contains(current, want) || len(current) > 1 {
				t.Errorf("chosen: %q", current)
			}
		})
	}
}

func TestTilesAndRowsAskForTheSizeTheyNeed(t *testing.T) {
	list := folderOf(t, "a.jpg", "b.psd", "c.mp4", "d/")
	for view, side := range map[string]int{"list": iconSide, "gallery": tileSide} {
		doc := parsed(t, Folder{Share: "S", List: list, Asked: paramsOf("view=" + view)})
		thumbs := []string{"a.jpg", "c.mp4"}
		for _, open := range withClass(doc, "open") {
			for _, img := range elements(open, "img") {
				if len(thumbs) == 0 {
					t.Fatalf("%s: a thumbnail too many", view)
				}
				checkThumb(t, attr(img, "src"), thumbs[0], side)
				thumbs = thumbs[1:]
				if attr(img, "loading") != "lazy" || attr(img, "width") != strconv.Itoa(side) || attr(img, "height") != strconv.Itoa(side) {
					t.Errorf("%s: %v", view, img.Attr)
				}
			}
		}
		if len(thumbs) > 0 {
			t.Errorf("%s: no thumbnail of %v", view, thumbs)
		}
		if n, want := len(withClass(doc, "missing")), map[string]int{"gallery": 1}[view]; n != want { // its name is seen on a wall
			t.Errorf("%s: %d without a picture, want %d", view, n, want)
		}
		if n, want := len(withClass(doc, "save")), map[string]int{"list": 3}[view]; n != want {
			t.Errorf("%s: %d downloads, want %d: one for each file, and none on a wall", view, n, want)
		}
	}
}

func TestFoundPictureHasItsThumbnail(t *testing.T) {
	doc := searched(t, Search{Share: "S", Query: "a", Found: results(nil, share.Found{In: "b c", Entry: share.Entry{Name: "a.jpg", Size: 1}})})
	img := elements(withClass(doc, "open")[0], "img")
	if len(img) != 1 {
		t.Fatalf("%d thumbnails", len(img))
	}
	checkThumb(t, attr(img[0], "src"), "b c/a.jpg", iconSide)
}
