package subtitles

import (
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// format is how a file holds subtitles.
type format int

const (
	none format = iota
	subRip
	subStation
	webVTT
)

// formatOf goes by the extension of a file's name.
func formatOf(name string) format {
	_, extension := cut(name)
	switch strings.ToLower(extension) {
	case "srt":
		return subRip
	case "ass", "ssa":
		return subStation
	case "vtt":
		return webVTT
	}
	return none
}

// Are reports whether a file holds subtitles that [Convert] reads, by its name.
func Are(name string) bool { return formatOf(name) != none }

// A Track is a file of subtitles for a film.
type Track struct {
	Name     string       // of the file
	Language language.Tag // language.Und if the name does not tell it
	Title    string       // such as "Deutsch"; "" if the name tells nothing
	Note     string       // what else the name tells, such as "BR · forced"; "" if nothing
}

// maxLabel is how much of a name is taken for a label, in bytes. The subtitles of
// "Film.mp4" may be called "Film.de.srt", but not "Film.mp4 and a long story.srt".
const maxLabel = 40

// Beside returns the track that a file is for a film, by their names: subtitles
// have the film's, perhaps followed by a language, and by what else there is to
// say.
func Beside(film, name string) (t Track, ok bool) {
	if !Are(name) {
		return Track{}, false
	}
	film, _ = cut(film)
	stem, _ := cut(name)
	if len(stem) < len(film) || !strings.EqualFold(stem[:len(film)], film) {
		return Track{}, false
	}
	rest := stem[len(film):]
	if rest != "" && !strings.ContainsRune(".-_ (", rune(rest[0])) || len(rest) > maxLabel {
		return Track{}, false
	}
	t = Track{Name: name}
	t.describe(strings.Trim(rest, ".-_ ()[]"))
	return t, true
}

// describe reads what follows the film's name, such as "pt-BR.forced".
func (t *Track) describe(rest string) {
	first, others, _ := strings.Cut(strings.ReplaceAll(rest, "_", "-"), ".")
	first = strings.Trim(first, " ()[]")
	tag, ok := languageOf(first)
	if !ok {
		t.Title = rest
		return
	}
	t.Language, t.Title = tag, display.Self.Name(tag)
	if region, sure := tag.Region(); sure == language.Exact {
		t.Note = strings.TrimSuffix(region.String()+" · "+others, " · ")
		return
	}
	t.Note = others
}

// LanguageName returns what a language is called by those who speak it, by its tag or
// its code of ISO 639; what it is given if it is not known.
func LanguageName(code string) string {
	if tag, ok := languageOf(code); ok {
		return display.Self.Name(tag)
	}
	return code
}

// LanguageTag returns the tag of a language, by its tag or its code of ISO 639;
// language.Und if it is not known.
func LanguageTag(code string) language.Tag {
	tag, _ := languageOf(code)
	return tag
}

// languageOf understands a tag of BCP 47 or a code of ISO 639. "sdh" and "cc", which
// are codes too, mean subtitles for who hears badly.
func languageOf(text string) (language.Tag, bool) {
	switch strings.ToLower(text) {
	case "sdh", "cc", "":
		return language.Und, false
	}
	tag, err := language.Parse(text)
	if err != nil || tag == language.Und || display.Self.Name(tag) == "" {
		return language.Und, false
	}
	return tag, true
}

// languageIn returns the language that a name tells before its extension, and
// whether it tells one: "Film.de.srt" does.
func languageIn(name string) (language.Tag, bool) {
	stem, _ := cut(name)
	for last := "."; last != ""; {
		stem, last = cut(stem)
		if tag, ok := languageOf(strings.ReplaceAll(last, "_", "-")); ok {
			return tag, true
		}
	}
	return language.Und, false
}

// cut cuts a name around its last dot.
func cut(name string) (stem, extension string) {
	if i := strings.LastIndexByte(name, '.'); i > 0 {
		return name[:i], name[i+1:]
	}
	return name, ""
}
