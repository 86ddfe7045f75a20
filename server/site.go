package server

import (
	"context"
	"net/http"

	"windowsill/server/access"
	"windowsill/server/archive"
	"windowsill/server/media"
	"windowsill/server/page"
	"windowsill/server/receive"
	"windowsill/server/share"
	"windowsill/server/traffic"
)

// site is a share as its visitors meet it. It reads files and folders itself;
// for the rest it has parts, each of which knows only what it needs.
type site struct {
	answers
	*door
	folder    *share.Folder
	writer    *share.Writer // of folder; only changes uses it
	receiver  *receive.Receiver
	deletions deletions
	live      *live
	searches  searches
	squeezer  // for answers that gain by it
	elsewhere *elsewhere
	listing   bool // folders are listed even where they have an index.html

	*hosts
	packing   *packing
	thumbs    thumbs
	letters   *letters
	listening *listening
}

// means is what a site is made of.
type means struct {
	guard     *access.Guard
	folder    *share.Folder
	writer    *share.Writer // of folder
	live      *live
	pages     *page.Pages
	compress  func(http.Handler) http.HandlerFunc
	record    *traffic.Recorder
	receiver  *receive.Receiver
	thumbs    *media.Maker
	place     *place
	elsewhere *elsewhere
	announced func() string // see hosts
	cookie    string        // see door
	closing   context.Context
}

// newSite puts a site together.
func newSite(m means) *site {
	a := answers{m.pages, m.guard}
	d := &door{answers: a, record: m.record, place: m.place, closing: m.closing, cookie: m.cookie}
	name := shareName(m.folder.Path())
	return &site{
		answers: a, door: d, folder: m.folder, writer: m.writer, receiver: m.receiver, live: m.live, elsewhere: m.elsewhere,
		searches: make(searches, mostSearches), squeezer: m.compress,
		hosts:     &hosts{a, hostname(), m.announced},
		packing:   &packing{archive.New(m.folder), newSelections(), name, m.record, m.closing},
		thumbs:    thumbs{m.thumbs},
		letters:   &letters{d, m.live, m.elsewhere, name},
		listening: &listening{d, m.live},
	}
}
