package page

import (
	"strings"
	"testing"
	"time"

	"windowsill/server/share"
)

func TestChaptersAndSubtitlesInAFilm(t *testing.T) {
	doc := look(t, Opened{
		Share: "S", List: folderOf(t, "a.mkv"), File: share.Entry{Name: "a.mkv"}, Type: "video/x-matroska",
		Film: Film{
			Chapters:  []Chapter{{"<b>", 0}, {"", 65500 * time.Millisecond}},
			Subtitles: []Embedded{{"SDH", "eng", ""}, {"", "ger", "srt"}, {"", "", "ass"}, {"", "", ""}, {"Signs", "xx-unknown", ""}},
		},
	})
	var links []string
	for _, a := range elements(withTag(t, doc, "details"), "a") {
		links = append(links, attr(a, "href")+" "+said(a))
	}
	if got := strings.Join(links, "|"); got != "a.mkv#t=0 0:00 <b>|a.mkv#t=65.5 1:06 Chapter 2" {
		t.Errorf("chapters: %s", got)
	}
	if text := said(doc); !strings.Contains(text, "English · SDH, 4, xx-unknown · Signs") {
		t.Errorf("subtitles: %s", text)
	}
	var tracks []string
	for _, e := range elements(doc, "track") {
		tracks = append(tracks, attr(e, "src")+" "+attr(e, "srclang")+" "+attr(e, "label"))
	}
	if got := strings.Join(tracks, "|"); got != "a.mkv?vtt=2 de Deutsch|a.mkv?vtt=3 und Subtitles" {
		t.Errorf("tracks: %s", got)
	}
}

func TestChaptersOfMusic(t *testing.T) {
	doc := look(t, Opened{
		Share: "S", List: folderOf(t, "a.mp3"), File: share.Entry{Name: "a.mp3"}, Type: "audio/mpeg",
		Film: Film{Chapters: []Chapter{{"One", 0}, {"", time.Hour}}},
	})
	var links []string
	for _, a := range elements(withTag(t, doc, "details"), "a") {
		links = append(links, attr(a, "href")+" "+said(a))
	}
	if got := strings.Join(links, "|"); got != "a.mp3#t=0 0:00 One|a.mp3#t=3600 1:00:00 Chapter 2" {
		t.Errorf("chapters: %s", got)
	}
}
