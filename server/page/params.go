package page

import (
	"html/template"
	"net/url"
	"strconv"
	"strings"

	"windowsill/server/share"
)

// Params are the query parameters of the page of a folder.
type Params struct {
	Preference
	Select bool // entries can be ticked for download
	once   bool // the view is that of an open page, and not to be remembered
	part   part
}

// part is a part of a long folder: the entries after a mark, or those before it.
// The zero value is the first part. A mark, unlike a number, stays in place when
// files come and go.
type part struct {
	from origin
	mark share.Mark
}

// origin is where a part begins or ends.
type origin int

const (
	fromStart origin = iota
	fromEnd
	afterMark
	beforeMark
)

// ReadParams reads the parameters in a query. It ignores what it does not
// understand.
func ReadParams(query url.Values) Params {
	p := Params{Preference: ReadPreference(query), Select: query.Has("select"), once: query.Has("once")}
	switch {
	case query.Get("after") != "":
		p.part = part{afterMark, readMark(query.Get("after"), query.Get("mark"))}
	case query.Get("before") != "":
		p.part = part{beforeMark, readMark(query.Get("before"), query.Get("mark"))}
	case query.Has("before"):
		p.part.from = fromEnd
	}
	return p
}

// Lasting reports whether the preference is to be remembered. The URL of a later
// part has a view and an order only so that the parts fit together.
func (p Params) Lasting() bool {
	return p.Preference != Preference{} && p.part.from == fromStart && !p.once
}

// readMark reads a mark: its name, with a slash at the end if it is a folder's,
// and its key.
func readMark(name, key string) share.Mark {
	var m share.Mark
	m.Name, m.Dir = strings.CutSuffix(name, "/")
	m.Key, _ = strconv.ParseInt(key, 36, 64) // 0 leads to some place at least
	return m
}

// link is the relative URL of the folder with these parameters.
func (p Params) link() template.URL {
	var q query
	q.add("view", p.View)
	q.add("sort", p.Sort)
	q.add("order", p.Order)
	if p.Select {
		q.flag("select")
	}
	switch p.part.from {
	case afterMark:
		addMark(&q, "after", p.part.mark)
	case beforeMark:
		addMark(&q, "before", p.part.mark)
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
