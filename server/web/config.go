package web

import (
	"context"
	"net/http"
	"net/netip"

	"windowsill/server/access"
	"windowsill/server/media"
	"windowsill/server/page"
	"windowsill/server/receive"
	"windowsill/server/share"
	"windowsill/server/traffic"
	"windowsill/server/worker"
)

// Config is what the handler of a share is made of. Nothing in it may be nil.
type Config struct {
	Share    Share
	Location Location
	Guard    *access.Guard
	Recorder *traffic.Recorder
	Pages    *page.Pages
	Texts    *Texts

	// Unattended says that nobody is there to answer whoever asks to come
	// in: only the PIN opens then.
	Unattended bool
	// Closing is done when the share ends. Answers that would go on for long
	// end with it, downloads and uploads do not. If its cause is [ErrUnencrypted], the
	// share goes on without encryption.
	Closing context.Context
	// Changed is called when what Deleted returns has changed. It must not
	// block.
	Changed func()
}

// Share is the folder on offer, and what works on it.
type Share struct {
	Writer     *share.Writer
	Watcher    *share.Watcher
	Receiver   *receive.Receiver
	Thumbnails *media.Maker
	Workers    *worker.Pool // they do page.Jobs
	Listing    bool         // folders are listed even where they have an index.html
	NoReadmes  bool         // no README.md is shown below the list of its folder

	Name  func() string // what people call it
	Inbox *Inbox        // nil if it is a share like others

	// Allow returns what devices may do with what has a name, given what the
	// policy allows; with whole, also with all that is below it.
	Allow func(name string, whole bool, policy access.Permission) access.Permission
}

// Inbox says that devices only send files to the share: it is no drive, and they
// cannot change anything in it.
type Inbox struct {
	// Blind says that nobody sees what has come in. The Writer of the share is then
	// that of one with nothing in it, and only the Receiver has the folder.
	Blind bool
	// Into returns the folder that what a device sends goes into; "" for none.
	Into func(device string) string
}

// Location is where the share is on the network. That may change while it is
// shared, so most of it comes as functions; they must not block.
type Location struct {
	Hostname string              // this computer's, in lower case; "" if unknown
	Domains  func() []string     // to which a router may add that name, such as "fritz.box"; in lower case
	Port     int                 // cookies are named after it, since a browser sends them to all ports of a host
	Origins  func() []string     // where the share can be reached, best first, such as "http://10.0.0.5:8000"; of one scheme
	Name     func() string       // by which the network finds it, such as "holiday.local"; "" while there is none
	Arrived  func(*http.Request) // told of each request of a device that is in
	TLS      *TLS                // nil if the share is not encrypted

	// Group returns the address as which one counts where there is a limit for
	// each address. That of a link-local address comes with its zone.
	Group func(netip.Addr) netip.Addr
}
