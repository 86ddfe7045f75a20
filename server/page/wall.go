package page

import (
	"html/template"
	"time"

	"windowsill/server/share"
)

// perSection is how many tiles are in a section of a gallery at most. A browser
// lays out only the sections in sight, so they must not be long. All numbers of
// columns that the style has divide it.
const perSection = 30

// wall divides the tiles of a gallery into sections, whose rows are lists: the
// folders, then each day if the order is by date.
type wall struct {
	words *words
	days  bool
	dates map[string]int64 // as in Folder
	open  bool             // a section has begun
	key   string           // of that section: what all in it have in common
	tiles int              // in it
}

// before returns what comes before the tile of an entry.
func (w *wall) before(e share.Entry) template.HTML {
	key, class, day := "", "", w.date(e)
	switch {
	case e.Dir:
		key, class = "/", ` class="folders"`
	case w.days && !day.IsZero():
		key = day.Format(time.DateOnly)
	}
	fresh := !w.open || key != w.key
	if !fresh && w.tiles < perSection {
		w.tiles++
		return ""
	}
	var b markup
	b.raw(string(w.end()), "<section", class, ` data-key="`, key, `">`)
	if fresh && !e.Dir && key != "" {
		b.raw(`<h2><time datetime="`, key, `">`).text(w.words.date(day)).raw("</time></h2>")
	}
	b.raw(`<ul role="list">`)
	w.open, w.key, w.tiles = true, key, 1
	return b.done()
}

// date is when a picture was taken, or else the file's date.
func (w *wall) date(e share.Entry) time.Time {
	if at, ok := w.dates[e.Name]; ok {
		return time.UnixMilli(at)
	}
	return e.Modified.Local()
}

// end returns what comes after the last tile.
func (w *wall) end() template.HTML {
	if !w.open {
		return ""
	}
	return "</ul></section>"
}
