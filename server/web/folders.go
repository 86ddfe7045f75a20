package web

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"windowsill/server/access"
	"windowsill/server/page"
	"windowsill/server/traffic"
)

// serveFolder sends a folder's index.html, unless the owner wants none, or its listing as a page or as
// data, or what is searched for below it, or all of it as an archive. A folder
// with an index.html is a web site, and a query for the page is that site's own
// affair.
func (s *site) serveFolder(w http.ResponseWriter, q *http.Request, name string) error {
	query := q.URL.Query()
	if sel, ok := s.packing.archiveOf(query, name); ok {
		return s.packing.serveArchive(w, q, sel)
	}
	if isAsked(query, "count") {
		return s.serveCount(w, q, name)
	}
	asData := query.Has("json") || prefersJSON(q.Header.Get("Accept"))
	if !asData && !s.listing {
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
	// A folder cannot be cancelled.
	_ = s.record.Mark(w, traffic.Thing{Kind: traffic.Folder, Key: name, Name: name})
	defer list.Close()
	asked := page.ReadWish(query)
	if asData {
		return s.serveListing(w, q, page.Folder{Share: s.name, Path: name, List: list}, asked.Preference)
	}
	return s.servePage(w, q, page.Folder{Share: s.name, Path: name, List: list, Asked: asked, Liked: s.liked(q), Rights: s.rights(), Talks: s.letters.talks(), Plain: !asksForHTML(q)})
}

// serveListing sends a folder as data, in the order that is asked for.
func (s *site) serveListing(w http.ResponseWriter, q *http.Request, f page.Folder, asked page.Preference) error {
	s.setListing(w.Header(), q, true, "private, no-cache")
	pages := s.pagesFor(w, q)
	if err := pages.Sort(q.Context(), f.List, asked); err != nil {
		return brokenOff{err} // nobody is there to be answered
	}
	return s.sendListing(w, q, func(w io.Writer) error { return pages.JSON(w, f) })
}

// servePage sends a folder as a page, as its visitor likes folders.
func (s *site) servePage(w http.ResponseWriter, q *http.Request, f page.Folder) error {
	h := w.Header()
	s.setListing(h, q, false, "private, no-cache")
	h.Add("Vary", "Cookie")
	pages := s.pagesFor(w, q)
	if err := pages.Sort(q.Context(), f.List, f.Asked.Or(f.Liked)); err != nil {
		return brokenOff{err} // nobody is there to be answered
	}
	if f.Asked.Lasting() {
		s.keepLiked(w, f.Asked.Or(f.Liked))
	}
	shown := pages.Show(f)
	if tag, ok := shown.Tag(); ok {
		// Weak, for the same page may go out compressed or plain.
		h.Set("ETag", `W/"`+tag+`"`)
		if isAmong(q.Header.Values("If-None-Match"), tag) {
			h.Del("Content-Type")
			w.WriteHeader(http.StatusNotModified)
			return nil
		}
	}
	return s.sendListing(w, q, shown.HTML)
}

// rights are what visitors may do at present.
func (a responder) rights() page.Rights {
	may := a.guard.Policy().Visitors
	return page.Rights{Add: may >= access.Add, Change: may >= access.Change}
}

// isAmong reports whether a tag is among those of an If-None-Match header
// (RFC 9110 section 13.1.2), which compares them weakly.
func isAmong(tags []string, tag string) bool {
	for _, line := range tags {
		for one := range strings.SplitSeq(line, ",") {
			one = strings.TrimSpace(one)
			if one == "*" || strings.TrimPrefix(one, "W/") == `"`+tag+`"` {
				return true
			}
		}
	}
	return false
}

// liked is how a device has liked to see folders so far.
func (d *door) liked(q *http.Request) page.Preference {
	query, err := url.ParseQuery(cookieValue(q.Header, d.cookie+"_view"))
	if err != nil {
		return page.Preference{}
	}
	return page.ReadPreference(query)
}

// keepLiked has a device tell next time how it likes to see folders.
func (d *door) keepLiked(w http.ResponseWriter, p page.Preference) {
	const year = 365 * 24 * 60 * 60 // seconds
	http.SetCookie(w, &http.Cookie{
		Name: d.cookie + "_view", Value: p.String(), Path: "/", MaxAge: year,
		HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

// setListing sets the headers of a listing, as a page or as data.
func (s *site) setListing(h http.Header, q *http.Request, asData bool, caching string) {
	h.Set("Cache-Control", caching)
	h.Add("Vary", "Accept")
	if asData {
		h.Set("Content-Type", "application/json")
	} else {
		s.elsewhere.openPage(h, q)
	}
}

// sendListing sends what render writes while it writes it, compressed if the
// client likes.
func (c squeezer) sendListing(w http.ResponseWriter, q *http.Request, render func(io.Writer) error) error {
	if q.Method == http.MethodHead {
		return nil
	}
	var err error
	c(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		p := newPrompt(w)
		e := render(p)
		if end := p.Close(); e == nil {
			e = end
		}
		if e != nil {
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
	name := strings.TrimPrefix(q.URL.Path, ours)
	content, ctype, etag, ok := s.pages.Asset(name)
	if !ok {
		return errNotFound
	}
	h := w.Header()
	h.Set("Content-Type", ctype)
	h.Set("ETag", etag)
	if strings.Contains(name, "/") {
		h.Set("Cache-Control", "max-age=31536000, immutable") // the address names the version
	} else {
		h.Set("Cache-Control", "no-cache")
	}
	if !compressible(ctype, int64(len(content))) {
		return serveContent(w, q, time.Time{}, bytes.NewReader(content))
	}
	var err error
	s.squeeze(w, q, func(w http.ResponseWriter, q *http.Request) {
		err = serveContent(w, q, time.Time{}, bytes.NewReader(content))
	})
	return err
}
