package web

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"windowsill/server/page"
	"windowsill/server/share"
	"windowsill/server/turns"
)

const (
	maxQuery      = 256              // bytes of what somebody types that are searched for
	maxSearchTime = 10 * time.Second // with the wait for a slot
	maxCountTime  = 2 * time.Second  // likewise
	// maxSearches is how many searches and counts go on at once. Each walks
	// the disk and may hold a few MB of names, for as long as whoever asked
	// takes to read them.
	maxSearches = 8
	maxOfOne    = 2 // of them, for one address
)

// searches looks for names below a folder, and counts what is there.
type searches struct {
	folder   *share.Folder
	lister   *lister
	renderer renderer
	devices  devices
	turns    *turns.Turns
	rights   rights
	closing  context.Context
}

// searchText returns what a query of a folder searches for, "" for nothing.
func searchText(query url.Values) string {
	text := strings.TrimSpace(query.Get("q"))
	if len(text) <= maxQuery {
		return text
	}
	n := maxQuery
	for n > maxQuery-utf8.UTFMax && !utf8.RuneStart(text[n]) {
		n--
	}
	return strings.TrimSpace(text[:n])
}

// serve searches for text below a folder and sends what it finds, as a page or
// as data, until it has seen everything, time is up, the device has left or
// the share ends.
func (s *searches) serve(w http.ResponseWriter, q *http.Request, name, text string, asData bool) error {
	return s.walk(q, maxSearchTime, func(ctx context.Context) error {
		return s.send(w, q, asData, page.Search{
			Share: s.renderer.share(), Path: name, Query: text, Time: maxSearchTime,
			Ticks: q.URL.Query().Has("select"), Rights: s.rights.in(name),
			List:  func(path string) (*share.List, func(), error) { return s.lister.list(q.WithContext(ctx), path) },
			Found: s.folder.Search(ctx, name, strings.Fields(text)),
		})
	})
}

// send sends results while they are found.
func (s *searches) send(w http.ResponseWriter, q *http.Request, asData bool, view page.Search) error {
	w.Header().Set("Cache-Control", "private, no-store")
	s.renderer.setHeaders(w, q, asData)
	pages := s.renderer.in(w, q)
	write := pages.SearchHTML
	if asData {
		write = pages.SearchJSON
	}
	return s.renderer.send(w, q, func(w io.Writer) error { return write(w, view) })
}

// count tells how much there is to take of a folder.
func (s *searches) count(w http.ResponseWriter, q *http.Request, name string) error {
	return s.walk(q, maxCountTime, func(ctx context.Context) error {
		c, err := s.folder.Count(ctx, name)
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", "private, no-store")
		return abort(json.NewEncoder(w).Encode(struct {
			Files    int   `json:"files"`
			Folders  int   `json:"folders"`
			Bytes    int64 `json:"bytes"`
			Complete bool  `json:"complete"` // false if there was no time for all
		}{c.Files, c.Folders, c.Bytes, c.Complete}))
	})
}

// walk calls f when it is its turn, with a context that is done when the time is over,
// the device has left or the share ends.
func (s *searches) walk(q *http.Request, most time.Duration, f func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(q.Context(), most)
	defer cancel()
	defer context.AfterFunc(s.closing, cancel)()
	caller := s.devices.groupOf(q).String()
	if s.turns.Take(ctx, caller) != nil {
		return errSearches
	}
	defer s.turns.Give(caller)
	return f(ctx)
}
