package web

import (
	"context"
	"net/http"
	"path/filepath"
	"strconv"

	"windowsill/server/access"
	"windowsill/server/archive"
	"windowsill/server/media"
	"windowsill/server/page"
	"windowsill/server/receive"
	"windowsill/server/share"
	"windowsill/server/traffic"
)

// Config is what the handler of a share is made of. All of it must be set but
// the two bools.
type Config struct {
	Writer     *share.Writer
	Watcher    *share.Watcher // of the same folder
	Guard      *access.Guard
	Recorder   *traffic.Recorder
	Receiver   *receive.Receiver
	Thumbnails *media.Maker
	Pages      *page.Pages
	Texts      *Texts
	Location   Location
	Unattended bool            // nobody is there to answer who asks to come in: only the PIN opens
	Listing    bool            // folders are listed even where they have an index.html
	Closing    context.Context // done when the share ends: what would go on for long breaks off
	Changed    func()          // called when what Deleted returns has changed; must not block
}

// Location is where a share is on the network, as far as its handlers ask.
type Location struct {
	Hostname string              // this computer's, in lower case; "" if unknown
	Port     int                 // two ports of one host have cookies of their own
	Origins  func() []string     // where the share can be reached, best first, such as "http://10.0.0.5:8000"
	Name     func() string       // the name by which the network finds it, "holiday.local"; "" while there is none
	CameIn   func(*http.Request) // called with each request of a device that is in
}

// Handler is the http.Handler of one share.
type Handler struct {
	*site
	chain http.Handler
}

// New returns the handler of a share.
func New(c Config) *Handler {
	s := newSite(c)
	return &Handler{s, s.routes()}
}

// ServeHTTP answers a request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, q *http.Request) { h.chain.ServeHTTP(w, q) }

// site is a share as its visitors meet it. It reads files and folders itself;
// for the rest it has parts, each of which knows only what it needs.
type site struct {
	responder
	*door
	name      string // the share's: that of its folder
	folder    *share.Folder
	writer    *share.Writer // of folder; only changes uses it
	receiver  *receive.Receiver
	texts     *Texts
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

// newSite puts a site together.
func newSite(c Config) *site {
	folder := c.Writer.Folder()
	a := responder{c.Pages, c.Guard}
	d := &door{
		responder: a, record: c.Recorder, cameIn: c.Location.CameIn, closing: c.Closing,
		cookie: "windowsill_" + strconv.Itoa(c.Location.Port), unattended: c.Unattended,
	}
	name := filepath.Base(folder.Path())
	live := &live{folders: c.Watcher, texts: c.Texts}
	elsewhere := newElsewhere(c.Location.Origins)
	return &site{
		responder: a, door: d, name: name, folder: folder, writer: c.Writer, receiver: c.Receiver, texts: c.Texts, live: live, elsewhere: elsewhere,
		deletions: deletions{changed: c.Changed},
		searches:  make(searches, mostSearches), squeezer: newCompressor(), listing: c.Listing,
		hosts:     &hosts{a, c.Location.Hostname, c.Location.Name},
		packing:   &packing{archive.New(folder), newSelections(), name, c.Recorder, c.Closing},
		thumbs:    thumbs{c.Thumbnails},
		letters:   &letters{d, live, elsewhere, name},
		listening: &listening{d, live},
	}
}
