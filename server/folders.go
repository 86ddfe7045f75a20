package server

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"
	"time"

	"windowsill/server/page"
)

// serveFolder sends a folder's index.html, or its listing as a page or as
// data, or what is searched for below it, or all of it as an archive. A folder
// with an index.html is a web site, and a query for the page is that site's own
// affair.
func (s *site) serveFolder(w http.ResponseWriter, q *http.Request, name string) error {
	query := q.URL.Query()
	if sel, ok := s.archiveOf(query, name); ok {
		return s.serveArchive(w, q, sel)
	}
	if isAsked(query, "count") {
		return s.serveCount(w, q, name)
	}
	asData := query.Has("json") || prefersJSON(q.Header.Get("Accept"))
	if !asData {
		if index, err := s.folder.Open(inFolder(name, "index.html")); err == nil {
			defer index.Close()
			if !index.IsDir() {
				return s.serveFile(w, q, index)
			}
		}
	}
	if text := queryOf(query); text != "" {
		return s.serveSearch(w, q, name, text, asData)
	}
	list, err := s.folder.List(name)
	if err != nil {
		return err
	}
	defer list.Close()
	number, _ := strconv.Atoi(query.Get("page")) // page makes the best of any number
	view := page.Folder{Share: shareName(s.folder.Path()), Path: name, List: list, Page: number, View: query.Get("view")}

	setListing(w.Header(), asData, "private, no-cache")
	pages := s.pagesFor(w, q)
	render := pages.HTML
	if asData {
		render = pages.JSON
	}
	return s.sendListing(w, q, func(w http.ResponseWriter) error { return render(w, view) })
}

// setListing sets the headers of a listing, as a page or as data.
func setListing(h http.Header, asData bool, caching string) {
	h.Set("Cache-Control", caching)
	h.Add("Vary", "Accept")
	if asData {
		h.Set("Content-Type", "application/json")
	} else {
		ownPage(h)
	}
}

// sendListing sends what render writes, compressed if the client likes.
func (s *site) sendListing(w http.ResponseWriter, q *http.Request, render func(http.ResponseWriter) error) error {
	if q.Method == http.MethodHead {
		return nil
	}
	var err error
	s.compress(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if e := render(w); e != nil {
			err = brokenOff{e}
		}
	})).ServeHTTP(w, q)
	return err
}

func inFolder(folder, name string) string {
	if folder == "" {
		return name
	}
	return folder + "/" + name
}

// prefersJSON reports whether an Accept header names JSON, and HTML not at
// all or later.
func prefersJSON(accept string) bool {
	json := strings.Index(accept, "application/json")
	html := strings.Index(accept, "text/html")
	return json >= 0 && (html < 0 || json < html)
}

// serveAsset sends one of the page's own files.
func (s *site) serveAsset(w http.ResponseWriter, q *http.Request) error {
	if done, err := onlyReads(w, q, ""); done || err != nil {
		return err
	}
	content, ctype, etag, ok := s.pages.Asset(strings.TrimPrefix(q.URL.Path, ours))
	if !ok {
		return errNotFound
	}
	h := w.Header()
	h.Set("Content-Type", ctype)
	h.Set("ETag", etag)
	if q.URL.Query().Has("v") {
		h.Set("Cache-Control", "max-age=31536000, immutable") // the address names the version
	} else {
		h.Set("Cache-Control", "no-cache")
	}
	tameRange(q)
	http.ServeContent(w, q, "", time.Time{}, bytes.NewReader(content))
	return nil
}
