package web

import (
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
