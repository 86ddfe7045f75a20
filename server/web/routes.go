package web

import (
	"net/http"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"windowsill/server/access"
	"windowsill/server/archive"
)

// What is ours lies below this path, and nothing of the shared folder does.
const ours = "/.windowsill/"

// Paths of ours that several files know.
const (
	selectPath = ours + "select"  // takes the form that selects some of a folder
	textPath   = ours + "text"    // the page of texts
	uploadPath = ours + "upload/" // resumable uploads
	undoPath   = ours + "undo"    // brings back what was deleted
)

// routes returns the whole way of a request, from top to bottom.
func routes(c Config, s *streams, t *trash) http.Handler {
	respond := responder{c.Pages, c.Guard}
	return through(newMux(c, respond, s, t),
		takeKey(c.Guard), // out of the address, before anything sees it
		c.Recorder.Handler,
		setHeaders,
		checkHost(respond, c.Location),
		checkReferer(respond),
		checkOrigin(respond),
		cleanPath,
	)
}

// through wraps a handler, so that a request goes through the first of these
// first.
func through(h http.Handler, all ...func(http.Handler) http.Handler) http.Handler {
	for _, wrap := range slices.Backward(all) {
		h = wrap(h)
	}
	return h
}

// newMux makes the handlers, and says which of them answers for which address.
func newMux(c Config, respond responder, s *streams, t *trash) *http.ServeMux {
	folder := c.Share.Writer.Folder()
	known := devices{c.Guard, "windowsill_" + strconv.Itoa(c.Location.Port)}
	move := newFailover(c.Location.Origins, known)
	render := renderer{pages: c.Pages, compress: newCompressor(), share: filepath.Base(folder.Path()), failover: move}
	door := &door{pages: c.Pages, devices: known, closing: c.Closing, unattended: c.Unattended}
	zip := &archives{packer: archive.New(folder), selections: newSelections(), share: render.share, recorder: c.Recorder, closing: c.Closing}
	in := &inbox{folder: folder, receiver: c.Share.Receiver, recorder: c.Recorder, devices: known}
	edit := &changes{writer: c.Share.Writer, devices: known, trash: t}
	texts := &textPages{renderer: render, devices: known, texts: c.Texts, recorder: c.Recorder}
	events := &events{streams: s, watcher: c.Share.Watcher, devices: known, closing: c.Closing}
	prefer := preferences{known.cookie + "_view"}
	files := &files{guard: c.Guard, recorder: c.Recorder, thumbnails: thumbnails{c.Share.Thumbnails}, compress: render.compress}
	root := &root{
		folder: folder, guard: c.Guard, files: files, archives: zip, inbox: in, changes: edit, listing: c.Share.Listing,
		listings: &listings{folder: folder, renderer: render, recorder: c.Recorder, guard: c.Guard, preferences: prefer, texts: c.Texts},
		viewer:   &viewer{folder: folder, workers: c.Share.Workers, renderer: render, preferences: prefer},
		searches: &searches{folder: folder, renderer: render, slots: make(slots, maxSearches), closing: c.Closing},
	}
	admission := &admission{respond: respond, devices: known, recorder: c.Recorder, arrived: c.Location.Arrived, door: door}
	anyone, admitted := respond.handler, admission.handler

	mux := http.NewServeMux()
	mux.Handle("/", admitted(root.serve))
	mux.Handle(ours, anyone(pageAssets{c.Pages, render.compress}.serve)) // the door needs its style
	mux.Handle(ours+"enter", anyone(door.enter))
	mux.Handle("GET "+ours+"wait", anyone(door.wait))
	mux.Handle("POST "+selectPath, admitted(zip.selectSome))
	mux.Handle("GET "+selectPath+"/{id}/{name}", admitted(zip.serveSelected))
	mux.Handle(uploadPath, admitted((&tusUploads{in}).serve))
	mux.Handle(undoPath, admitted(edit.undo))
	mux.Handle(textPath, admitted(texts.serve))
	mux.Handle("GET "+ours+"live", standing(c.Recorder)(admitted(events.serve)))
	mux.Handle("GET "+ours+"elsewhere", admitted(move.tell))
	mux.Handle("GET "+ours+"here/{mark}", anyone(move.sayHere))
	mux.Handle("GET "+ours+"move", anyone(move.takeOver))
	return mux
}

// neededFor returns what a device must be allowed to do for a request.
func neededFor(q *http.Request) access.Permission {
	switch path := q.URL.Path; {
	case path == selectPath:
		return access.Read // a form may be longer than an address, so it is not a GET
	case strings.HasPrefix(path, uploadPath) && q.Method != http.MethodOptions:
		return access.Add // also to ask about an upload of one's own, or to cancel it
	case path == undoPath:
		return access.Change
	}
	switch q.Method {
	case http.MethodPost, http.MethodPut, http.MethodPatch:
		if replaces(q) {
			return access.Change
		}
		return access.Add
	case http.MethodDelete, "MKCOL", "MOVE", "COPY":
		return access.Change
	}
	return access.Read
}
