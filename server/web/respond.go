package web

import (
	"errors"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"regexp"
	"runtime/debug"
	"strconv"
	"strings"

	"windowsill/server/page"
)

// handlerFunc is an http.HandlerFunc that may return an error instead of
// answering.
type handlerFunc func(http.ResponseWriter, *http.Request) error

// responder answers with what handlers return.
type responder struct {
	pages  *page.Pages
	rights rights
}

// handler makes an http.Handler of a function that returns an error.
func (r responder) handler(h handlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		defer logPanic(q)
		if err := h(w, q); err != nil {
			r.fail(w, q, err)
		}
	})
}

// aborted is an error after which nobody can be told: a part of the answer has
// gone out, or the device has left.
type aborted struct{ err error }

func (a aborted) Error() string { return a.err.Error() }
func (a aborted) Unwrap() error { return a.err }

// abort is for an error of writing an answer that has begun. It keeps nil.
func abort(err error) error {
	if err != nil {
		return aborted{err}
	}
	return nil
}

// logPanic logs a panic, which net/http would log without saying for which
// request, and has the connection cut.
func logPanic(q *http.Request) {
	p := recover()
	if p == nil {
		return
	}
	if p != http.ErrAbortHandler {
		slog.Error("panic in a handler", "target", q.URL.Path, "panic", p, "stack", string(debug.Stack()))
	}
	panic(http.ErrAbortHandler)
}

// fail answers with an error, or cuts the connection if the answer has begun:
// there is no other way to tell the client then.
func (r responder) fail(w http.ResponseWriter, q *http.Request, err error) {
	slog.Debug("request failed", "target", q.URL.Path, "error", err)
	if _, begun := errors.AsType[aborted](err); begun {
		panic(http.ErrAbortHandler)
	}
	r.answer(w, q, messageFor(err, neededFor(q), r.rights.forRequest(q)))
}

// answer sends a message: as a page to browsers, as one line of text to
// programs that do not ask for HTML.
func (r responder) answer(w http.ResponseWriter, q *http.Request, m page.Message) {
	h := w.Header()
	for _, name := range []string{"Content-Length", "Content-Encoding", "Content-Disposition", "Etag", "Last-Modified"} {
		h.Del(name) // of the answer that failed
	}
	h.Set("Cache-Control", "no-store")
	h.Add("Vary", "Accept")
	if m.Status == http.StatusMethodNotAllowed && h.Get("Allow") == "" {
		h.Set("Allow", r.rights.methods(nameIn(q)))
	}
	if m.Status == http.StatusServiceUnavailable {
		h.Set("Retry-After", "1")
	}
	if m.Status == http.StatusMethodNotAllowed && q.Method == "MKCOL" && q.Header.Get("Accept") == "" {
		h.Set("Content-Length", "0") // as in tellStored: that is how clients ask whether a folder is there
		w.WriteHeader(m.Status)
		return
	}
	if !asksForHTML(q) {
		text := strconv.Itoa(m.Status) + " " + m.Title + ": " + m.Text + "\n"
		h.Set("Content-Type", "text/plain; charset=utf-8")
		h.Set("Content-Length", strconv.Itoa(len(text)))
		w.WriteHeader(m.Status)
		io.WriteString(w, text)
		return
	}
	setPageHeaders(h)
	pages := inLanguage(r.pages, w, q)
	w.WriteHeader(m.Status)
	if err := pages.Message(w, m); err != nil {
		panic(http.ErrAbortHandler)
	}
}

// inLanguage returns the pages in the language of whoever asks, and tells
// caches that there are others.
func inLanguage(p *page.Pages, w http.ResponseWriter, q *http.Request) *page.Pages {
	w.Header().Add("Vary", "Accept-Language")
	return p.In(q.Header.Get("Accept-Language"))
}

// mirrors matches the User-Agent of programs that ask for HTML as browsers do, and
// then fetch all that it leads to.
var mirrors = regexp.MustCompile(`(?i)\b(wget2?|httrack)\b`)

// asksForHTML tells a browser that shows a page from a program: pip, for one,
// takes HTML if there is nothing else.
func asksForHTML(q *http.Request) bool {
	if mirrors.MatchString(q.UserAgent()) {
		return false
	}
	for accepted := range strings.SplitSeq(q.Header.Get("Accept"), ",") {
		kind, params, err := mime.ParseMediaType(accepted)
		if err != nil || kind != "text/html" {
			continue
		}
		weight, err := strconv.ParseFloat(params["q"], 64)
		return err != nil || weight >= 0.5
	}
	return false
}

// prefersJSON reports whether an Accept header names JSON, and HTML not at
// all or later.
func prefersJSON(accept string) bool {
	json := strings.Index(accept, "application/json")
	html := strings.Index(accept, "text/html")
	return json >= 0 && (html < 0 || json < html)
}
