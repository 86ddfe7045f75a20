package media

import (
	"slices"
	"testing"
	"time"
)

func TestWhatIsInAFilm(t *testing.T) {
	for name, subtitles := range map[string][]Subtitles{
		"chapters.mkv": {{"", "ger", "srt"}, {"SDH", "eng", "srt"}}, "chapters.mp4": {{"", "ger", "txt"}}, "chapters.mov": {}, "film.mp4": nil, "song.mp3": nil, "lossy.webp": nil,
	} {
		content := sectionOf(testdata(t, name))
		film := FilmIn(content, content.Size())
		if !slices.Equal(film.Subtitles, subtitles) {
			t.Errorf("%s: subtitles %q, want %q", name, film.Subtitles, subtitles)
		}
		var want []Chapter
		if subtitles != nil {
			want = []Chapter{{"Début", 0}, {"Ende", time.Second}}
		}
		if !slices.Equal(film.Chapters, want) {
			t.Errorf("%s: chapters %v", name, film.Chapters)
		}
	}
	if found := findPictures(sectionOf(testdata(t, "chapters.mkv"))); len(found.parts) != 1 {
		t.Errorf("%d posters in the Matroska film, want 1", len(found.parts))
	}
}

func FuzzFilm(f *testing.F) {
	for _, name := range []string{"chapters.mkv", "chapters.mp4", "chapters.mov", "song.mka"} {
		f.Add(testdata(f, name))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		film := FilmIn(sectionOf(content), int64(len(content)))
		if len(film.Chapters) > maxChapters || len(film.Subtitles) > maxParts {
			t.Errorf("%d chapters, %d tracks", len(film.Chapters), len(film.Subtitles))
		}
		for _, c := range film.Chapters {
			if c.From < 0 || len(c.Title) > maxSongText {
				t.Errorf("%+v", c)
			}
		}
	})
}
