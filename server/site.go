package server

import (
	"context"
	"net/http"

	"windowsill/server/access"
	"windowsill/server/media"
	"windowsill/server/page"
	"windowsill/server/receive"
	"windowsill/server/share"
	"windowsill/server/traffic"
)

// site is a share as its visitors meet it: what the handlers work with.
type site struct {
	folder     *share.Folder
	place      *place
	guard      *access.Guard
	record     *traffic.Recorder
	pages      *page.Pages
	receiver   *receive.Receiver
	deletions  deletions
	thumbs     *media.Maker
	archives   *archives
	live       *live
	searches   chan struct{}                       // holds one token for each search or count that runs
	compress   func(http.Handler) http.HandlerFunc // for answers that gain by it
	cookie     string                              // by whose name a device is known; differs between two ports of one host
	hostname   string                              // this computer's, in lower case; "" if unknown
	elsewhere  *elsewhere
	announced  func() string   // the name by which the network finds it; "" while there is none
	unattended bool            // nobody is there to answer who asks to come in
	listing    bool            // folders are listed even where they have an index.html
	closing    context.Context // done when the share ends
}
