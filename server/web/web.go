package web

import (
	"net/http"
	"net/netip"

	"windowsill/server/traffic"
)

// Handler is the http.Handler of one share.
type Handler struct {
	chain    http.Handler
	texts    *Texts
	streams  *streams
	trash    *trash
	pages    *visitorsPages
	recorder *traffic.Recorder
}

// New returns the handler of a share.
func New(c Config) *Handler {
	h := &Handler{
		texts:    c.Texts,
		streams:  new(streams),
		trash:    &trash{receiver: c.Share.Receiver, changed: c.Changed},
		pages:    &visitorsPages{writer: c.Share.Writer, changed: c.Changed},
		recorder: c.Recorder,
	}
	h.chain = routes(c, h.streams, h.trash, h.pages)
	return h
}

// ServeHTTP answers a request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, q *http.Request) { h.chain.ServeHTTP(w, q) }

// PolicyChanged tells open pages that they may show what no longer holds.
func (h *Handler) PolicyChanged() { h.streams.send(changedEvent) }

// SendText sends a text of the owner's to all devices that are in, and to
// those that come in later. It returns [ErrNoText] or [ErrLongText].
func (h *Handler) SendText(text string) error {
	if err := h.texts.add(Text{ByOwner: true, Text: text}); err != nil {
		return err
	}
	h.streams.send(textEvent)
	h.recorder.Note(netip.Addr{}, "You sent a text to all devices")
	return nil
}

// TakeBack forgets a text of the owner's, by its ID. Who has read it has read it.
func (h *Handler) TakeBack(text uint64) {
	if h.texts.takeBack(text) {
		h.streams.send(textEvent)
		h.recorder.Note(netip.Addr{}, "You took a text back")
	}
}

// Deleted returns what devices deleted and the owner can bring back, oldest
// first.
func (h *Handler) Deleted() []Deleted { return h.trash.list() }

// Restore brings something back from the trash, by its ID, and returns the
// name that it has now: another one if something else has its own meanwhile.
// The error satisfies [fs.ErrNotExist] if it is not in the trash.
func (h *Handler) Restore(id string) (name string, err error) { return h.trash.restore(id, nil) }

// VisitorsPages returns the pages that visitors sent and the owner has not
// accepted, oldest first.
func (h *Handler) VisitorsPages() []Page { return h.pages.list() }

// AcceptPage makes the index.html that visitors put into a folder the page of
// that folder. The error satisfies [fs.ErrNotExist] if it is not there any more.
func (h *Handler) AcceptPage(folder string) error {
	if err := h.pages.accept(folder); err != nil {
		return err
	}
	h.streams.send(changedEvent)
	return nil
}
