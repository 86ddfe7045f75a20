package server

import (
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"

	"windowsill/server/page"
)

var (
	errNotFound = fs.ErrNotExist
	errMethod   = errors.New("method not allowed")
)

// brokenOff is an error after part of the answer has gone out: there is no
// other way to tell the client than to break off.
type brokenOff struct{ error }

// Unwrap returns the error that broke the answer off.
func (b brokenOff) Unwrap() error { return b.error }

// answering makes an http.Handler of one that returns an error. It is the
// only place where an error becomes a status and a body; the error's own
// text, which may name paths of this computer, never goes out.
func (r *run) answering(h func(http.ResponseWriter, *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		defer noteProgrammingError(q)
		w.Header().Set("X-Content-Type-Options", "nosniff")
		err := h(w, q)
		var broken brokenOff
		switch {
		case err == nil:
		case errors.As(err, &broken):
			slog.Debug("answer broken off", "target", q.URL.Path, "error", err)
			panic(http.ErrAbortHandler)
		default:
			slog.Debug("request failed", "target", q.URL.Path, "error", err)
			r.answer(w, q, messageFor(err))
		}
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

// messageFor says what a visitor is told about an error.
func messageFor(err error) page.Message {
	switch {
	case errors.Is(err, errMethod):
		return page.Message{Status: http.StatusMethodNotAllowed, Title: "Looking only", Text: "This folder can be looked at and downloaded, not changed.", Home: true}
	case errors.Is(err, fs.ErrNotExist):
		return page.Message{Status: http.StatusNotFound, Title: "Nothing here", Text: "There is no such file or folder in this share. It may have been moved or renamed.", Home: true}
	case errors.Is(err, fs.ErrPermission):
		return page.Message{Status: http.StatusForbidden, Title: "Not readable", Text: "The computer that shares this folder may not read this itself.", Home: true}
	case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE):
		return page.Message{Status: http.StatusServiceUnavailable, Title: "Too busy", Text: "Too many files are open just now. Try again in a moment.", Home: true}
	}
	return page.Message{Status: http.StatusInternalServerError, Title: "Could not be read", Text: "The computer that shares this folder could not read this. Try again, or ask its owner.", Home: true}
}

// answer sends a message: as a page to browsers, as one line of text to
// programs that do not ask for HTML.
func (r *run) answer(w http.ResponseWriter, q *http.Request, m page.Message) {
	h := w.Header()
	for _, of := range []string{"Content-Length", "Content-Encoding", "Content-Disposition", "Etag", "Last-Modified"} {
		h.Del(of) // of the answer that failed
	}
	h.Set("Cache-Control", "no-store")
	h.Add("Vary", "Accept")
	if m.Status == http.StatusServiceUnavailable {
		h.Set("Retry-After", "1")
	}
	if !strings.Contains(q.Header.Get("Accept"), "text/html") {
		text := strconv.Itoa(m.Status) + " " + m.Title + ": " + m.Text + "\n"
		h.Set("Content-Type", "text/plain; charset=utf-8")
		h.Set("Content-Length", strconv.Itoa(len(text)))
		w.WriteHeader(m.Status)
		io.WriteString(w, text)
		return
	}
	ownPage(h)
	w.WriteHeader(m.Status)
	if err := r.pages.Message(w, m); err != nil {
		panic(http.ErrAbortHandler)
	}
}

// ownPage sets the headers of every HTML page that is ours: it needs nothing
// but our own style and pictures, so nothing else is allowed to it.
func ownPage(h http.Header) {
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	h.Set("Referrer-Policy", "no-referrer")
}
