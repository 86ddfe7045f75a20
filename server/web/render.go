package web

import (
	"io"
	"net/http"

	"windowsill/server/page"
)

// renderer sends what package page writes.
type renderer struct {
	pages    *page.Pages
	compress compressor
	share    func() string // its name
	failover *failover
}

// setHeaders sets the headers of a page that stays open, or of the same as
// data.
func (r renderer) setHeaders(w http.ResponseWriter, q *http.Request, asData bool) {
	h := w.Header()
	h.Add("Vary", "Accept")
	if asData {
		h.Set("Content-Type", "application/json")
	} else {
		r.failover.setPageHeaders(h, q)
	}
}

// in returns the pages in the language of whoever asks.
func (r renderer) in(w http.ResponseWriter, q *http.Request) *page.Pages {
	return inLanguage(r.pages, w, q)
}

// send sends what render writes, while it writes it.
func (r renderer) send(w http.ResponseWriter, q *http.Request, render func(io.Writer) error) error {
	if q.Method == http.MethodHead {
		return nil
	}
	var err error
	r.compress(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		out := newFlushWriter(w)
		err = render(out)
		if end := out.Close(); err == nil {
			err = end
		}
	})).ServeHTTP(w, q)
	return abort(err)
}
