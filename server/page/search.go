package page

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"

	"windowsill/server/share"
)

// maxFound is how many results are shown.
const maxFound = 1000

// Search is a search below a folder, and its results.
type Search struct {
	Share string                        // the share's name
	Path  string                        // of the folder, as in Folder
	Query string                        // what was typed; any bytes
	Found iter.Seq2[share.Found, error] // of share.Folder.Search; 1,001 of them are read
	Time  time.Duration                 // the time limit of Found, which then ends with context.DeadlineExceeded
	// List returns a folder of the share, for the posters of films; not used by JSON.
	List   func(path string) (list *share.List, done func(), err error)
	Ticks  bool // results can be ticked for download; not used by JSON
	Rights      // of the device in the folder; not used by JSON
}

// SearchHTML writes a page of the results, each row when it is found; it leaves
// buffering to w. At its end, the page says whether these are all results. Its
// links are right only if its URL, without the query, ends with a slash.
func (p *Pages) SearchHTML(w io.Writer, s Search) error {
	if err := p.templates.ExecuteTemplate(w, searchTemplate, newSearchView(p, s)); err != nil {
		return fmt.Errorf("page: %w", err)
	}
	return nil
}

// SearchJSON writes the results as a JSON object, each entry when it is found:
//
//	{"share":"Photos","path":"2026","query":"jpg","entries":[
//	{"name":"a.jpg","href":"beach/a.jpg","dir":false,"size":2400000,"modified":"2026-08-12T17:48:00Z"}
//	],"complete":true}
//
// "complete" says whether these are all results. The rest is as in [Pages.JSON];
// "href" is relative to the URL of the folder searched.
func (p *Pages) SearchJSON(w io.Writer, s Search) error {
	_, err := io.WriteString(w, `{"share":`+quoted(s.Share)+`,"path":`+quoted(s.Path)+`,"query":`+quoted(s.Query)+`,"entries":[`+"\n")
	if err != nil {
		return err
	}
	var line []byte
	o := new(outcome)
	for f := range o.observe(s.Found) {
		line = line[:0]
		if o.count > 1 {
			line = append(line, ',')
		}
		line = appendEntry(line, f.Entry, hrefBelow(f))
		if _, err := w.Write(line); err != nil {
			return err
		}
	}
	_, err = io.WriteString(w, `],"complete":`+strconv.FormatBool(o.complete())+"}\n")
	return err
}

// hrefBelow is Href for a search result.
func hrefBelow(f share.Found) string {
	return folderBelow(f.In) + Href(f.Name, f.Dir)
}

// folderBelow is the relative URL of a folder further down; "" if path is.
func folderBelow(path string) string {
	var b strings.Builder
	for name := range strings.FieldsFuncSeq(path, isSlash) {
		writeEscaped(&b, name)
		b.WriteByte('/')
	}
	return b.String()
}

// searchField is the search field.
type searchField struct {
	In        string // the folder's name
	Query     string
	Selecting bool // what is found has boxes to tick
}

// searchView is the data of the template of a search.
type searchView struct {
	heading
	Title   string // of the browser's tab
	Field   searchField
	View    ticking
	Outcome *outcome // complete after Rows
	pages   *Pages
	words   *words
	search  Search
}

func newSearchView(p *Pages, s Search) searchView {
	w := p.words
	query := strings.ToValidUTF8(s.Query, "\uFFFD")
	v := searchView{heading: newHeading(s.Share, s.Path), Outcome: &outcome{words: w, time: s.Time}, pages: p, words: w, search: s}
	v.Title = v.tabTitle(w.text("“{{.Query}}” in {{.Folder}}", "Query", visible(query), "Folder", v.Name))
	v.View = newTicking(s)
	v.Field = searchField{In: v.Name, Query: query, Selecting: v.View.Selecting}
	return v
}

// ticking is whether results can be ticked, and the URL of the same page with or
// without boxes to tick.
type ticking struct {
	Selecting bool
	Select    template.URL
}

func newTicking(s Search) ticking {
	v := ticking{Selecting: s.Ticks && sendable(s.Path)} // otherwise no form can name the folder
	var q query
	q.add("q", s.Query)
	if !v.Selecting {
		q.flag("select")
	}
	v.Select = template.URL("?" + q.String())
	return v
}

// Tickable reports whether results can be ticked.
func (v searchView) Tickable() bool { return sendable(v.search.Path) }

// In is the folder's path, for a form.
func (v searchView) In() string { return v.search.Path }

// Total is 0: "Select all" means the results, not all that is in the folder.
func (v searchView) Total() int { return 0 }

// Changes reports whether the device can change what was found.
func (v searchView) Changes() bool { return v.search.Change && !v.View.Selecting && v.Tickable() }

// Modules are the tags of the scripts.
func (v searchView) Modules() (template.HTML, error) {
	names := []string{"icons.js", "stream.js", "folder.js"}
	if v.Changes() {
		names = append(names, "found.js")
	}
	return v.pages.modules(names...)
}

// Rows yields the rows of the results, numbered from 0.
func (v searchView) Rows() iter.Seq2[int, template.HTML] {
	return func(yield func(int, template.HTML) bool) {
		style := rowStyle{words: v.words, ticks: v.View.Selecting}
		posters := foundPosters{v.search, map[string]map[string]string{}}
		for f := range v.Outcome.observe(v.search.Found) {
			style.songs.posters = posters.beside(f)
			if !yield(v.Outcome.count-1, style.found(f)) {
				return
			}
		}
	}
}

// outcome is the outcome of a search.
type outcome struct {
	words *words
	count int           // results shown
	more  bool          // there are others
	err   error         // why not everything was searched
	time  time.Duration // the time limit
}

// observe passes results on and records the outcome.
func (o *outcome) observe(found iter.Seq2[share.Found, error]) iter.Seq[share.Found] {
	return func(yield func(share.Found) bool) {
		for f, err := range found {
			switch {
			case err != nil:
				o.err = err
				return
			case o.count == maxFound:
				o.more = true
				return
			}
			if o.count++; !yield(f) {
				return
			}
		}
	}
}

func (o *outcome) complete() bool { return !o.more && o.err == nil }

// Nothing reports whether nothing was found.
func (o *outcome) Nothing() bool { return o.count == 0 }

// Summary says how many results there are: "37 results".
func (o *outcome) Summary() string {
	if o.more {
		return o.words.plural("The first {{.Count}} results", o.count)
	}
	return o.words.plural("{{.Count}} results", o.count)
}

// Missing says why there may be more results; "" if there are none.
func (o *outcome) Missing() string {
	switch {
	case o.err == nil:
		return ""
	case errors.Is(o.err, context.DeadlineExceeded):
		return o.words.plural("Searched for {{.Count}} seconds; there may be more.", int(o.time.Seconds()))
	}
	return o.words.text("Not everything could be searched; there may be more.")
}
