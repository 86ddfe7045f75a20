package page

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"windowsill/server/subtitles"
)

// Film is what a film says is in it, or music, such as an audiobook.
type Film struct {
	Chapters  []Chapter
	Subtitles []Embedded
}

// Chapter is a part of a film or of music.
type Chapter struct {
	Title string // any text; "" if it has none
	From  time.Duration
}

// Embedded are subtitles in a film, which browsers do not show by themselves.
type Embedded struct {
	Name     string // any text; "" if they have none
	Language string // a tag of BCP 47 or a code of ISO 639; "" if unknown
	Format   string // "" if they cannot be made a track of the page's own
}

// filmView is what the template asks of a film.
type filmView struct{ file openedView }

// Film is the view of a film.
func (v openedView) Film() filmView { return filmView{v} }

// Parted reports whether there is something to say about what is in the film.
func (v filmView) Parted() bool { return len(v.Chapters()) > 0 || v.EmbeddedNames() != "" }

// chapterMark is a link to a chapter.
type chapterMark struct {
	Number int
	Title  string
	Clock  string // as in players
	At     string // in seconds
}

// Chapters are those of the film.
func (v filmView) Chapters() []chapterMark {
	var all []chapterMark
	for i, c := range v.file.opened.Film.Chapters {
		all = append(all, chapterMark{i + 1, visible(c.Title), clock(c.From), strconv.FormatFloat(c.From.Seconds(), 'f', -1, 64)})
	}
	return all
}

// label names subtitles; "" if nothing is known of them.
func (e Embedded) label() string {
	if e.Language == "" {
		return visible(e.Name)
	}
	return strings.TrimSuffix(visible(subtitles.LanguageName(e.Language))+" · "+visible(e.Name), " · ")
}

// EmbeddedNames names the subtitles in the film that cannot be shown; "" if there are
// none.
func (v filmView) EmbeddedNames() string {
	var names []string
	for i, e := range v.file.opened.Film.Subtitles {
		if e.Format == "" {
			names = append(names, cmp.Or(e.label(), strconv.Itoa(i+1)))
		}
	}
	return strings.Join(names, ", ")
}
