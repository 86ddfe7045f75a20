package page

import (
	"html/template"
	"net/url"
	"strconv"
	"strings"

	"windowsill/server/share"
)

// Wish is what an address asks of the page of a folder.
type Wish struct {
	Preference
	Select bool // to tick what to download
	part   part
}

// part is which part of a long folder is wanted: the entries after a mark, or
// those before it. The zero value is the first part. A number would lead
// elsewhere each time that a file comes or goes; a mark stays where it is.
type part struct {
	from origin
	mark share.Mark
}

// origin is where a part is counted from.
type origin int

const (
	fromStart origin = iota
	fromEnd
	afterMark
	beforeMark
)

// ReadWish reads what is asked of a folder's page in the query of its
// address. It makes the best of any query.
func ReadWish(query url.Values) Wish {
	w := Wish{Preference: ReadPreference(query), Select: query.Has("select")}
	switch {
	case query.Get("after") != "":
		w.part = part{afterMark, readMark(query.Get("after"), query.Get("mark"))}
	case query.Get("before") != "":
		w.part = part{beforeMark, readMark(query.Get("before"), query.Get("mark"))}
	case query.Has("before"):
		w.part.from = fromEnd
	}
	return w
}

// Lasting reports whether the wish is one to remember: an address in the midst
// of a folder names a view and an order only so that the parts fit together.
func (w Wish) Lasting() bool { return w.Preference != Preference{} && w.part.from == fromStart }

// readMark reads a mark: its name, which ends with a slash if it is a
// folder's, and its key.
func readMark(name, key string) share.Mark {
	var m share.Mark
	m.Name, m.Dir = strings.CutSuffix(name, "/")
	m.Key, _ = strconv.ParseInt(key, 36, 64) // without one, the mark is somewhere at least
	return m
}

// link is the relative address of the same folder that asks for this.
func (w Wish) link() template.URL {
	var q query
	q.add("view", w.View)
	q.add("sort", w.Sort)
	q.add("order", w.Order)
	if w.Select {
		q.flag("select")
	}
	switch w.part.from {
	case afterMark:
		addMark(&q, "after", w.part.mark)
	case beforeMark:
		addMark(&q, "before", w.part.mark)
	case fromEnd:
		q.flag("before")
	}
	if q.String() == "" {
		return "./"
	}
	return template.URL("?" + q.String())
}

func addMark(q *query, side string, m share.Mark) {
	name := m.Name
	if m.Dir {
		name += "/"
	}
	q.add(side, name)
	if m.Key != 0 {
		q.add("mark", strconv.FormatInt(m.Key, 36))
	}
}
