package web

import (
	"net/http"
	"os"
	"strings"
	"testing"
)

func TestSubtitlesBesideAFilmAreSentAsWebVTT(t *testing.T) {
	_, base := start(t, tree(t, map[string]string{
		"Film.mp4": "x", "Film.ru.srt": "1\n00:00:01,000 --> 00:00:02,000\n\xcf\xf0\xe8\xe2\xe5\xf2\n", "notes.txt": "1\n00:00:01,000 --> 00:00:02,000\nx\n",
	}), setup{})
	_, page := get(t, "GET", base+"/Film.mp4?open")
	if want := `<track kind="subtitles" src="Film.ru.srt?vtt" srclang="ru" label="русский">`; !strings.Contains(page, want) {
		t.Errorf("the page lacks %s", want)
	}
	a, content := get(t, "GET", base+"/Film.ru.srt?vtt")
	if a.Header.Get("Content-Type") != "text/vtt; charset=utf-8" || content != "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nПривет\n" {
		t.Errorf("%s %q", a.Header.Get("Content-Type"), content)
	}
	asksAgain(t, base+"/Film.ru.srt?vtt", a.Header.Get("ETag"))
	if _, content := get(t, "GET", base+"/notes.txt?vtt"); strings.HasPrefix(content, "WEBVTT") {
		t.Error("any text becomes subtitles")
	}
}

func TestSubtitlesInAFilmAreSentAsWebVTT(t *testing.T) {
	film, err := os.ReadFile("../media/testdata/merged.mkv")
	if err != nil {
		t.Fatal(err)
	}
	_, base := start(t, tree(t, map[string]string{"Film.mkv": string(film), "a.txt": "a"}), setup{})
	_, page := get(t, "GET", base+"/Film.mkv?open")
	if want := `<track kind="subtitles" src="Film.mkv?vtt=2" srclang="`; !strings.Contains(page, want) {
		t.Errorf("the page lacks %s", want)
	}
	a, content := get(t, "GET", base+"/Film.mkv?vtt=2")
	want := "WEBVTT\n\n00:00:00.500 --> 00:00:01.000\n<i>Grüße</i>\nzwei\n\n00:00:01.500 --> 00:00:02.000\nEnde\n"
	if a.Header.Get("Content-Type") != "text/vtt; charset=utf-8" || content != want {
		t.Errorf("%s %q", a.Header.Get("Content-Type"), content)
	}
	asksAgain(t, base+"/Film.mkv?vtt=2", a.Header.Get("ETag"))
	if a, _ := get(t, "GET", base+"/Film.mkv?vtt=3"); a.StatusCode != http.StatusNotFound {
		t.Errorf("a track that is not there: %d", a.StatusCode)
	}
	if _, content := get(t, "GET", base+"/a.txt?vtt=1"); content != "a" {
		t.Errorf("a text is %q", content)
	}
	if _, content := get(t, "GET", base+"/Film.mkv?vtt"); content != string(film) {
		t.Error("without a number it is not the film")
	}
}
