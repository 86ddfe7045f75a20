package web

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"

	"windowsill/server/access"
	"windowsill/server/page"
)

// brokenOff is an error after part of the answer has gone out: there is no
// other way to tell the client than to break off.
type brokenOff struct{ error }

// Unwrap returns the error that broke the answer off.
func (b brokenOff) Unwrap() error { return b.error }

// responder is what every handler needs to answer with.
type responder struct {
	pages *page.Pages
	guard *access.Guard
}

// answering makes an http.Handler of one that returns an error.
func (r responder) answering(h func(http.ResponseWriter, *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		defer noteProgrammingError(q)
		if err := h(w, q); err != nil {
			r.fail(w, q, err)
		}
	})
}

// fail answers with an error, or breaks off the answer that has begun.
func (r responder) fail(w http.ResponseWriter, q *http.Request, err error) {
	slog.Debug("request failed", "target", q.URL.Path, "error", err)
	if _, begun := errors.AsType[brokenOff](err); begun {
		panic(http.ErrAbortHandler)
	}
	r.answer(w, q, messageFor(err, needs(q), r.guard.Policy().Visitors))
}

// Values of headers that all requests share: nobody writes to a value that is
// there.
var (
	noSniffing     = []string{"nosniff"}
	sameOriginOnly = []string{"same-origin"}
)

// harden sets the headers that every answer has.
func harden(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		h := w.Header()
		h["X-Content-Type-Options"] = noSniffing
		// No page elsewhere may show what is shared here as its own.
		h["Cross-Origin-Resource-Policy"] = sameOriginOnly
		next.ServeHTTP(w, q)
	})
}

// noteProgrammingError logs a panic, which net/http would only whisper, and
// lets it cut the connection.
func noteProgrammingError(q *http.Request) {
	p := recover()
	if p == nil {
		return
	}
	if p != http.ErrAbortHandler {
		slog.Error("panic in a handler", "target", q.URL.Path, "panic", p, "stack", string(debug.Stack()))
	}
	panic(http.ErrAbortHandler)
}

// answer sends a message: as a page to browsers, as one line of text to
// programs that do not ask for HTML.
func (r responder) answer(w http.ResponseWriter, q *http.Request, m page.Message) {
	h := w.Header()
	for _, of := range []string{"Content-Length", "Content-Encoding", "Content-Disposition", "Etag", "Last-Modified"} {
		h.Del(of) // of the answer that failed
	}
	h.Set("Cache-Control", "no-store")
	h.Add("Vary", "Accept")
	if m.Status == http.StatusMethodNotAllowed && h.Get("Allow") == "" {
		h.Set("Allow", "GET, HEAD, OPTIONS"+r.writes())
	}
	if m.Status == http.StatusServiceUnavailable {
		h.Set("Retry-After", "1")
	}
	if !asksForHTML(q) {
		text := strconv.Itoa(m.Status) + " " + m.Title + ": " + m.Text + "\n"
		h.Set("Content-Type", "text/plain; charset=utf-8")
		h.Set("Content-Length", strconv.Itoa(len(text)))
		w.WriteHeader(m.Status)
		io.WriteString(w, text)
		return
	}
	ownPage(h)
	pages := r.pagesFor(w, q)
	w.WriteHeader(m.Status)
	if err := pages.Message(w, m); err != nil {
		panic(http.ErrAbortHandler)
	}
}

// ourPolicy says what our own pages may load: nothing but what comes from
// here, and no script that stands in the page itself.
const ourPolicy = "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; script-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// pagesFor returns the pages in the language of whoever asks, and tells caches
// that there are others.
func (r responder) pagesFor(w http.ResponseWriter, q *http.Request) *page.Pages {
	w.Header().Add("Vary", "Accept-Language")
	return r.pages.In(q.Header.Get("Accept-Language"))
}

// ownPage sets the headers of every HTML page that is ours.
func ownPage(h http.Header) {
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", ourPolicy)
	h.Set("X-Frame-Options", "DENY") // for browsers older than frame-ancestors
	// Not "no-referrer": with that a browser sends a form of ours as if it came
	// from nowhere, and the check for other origins would refuse it.
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()")
}
