package page

import (
	"cmp"
	"html/template"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"windowsill/server/subtitles"
)

// subtitleTrack is a track of subtitles for the film.
type subtitleTrack struct {
	Href     template.URL // of the subtitles as WebVTT
	Language language.Tag
	Label    string // no other track of the film has it

	title string
	notes []string // what tells it from others with that title
	file  string   // name of the file that it is in
}

// Subtitles are those that lie beside the film, and those in it.
func (v filmView) Subtitles() []subtitleTrack {
	var all []subtitleTrack
	for _, t := range v.file.subtitles {
		all = append(all, subtitleTrack{
			Href: template.URL(Href(t.Name, false) + "?vtt"), Language: t.Language,
			title: visible(t.Title), notes: noteOf(t.Note), file: t.Name,
		})
	}
	all = append(all, v.file.opened.Film.tracks(v.file.opened.File.Name)...)
	for i := range all {
		all[i].title = cmp.Or(all[i].title, v.file.words.text("Subtitles"))
	}
	label(all)
	return all
}

// tracks are those of the subtitles in the film that can be shown.
func (f Film) tracks(film string) (all []subtitleTrack) {
	for i, e := range f.Subtitles {
		if e.Format == "" {
			continue
		}
		t := subtitleTrack{
			Href: template.URL(Href(film, false) + "?vtt=" + strconv.Itoa(i+1)), Language: subtitles.LanguageTag(e.Language),
			title: visible(e.Name), file: film,
		}
		if e.Language != "" {
			t.title, t.notes = visible(subtitles.LanguageName(e.Language)), noteOf(e.Name)
		}
		all = append(all, t)
	}
	return all
}

func noteOf(text string) []string {
	if text == "" {
		return nil
	}
	return []string{visible(text)}
}

// label gives each track a label of its own, since players list nothing else: those
// that have the same also say which kind of file they are in, and then are counted.
// Chromium's has room for ten letters, so those of one title begin with the language's
// code, or with what tells them apart.
func label(all []subtitleTrack) {
	for i, shared := range repeated(all, subtitleTrack.whole) {
		if _, extension := cutExtension(all[i].file); shared && len(extension) > 1 {
			all[i].notes = append([]string{visible(strings.ToUpper(extension[1:]))}, all[i].notes...)
		}
	}
	numbers := map[string]int{}
	for i, shared := range repeated(all, subtitleTrack.whole) {
		if whole := all[i].whole(); shared {
			numbers[whole]++
			all[i].notes = append([]string{strconv.Itoa(numbers[whole])}, all[i].notes...)
		}
	}
	for i, shared := range repeated(all, func(t subtitleTrack) string { return strings.ToLower(t.title) }) {
		t := &all[i]
		parts := append([]string{t.title}, t.notes...)
		switch {
		case shared && t.Language != language.Und && len(t.notes) > 0:
			parts[0] = t.code()
		case shared:
			parts = append(t.notes, t.title)
		}
		t.Label = strings.Join(parts, " · ")
	}
}

// code is that of the language, without the region, which is a note.
func (t subtitleTrack) code() string {
	_, _, region := t.Language.Raw()
	return strings.ToUpper(strings.TrimSuffix(t.Language.String(), "-"+region.String()))
}

// whole is all that is known of the track.
func (t subtitleTrack) whole() string {
	return strings.ToLower(strings.Join(append(t.notes, t.title), "\n"))
}

// repeated tells of each track whether it shares a property with another one.
func repeated(all []subtitleTrack, property func(subtitleTrack) string) []bool {
	count := map[string]int{}
	for _, t := range all {
		count[property(t)]++
	}
	shared := make([]bool, len(all))
	for i, t := range all {
		shared[i] = count[property(t)] > 1
	}
	return shared
}
