package web

import (
	"net/http"
	"net/netip"
	"slices"

	"windowsill/server/access"
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
	guard    *access.Guard
}

// New returns the handler of a share.
func New(c Config) *Handler {
	h := &Handler{
		texts:    c.Texts,
		streams:  new(streams),
		trash:    &trash{receiver: c.Share.Receiver, changed: c.Changed},
		pages:    &visitorsPages{writer: c.Share.Writer, changed: c.Changed},
		recorder: c.Recorder,
		guard:    c.Guard,
	}
	h.chain = routes(c, h.streams, h.trash, h.pages)
	return h
}

// ServeHTTP answers a request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, q *http.Request) { h.chain.ServeHTTP(w, q) }

// PolicyChanged tells open pages that they may show what no longer holds.
func (h *Handler) PolicyChanged() { h.streams.sendChanged() }

// SendText sends a text of the owner's to the device of that number, or with 0 to
// all that are in and those that come in later. It returns [ErrNoText],
// [ErrLongText] or [ErrNoDevice].
func (h *Handler) SendText(text string, to uint64) error {
	note, addr := "You sent a text to all devices", netip.Addr{}
	if to != 0 {
		devices := h.guard.Devices()
		i := slices.IndexFunc(devices, func(d access.Device) bool { return d.ID == to && d.Status == access.In })
		if i < 0 {
			return ErrNoDevice
		}
		note, addr = "You sent a text to "+devices[i].Name, devices[i].Addr
	}
	if err := h.texts.add(Text{ByOwner: true, To: to, Text: text}); err != nil {
		return err
	}
	h.streams.sendText(to)
	h.recorder.Note(addr, note)
	return nil
}

// TakeBack forgets a text of the owner's, by its ID. Who has read it has read it.
func (h *Handler) TakeBack(text uint64) {
	if t, ok := h.texts.takeBack(text); ok {
		h.streams.sendText(t.To)
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
	h.streams.sendChanged()
	return nil
}
