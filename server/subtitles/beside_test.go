package subtitles

import (
	"testing"

	"golang.org/x/text/language"
)

func TestSubtitlesBesideAFilm(t *testing.T) {
	for name, want := range map[string]struct{ language, title, note string }{
		"Film.srt":                {"und", "", ""},
		"film.SRT":                {"und", "", ""},
		"Film.de.vtt":             {"de", "Deutsch", ""},
		"Film.eng.srt":            {"en", "English", ""},
		"Film_fr.srt":             {"fr", "français", ""},
		"Film (ja).srt":           {"ja", "日本語", ""},
		"Film.pt-BR.ass":          {"pt-BR", "português", "BR"},
		"Film.pt_BR.ass":          {"pt-BR", "português", "BR"},
		"Film.pt-BR.sdh.ass":      {"pt-BR", "português", "BR · sdh"},
		"Film.zh-Hant.ssa":        {"zh-Hant", "繁體中文", ""},
		"Film.de.forced.srt":      {"de", "Deutsch", "forced"},
		"Film.sdh.srt":            {"und", "sdh", ""},
		"Film.Director's cut.srt": {"und", "Director's cut", ""},
		"Film.2.srt":              {"und", "2", ""},
	} {
		got, ok := Beside("Film.mp4", name)
		if !ok || got != (Track{name, language.Make(want.language), want.title, want.note}) {
			t.Errorf("%s: %+v, %t, want %+v", name, got, ok, want)
		}
	}
	for _, name := range []string{"Film.mp4", "Film.txt", "Filmed.srt", "Other.srt", "srt", ".srt", "Fil.srt", "Film.and a story that is too long to be the name of a language.srt"} {
		if got, ok := Beside("Film.mp4", name); ok {
			t.Errorf("%s: %+v, want none", name, got)
		}
	}
}
