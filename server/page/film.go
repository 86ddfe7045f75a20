package page

import (
	"strconv"
	"strings"
	"time"

	"windowsill/server/subtitles"
)

// Film is what a film says is in it.
type Film struct {
	Chapters  []Chapter
	Subtitles []Embedded
}

// Chapter is a part of a film.
type Chapter struct {
	Title string // any text; "" if it has none
	From  time.Duration
}

// Embedded are subtitles in a film, which browsers do not show.
type Embedded struct {
	Name     string // any text; "" if they have none
	Language string // a tag of BCP 47 or a code of ISO 639; "" if unknown
}

// chapterMark is a link to a chapter.
type chapterMark struct {
	Number int
	Title  string
	Clock  string // as in players
	At     string // in seconds
}

// Chapters are those of the film.
func (v openedView) Chapters() []chapterMark {
	var all []chapterMark
	for i, c := range v.opened.Film.Chapters {
		all = append(all, chapterMark{i + 1, visible(c.Title), clock(c.From), strconv.FormatFloat(c.From.Seconds(), 'f', -1, 64)})
	}
	return all
}

// EmbeddedNames names the subtitles in the film; "" if there are none.
func (v openedView) EmbeddedNames() string {
	var names []string
	for i, e := range v.opened.Film.Subtitles {
		name := visible(e.Name)
		if e.Language != "" {
			name = strings.TrimSuffix(visible(subtitles.LanguageName(e.Language))+" · "+name, " · ")
		}
		if name == "" {
			name = strconv.Itoa(i + 1)
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}
