package web

import (
	"errors"
	"io/fs"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"windowsill/server/page"
	"windowsill/server/share"
	"windowsill/server/subtitles"
)

// root answers for everything that is in the shared folder: it finds out what
// is asked for, and hands the request on.
type root struct {
	folder    *share.Folder
	listing   bool // folders are listed even where they have an index.html
	files     *files
	listings  *listings
	viewer    *viewer
	subtitles converted
	players   *players
	searches  *searches
	archives  *archives
	inbox     *inbox
	changes   *changes
	drive     *drive
	pages     *visitorsPages

	companions *root // answers for those; nil in itself
}

func (r *root) serve(w http.ResponseWriter, q *http.Request) error {
	q = r.composed(q)
	if r.isForCompanion(q) {
		return r.companions.serve(w, q)
	}
	if err := r.drive.confirm(q); err != nil {
		return err
	}
	if r.drive.devices.inbox != nil && !isForInbox(q.Method) {
		return errMethod
	}
	switch q.Method {
	case http.MethodGet, http.MethodHead:
		return r.read(w, q)
	case http.MethodOptions:
		return r.drive.options(w, q)
	case http.MethodPut:
		return r.inbox.put(w, q)
	case http.MethodPost:
		return r.inbox.takeForm(w, q)
	case http.MethodDelete:
		return r.changes.remove(w, q)
	case "MKCOL":
		if r.companions == nil {
			return errNotHere // companions are files
		}
		return r.changes.makeFolder(w, q)
	case "MOVE":
		return r.changes.move(w, q)
	case "COPY":
		return r.changes.copy(w, q)
	case "PROPFIND", "PROPPATCH", "LOCK", "UNLOCK":
		return r.drive.serve(w, q)
	}
	_, err := readOnly(w, q, ", PROPFIND"+writeMethods(r.drive.devices.rights.at(nameIn(q))))
	return err
}

// isForInbox reports whether a method is one for a share that devices only send
// files to.
func isForInbox(method string) bool {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodPut, http.MethodPost:
		return true
	}
	return false
}

// composed returns a request for the composed form of a name (NFC) if there is
// nothing of the other: files that come in are named that way, and Finder goes on
// with the form that it has.
func (r *root) composed(q *http.Request) *http.Request {
	path := q.URL.Path
	if isASCII(path) || norm.NFC.IsNormalString(path) || !utf8.ValidString(path) || r.drive.isThere(nameIn(q)) {
		return q
	}
	q = q.WithContext(q.Context())
	u := *q.URL
	u.Path, u.RawPath = norm.NFC.String(path), ""
	q.URL = &u
	return q
}

// isASCII is quicker than norm, and most names are.
func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// read sends what is at an address.
func (r *root) read(w http.ResponseWriter, q *http.Request) error {
	name := q.URL.Path[min(1, len(q.URL.Path)):]
	if q.URL.RawQuery == "" {
		if k := r.folder.Kept(name); k != nil {
			return r.files.sendKept(w, q, k)
		}
		if f := r.folder.Again(name); f != nil {
			defer f.Close()
			return r.files.serve(w, q, r.folder, f)
		}
		if k := r.folder.Small(name, smallFile); k != nil {
			return r.files.sendKept(w, q, k)
		}
	}
	if name != "" && ticketOf(q) != "" { // who has no cookie cannot be led on
		name = goesOn(r.folder, name)
	}
	f, err := r.folder.Open(trimSlash(name))
	if errors.Is(err, fs.ErrNotExist) && (r.drive.serveHeld(w, name) || r.leadOn(w, q, name)) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	switch {
	case r.companions == nil && f.IsDir():
		return errNotFound
	case r.companions == nil:
		return r.files.serve(w, q, r.folder, f)
	case f.IsDir() && name != "" && name[len(name)-1] != '/':
		redirectToFolder(w, q, f.Name())
		return nil
	case f.IsDir():
		return r.readFolder(w, q, trimSlash(name))
	case name[len(name)-1] == '/':
		return errNotFound // a file is not a folder
	case asks(q, "open"):
		return r.viewer.serve(w, q, f, name)
	case isBare(q.URL.Query(), "vlc"):
		return r.players.lead(w, q)
	case asks(q, "vtt") && subtitles.Are(f.Name()):
		return r.subtitles.serve(w, q, f)
	case asks(q, "vtt") && q.URL.Query().Get("vtt") != "" && strings.HasPrefix(typeOf(f, nil), "video/"):
		return r.subtitles.serveTrack(w, q, f, numberIn(q, "vtt"))
	}
	return r.files.serve(w, q, r.folder, f)
}

// leadOn leads who has a page open of a folder that was all of the share to where
// that folder is since others were added to it.
func (r *root) leadOn(w http.ResponseWriter, q *http.Request, name string) bool {
	now, ok := r.folder.Moved(trimSlash(name))
	if !ok {
		return false
	}
	f, err := r.folder.Open(now)
	if err != nil {
		return false
	}
	f.Close()
	to := url.URL{Path: "/" + now + name[len(trimSlash(name)):], RawQuery: q.URL.RawQuery}
	leadTo(w, to.String(), http.StatusTemporaryRedirect)
	return true
}

// readFolder sends a folder as the query asks for it. A folder with an
// index.html is a web site, unless visitors put that there or the owner wants it
// listed: to ask for the page of such a folder means that site.
func (r *root) readFolder(w http.ResponseWriter, q *http.Request, name string) error {
	query := q.URL.Query()
	if sel, ok := r.archives.asked(query, name); ok {
		return r.archives.serve(w, q, sel)
	}
	if isBare(query, "m3u") {
		return r.players.list(w, q, name)
	}
	if isBare(query, "count") {
		return r.searches.count(w, q, name)
	}
	asData := query.Has("json") || prefersJSON(q.Header.Get("Accept"))
	if !asData && !r.listing {
		index, err := r.folder.Page(name)
		if err == nil {
			defer index.Close()
			return r.files.serve(w, q, r.folder, index)
		}
		if errors.Is(err, share.ErrVisitorsPage) {
			r.pages.meet(Page{Folder: name})
		}
	}
	if text := searchText(query); text != "" {
		return r.searches.serve(w, q, name, text, asData)
	}
	if one, ok := r.folder.Single(); ok && !asData && asksForHTML(q) {
		w.Header().Add("Vary", "Accept")
		leadTo(w, address(one)+"?open", http.StatusSeeOther)
		return nil
	}
	if asData {
		return r.listings.data(w, q, name, page.ReadParams(query))
	}
	return r.listings.page(w, q, name, page.ReadParams(query))
}
