package media

import (
	"encoding/binary"
	"fmt"
	"slices"
	"testing"
	"time"
	"windowsill/server/servertest"
)

func TestWhatIsInAFilm(t *testing.T) {
	for name, subtitles := range map[string][]Subtitles{
		"chapters.mkv": {{"", "ger", "srt"}, {"SDH", "eng", "srt"}}, "chapters.mp4": {{"", "ger", "txt"}}, "chapters.mov": {}, "film.mp4": nil, "song.mp3": nil, "lossy.webp": nil,
	} {
		content := sectionOf(servertest.Testdata(t, name))
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
	if found := findPictures(sectionOf(servertest.Testdata(t, "chapters.mkv"))); len(found.parts) != 1 {
		t.Errorf("%d posters in the Matroska film, want 1", len(found.parts))
	}
}

func TestChaptersOfMusic(t *testing.T) {
	for _, name := range []string{"chapters.mp3", "chapters.ogg", "chapters.opus", "chapters.flac", "chapters.m4b"} {
		content := sectionOf(servertest.Testdata(t, name))
		if film := FilmIn(content, content.Size()); !slices.Equal(film.Chapters, []Chapter{{"Début", 0}, {"Ende", time.Second}}) {
			t.Errorf("%s: chapters %v", name, film.Chapters)
		}
	}
}

// commentsOf returns Vorbis comments.
func commentsOf(all ...string) []byte {
	b := binary.LittleEndian.AppendUint32(make([]byte, 4), uint32(len(all)))
	for _, one := range all {
		b = append(binary.LittleEndian.AppendUint32(b, uint32(len(one))), one...)
	}
	return b
}

func TestChaptersInComments(t *testing.T) {
	for want, all := range map[string][]string{
		"[{Two 0s} {One 1h2m3.5s}]": {"chapter001name=One", "TITLE=x", "CHAPTER001=01:02:03.500", "Chapter007=00:00:00.000", "CHAPTER007NAME=Two"},
		"[{ 1m0s}]":                 {"CHAPTER001=00:01:00", "CHAPTER002NAME=without a time", "CHAPTER003URL=x", "CHAPTER=00:00:00", "CHAPTER-01=00:00:00"},
		"[]":                        {"CHAPTER001=1:2", "CHAPTER002=00:00:NaN", "CHAPTER003=00:00:61", "CHAPTER004=-1:00:00", "CHAPTER005=00:00:Inf", "CHAPTER006=9999:00:00"},
	} {
		var f Film
		if f.inComments(commentsOf(all...)); fmt.Sprint(f.Chapters) != want {
			t.Errorf("%q: %v, want %s", all, f.Chapters, want)
		}
	}
	var many []string
	for n := range 1000 {
		many = append(many, fmt.Sprintf("CHAPTER%03d=00:00:%02d.000", n, n%60))
	}
	var f Film
	if f.inComments(commentsOf(many...)); len(f.Chapters) != maxChapters {
		t.Errorf("%d chapters, want %d", len(f.Chapters), maxChapters)
	}
}

func FuzzFilm(f *testing.F) {
	for _, name := range []string{"chapters.mkv", "chapters.mp4", "chapters.mov", "song.mka", "chapters.mp3", "chapters.ogg", "chapters.flac"} {
		f.Add(servertest.Testdata(f, name))
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
