package page

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"windowsill/server/share"
)

func TestMusicSaysWhatItIs(t *testing.T) {
	known := map[string]Song{
		"1.mp3": {"Prélude <b>", "Łucja", "Élan", 3*time.Minute + 5*time.Second, true},
		"2.mp3": {Length: time.Hour + 59*time.Second},
	}
	var b bytes.Buffer
	shown := newPages(t).Show(Folder{
		Share: "S", List: folderOf(t, "1.mp3", "2.mp3", "3.mp3", "a.txt", "cover.jpg"),
		Songs: func(music []share.Entry, have func(int, Song)) {
			for i, e := range music {
				if s, ok := known[e.Name]; ok {
					have(i, s)
				}
			}
		},
	})
	if err := shown.HTML(&b); err != nil {
		t.Fatal(err)
	}
	if _, ok := shown.Tag(); ok {
		t.Error("a page of which a part is not known has a tag")
	}
	doc := parse(t, b.String())
	var lines, pictures []string
	for _, e := range elements(doc, "small") {
		lines = append(lines, said(e))
	}
	if got := strings.Join(lines, "|"); got != "Prélude <b> · Łucja · Élan · 3:05|1:00:59" {
		t.Errorf("%q", got)
	}
	for _, e := range elements(withClass(doc, "list")[0], "img") {
		src, _, _ := strings.Cut(attr(e, "src"), "?")
		pictures = append(pictures, src)
	}
	if got := strings.Join(pictures, " "); got != "1.mp3 cover.jpg cover.jpg" { // 3.mp3 is not known yet
		t.Errorf("pictures of %s", got)
	}
}

func TestFolderOfFilmsIsAWall(t *testing.T) {
	if c := newChoice(folderOf(t, "a.mkv", "b.mp4", "c.srt"), Params{}, Preference{}, false); !c.Gallery() || !c.Offered {
		t.Error("films are a list")
	}
}

func TestFilmsHaveThePicturesBesideThem(t *testing.T) {
	for name, c := range map[string]struct{ names, want string }{
		"by its name":          {"a.MP4 a.mkv A.jpg b.mp4 folder.jpg", "a.mkv←A.jpg a.MP4←A.jpg b.mp4←b.mp4"},
		"of the only film":     {"a.mp4 cover.png", "a.mp4←cover.png"},
		"its name comes first": {"a.mp4 a.webp cover.png", "a.mp4←a.webp"},
		"not of several":       {"a.mp4 b.mp4 cover.png", "a.mp4←a.mp4 b.mp4←b.mp4"},
		"not of other formats": {"a.mp4 a.heic a.txt", "a.mp4←a.mp4"},
		"not a folder":         {"a.mp4 a.jpg/ cover.jpg/", "a.mp4←a.mp4"},
		"a name to be escaped": {"é?.mp4 é?.jpg", "é?.mp4←%C3%A9%3F.jpg"},
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			if err := newPages(t).Show(Folder{Share: "S", List: folderOf(t, strings.Fields(c.names)...)}).HTML(&b); err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, row := range withClass(parse(t, b.String()), "film") {
				src, _, _ := strings.Cut(attr(elements(row, "img")[0], "src"), "?")
				got = append(got, said(elements(row, "bdi")[0])+"←"+src)
			}
			if want := c.want; strings.Join(got, " ") != want {
				t.Errorf("%q, want %q", got, want)
			}
		})
	}
}
