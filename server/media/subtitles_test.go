package media

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"
	"windowsill/server/servertest"
)

func TestSubtitlesInAFilm(t *testing.T) {
	const second = time.Second
	for _, c := range []struct {
		film   string
		track  int
		format string
		want   []Event
	}{
		{"subtitles.mkv", 0, "srt", []Event{{second / 2, second, "<i>Grüße</i>\r\nzwei"}, {3 * second / 2, 2 * second, "Ende"}}},
		{"subtitles.mkv", 1, "ass", []Event{{second / 2, second, `0,0,Default,,0,0,0,,{\i1}Grüße{\i0}\Nzwei`}, {3 * second / 2, 2 * second, "1,0,Default,,0,0,0,,Ende"}}},
		{"subtitles.mp4", 0, "txt", []Event{{second / 2, second, "Grüße\nzwei"}, {3 * second / 2, 2 * second, "Ende"}}},
		{"subtitles.webm", 0, "vtt", []Event{{second / 2, second, "<i>Grüße</i>\nzwei"}, {3 * second / 2, 2 * second, "Ende"}}},
		{"merged.mkv", 0, "srt", []Event{{second / 2, second, "<i>Grüße</i>\r\nzwei"}, {3 * second / 2, 2 * second, "Ende"}}},
		{"merged.mkv", 1, "srt", []Event{{second / 2, second, "<i>Grüße</i>\r\nzwei"}, {3 * second / 2, 2 * second, "Ende"}}}, // by zlib
	} {
		content := sectionOf(servertest.Testdata(t, c.film))
		format, events, err := SubtitlesIn(t.Context(), content, content.Size(), c.track)
		if format != c.format || !slices.Equal(events, c.want) || err != nil {
			t.Errorf("%s, %d: %s %q, %v, want %q", c.film, c.track, format, events, err, c.want)
		}
		if said := FilmIn(content, content.Size()).Subtitles; len(said) <= c.track || said[c.track].Format != c.format {
			t.Errorf("%s is said to have %+v", c.film, said)
		}
	}
}

func TestNoSubtitlesInAFilm(t *testing.T) {
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	for _, c := range []struct {
		film  string
		track int
		ctx   context.Context
		want  error
	}{
		{"subtitles.mkv", 2, t.Context(), nil}, {"subtitles.mp4", 1, t.Context(), nil},
		{"film.mp4", 0, t.Context(), nil}, {"song.mp3", 0, t.Context(), nil},
		{"subtitles.mkv", 0, gone, context.Canceled},
	} {
		content := sectionOf(servertest.Testdata(t, c.film))
		if format, events, err := SubtitlesIn(c.ctx, content, content.Size(), c.track); !errors.Is(err, c.want) || format != "" || events != nil {
			t.Errorf("%s, %d: %q, %v", c.film, c.track, events, err)
		}
	}
}

func FuzzSubtitles(f *testing.F) {
	for _, name := range []string{"subtitles.mkv", "subtitles.mp4", "merged.mkv"} {
		f.Add(servertest.Testdata(f, name), 0)
		f.Add(servertest.Testdata(f, name), 1)
	}
	f.Fuzz(func(t *testing.T, content []byte, track int) {
		_, events, _ := SubtitlesIn(t.Context(), sectionOf(content), int64(len(content)), track)
		if len(events) > maxEvents {
			t.Errorf("%d subtitles", len(events))
		}
		for _, e := range events {
			if e.From < 0 || e.To <= e.From || len(e.Text) > maxEvent {
				t.Errorf("%+v", e)
			}
		}
	})
}
