package web

import (
	"net/http"
	"slices"
	"strings"

	"windowsill/server/archive"
	"windowsill/server/turns"
)

// routes returns the whole way of a request, from top to bottom.
func routes(c Config, s *streams, t *trash, v *visitorsPages) http.Handler {
	rights := rights{c.Guard, c.Share.Allow, c.Share.Inbox != nil}
	respond := responder{c.Pages, rights}
	return through(newMux(c, rights, respond, s, t, v),
		takeKey(c.Guard), // out of the address, before anything sees it
		takeTicket,       // likewise
		c.Recorder.Handler,
		setCommonHeaders,
		checkHost(respond, c.Location),
		onlyEncrypted(respond, c),
		checkReferer(respond),
		checkOrigin(respond),
		cleanPath,
		goOn(c.Share.Writer.Folder()),
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
func newMux(c Config, rights rights, respond responder, s *streams, t *trash, v *visitorsPages) http.Handler {
	folder := c.Share.Writer.Folder()
	devices := devices{c.Guard, rights, c.Share.Inbox, newDigest(), cookieName(c.Location), c.Location.Group}
	tickets := newTickets(devices)
	dates := dates{folder, c.Share.Thumbnails}
	preferences := preferences{devices.cookie + "_view"}
	failover := newFailover(c.Location.Origins, devices)
	lister := newLister(folder, devices, c.Closing)
	renderer := renderer{pages: c.Pages, compress: newCompressor(), share: c.Share.Name, failover: failover}

	archives := &archives{folder: folder, packer: archive.New(folder), tickets: tickets, devices: devices, selections: newSelections(), share: renderer.share, recorder: c.Recorder, closing: c.Closing}
	drive := newDrive(c, c.Share.Writer, devices)
	inbox := &inbox{folder: folder, receiver: c.Share.Receiver, recorder: c.Recorder, devices: devices, trash: t, pages: v, drive: drive}
	changes := &changes{writer: c.Share.Writer, receiver: c.Share.Receiver, devices: devices, trash: t, pages: v, drive: drive, copies: turns.New(maxCopies, maxCopiesOfOne), closing: c.Closing}
	root := &root{
		folder: folder, listing: c.Share.Listing, archives: archives, inbox: inbox, changes: changes, drive: drive, pages: v,
		files:     &files{guard: c.Guard, rights: rights, tickets: tickets, recorder: c.Recorder, thumbnails: thumbnails{c.Share.Thumbnails, devices}, renderer: renderer},
		listings:  &listings{lister: lister, renderer: renderer, recorder: c.Recorder, rights: rights, preferences: preferences, texts: c.Texts, dates: dates, devices: devices, receiver: c.Share.Receiver, readmes: !c.Share.NoReadmes},
		subtitles: converted{renderer.compress, devices, turns.New(maxFilms, maxFilmsOfOne)},
		players:   &players{lister, tickets, renderer.share},
		viewer:    &viewer{lister: lister, workers: c.Share.Workers, devices: devices, folder: folder, renderer: renderer, preferences: preferences, dates: dates},
		searches:  &searches{folder: folder, lister: lister, renderer: renderer, devices: devices, turns: turns.New(maxSearches, maxOfOne), rights: rights, closing: c.Closing},
	}
	root.companions = companionsOf(c, devices, v, root.files)
	textPages := &textPages{renderer: renderer, devices: devices, texts: c.Texts, recorder: c.Recorder}
	events := &events{streams: s, watcher: c.Share.Watcher, devices: devices, closing: c.Closing}
	door := &door{pages: c.Pages, devices: devices, closing: c.Closing, unattended: c.Unattended, words: c.Location.TLS.words}
	admission := &admission{respond: respond, devices: devices, tickets: tickets, recorder: c.Recorder, arrived: c.Location.Arrived, door: door}
	anyone, admitted := respond.handler, admission.handler

	share := admitted(root.serve)
	mux := http.NewServeMux()
	mux.Handle("/", share)
	mux.Handle(ours, anyone(pageAssets{c.Pages, renderer.compress}.serve)) // the door needs its style
	mux.Handle(authorityPath, anyone(c.Location.TLS.authority))
	mux.Handle("GET "+ours+"secure", anyone(c.Location.TLS.sayTrusted))
	mux.Handle(ours+"trust", anyone(c.Location.TLS.trust(c.Pages)))
	mux.Handle(ours+"away.js", anyone(c.Location.TLS.away(c.Pages)))
	mux.Handle(profilePath, anyone(c.Location.TLS.authority))
	mux.Handle(enterPath, anyone(door.enter))
	mux.Handle("GET "+ours+"wait", standing(c.Recorder)(anyone(door.wait)))
	mux.Handle("POST "+selectPath, admitted(archives.selectSome))
	mux.Handle("GET "+selectPath+"/{id}/{name}", admitted(archives.serveSelected))
	mux.Handle(uploadPath, admitted((&tusUploads{inbox}).serve))
	mux.Handle(strings.TrimSuffix(uploadPath, "/"), admitted((&tusUploads{inbox}).serve)) // a redirected POST would lose its body
	mux.Handle(undoPath, admitted(changes.undo))
	mux.Handle(textPath, admitted(textPages.serve))
	mux.Handle("GET "+ours+"live", standing(c.Recorder)(admitted(events.serve)))
	mux.Handle("GET "+ours+"elsewhere", admitted(failover.tell))
	mux.Handle("GET "+ours+"here/{mark}", anyone(failover.sayHere))
	mux.Handle("GET "+ours+"move", anyone(failover.takeOver))
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		if p := q.URL.Path; strings.HasPrefix(p, "/") && !strings.HasPrefix(p, strings.TrimSuffix(ours, "/")) {
			share.ServeHTTP(w, q) // the mux would take five allocations for each file
			return
		}
		mux.ServeHTTP(w, q)
	})
}
