package web

import (
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"syscall"

	"windowsill/server/access"
	"windowsill/server/archive"
	"windowsill/server/media"
	"windowsill/server/page"
	"windowsill/server/traffic"
)

var (
	errNotFound   = fs.ErrNotExist
	errForgotten  = errors.New("selection is not kept any more")
	errMethod     = errors.New("method not allowed")
	errReadOnly   = errors.New("visitors may not do this")
	errHost       = errors.New("unknown host name")
	errOrigin     = errors.New("request of another web page")
	errBadForm    = errors.New("malformed form")
	errCrowded    = errors.New("too many searches")
	errListeners  = errors.New("too many listen")
	errNothing    = errors.New("nothing is selected")
	errTooMuch    = errors.New("too long a form")
	errBadSide    = errors.New("no thumbnails of this size")
	errUnattended = errors.New("Nobody is there to answer. Ask the owner for the PIN.")
)

// refusals say what a visitor is told about the errors above.
var refusals = map[error]page.Message{
	errMethod:           {Status: http.StatusMethodNotAllowed, Title: "Looking only", Text: "This can be looked at and downloaded, not changed.", Home: true},
	errReadOnly:         {Status: http.StatusForbidden, Title: "Looking only", Text: "The owner lets visitors look and download here, not add or change anything.", Home: true},
	errHost:             {Status: http.StatusMisdirectedRequest, Title: "Another name", Text: "This computer does not know itself by the name in the address. Use the address that its owner’s window shows."},
	errOrigin:           {Status: http.StatusForbidden, Title: "From another page", Text: "Another web page tried to change something here. It was not let through."},
	errBadSide:          {Status: http.StatusBadRequest, Title: "Not understood", Text: "Thumbnails are 160, 320 or 640 pixels large.", Home: true},
	errCrowded:          {Status: http.StatusServiceUnavailable, Title: "Too busy", Text: "Many are searching just now. Try again in a moment.", Home: true},
	errListeners:        {Status: http.StatusServiceUnavailable, Title: "Too busy", Text: "Many are looking just now. Try again in a moment."},
	errNothing:          {Status: http.StatusBadRequest, Title: "Nothing is ticked", Text: "Go back, tick what you would like to take, and try again.", Home: true},
	errTooMuch:          {Status: http.StatusRequestEntityTooLarge, Title: "Too much at once", Text: "So many files cannot be ticked at once. Go back and take the whole folder.", Home: true},
	errForgotten:        {Status: http.StatusNotFound, Title: "Not kept any more", Text: "What was ticked is kept for some hours only, and until sharing ends. Go back to the folder and tick it again.", Home: true},
	archive.ErrCrowded:  {Status: http.StatusServiceUnavailable, Title: "Too busy", Text: "Many are downloading whole folders just now. Try again in a moment.", Home: true},
	archive.ErrTooLarge: {Status: http.StatusForbidden, Title: "Too many files", Text: "There are too many files here for one download. Take the folders in it one by one.", Home: true},
	traffic.ErrCanceled: {Status: http.StatusForbidden, Title: "Cancelled", Text: "The owner has cancelled this. It can be tried again in a minute.", Home: true},
	errBadForm:          {Status: http.StatusBadRequest, Title: "Not understood", Text: "The form did not arrive as it should. Go back and try again."},
}

// brokenOff is an error after part of the answer has gone out: there is no
// other way to tell the client than to break off.
type brokenOff struct{ error }

// Unwrap returns the error that broke the answer off.
func (b brokenOff) Unwrap() error { return b.error }

// answers is what every handler needs to answer with.
type answers struct {
	pages *page.Pages
	guard *access.Guard
}

// answering makes an http.Handler of one that returns an error. It is the
// only place where an error becomes a status and a body; the error's own
// text, which may name paths of this computer, never goes out.
func (a answers) answering(h func(http.ResponseWriter, *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		defer noteProgrammingError(q)
		if err := h(w, q); err != nil {
			a.fail(w, q, err)
		}
	})
}

// fail answers with an error, or breaks off the answer that has begun.
func (a answers) fail(w http.ResponseWriter, q *http.Request, err error) {
	slog.Debug("request failed", "target", q.URL.Path, "error", err)
	if _, begun := errors.AsType[brokenOff](err); begun {
		panic(http.ErrAbortHandler)
	}
	m := messageFor(err)
	if m.Status == http.StatusMethodNotAllowed && err == errMethod && a.guard.Policy().Visitors > access.Read {
		m.Title, m.Text = "Not possible", "This cannot be done with what is at this address."
	}
	if m.Status == http.StatusInternalServerError && needs(q) > access.Read {
		m.Title, m.Text = "Could not be stored", "The computer that shares this folder could not write this. Try again, or ask its owner."
	}
	a.answer(w, q, m)
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

// messageFor says what a visitor is told about an error.
func messageFor(err error) page.Message {
	if m, ok := refusals[err]; ok {
		return m
	}
	for _, r := range notReceived {
		if errors.Is(err, r.err) {
			return r.Message
		}
	}
	switch {
	case errors.Is(err, media.ErrNoThumbnail):
		return page.Message{Status: http.StatusNotFound, Title: "No small picture", Text: "No small picture can be made of this file. Open or download the file itself.", Home: true}
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
func (a answers) answer(w http.ResponseWriter, q *http.Request, m page.Message) {
	h := w.Header()
	for _, of := range []string{"Content-Length", "Content-Encoding", "Content-Disposition", "Etag", "Last-Modified"} {
		h.Del(of) // of the answer that failed
	}
	h.Set("Cache-Control", "no-store")
	h.Add("Vary", "Accept")
	if m.Status == http.StatusMethodNotAllowed && h.Get("Allow") == "" {
		h.Set("Allow", "GET, HEAD, OPTIONS"+a.writes())
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
	pages := a.pagesFor(w, q)
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
func (a answers) pagesFor(w http.ResponseWriter, q *http.Request) *page.Pages {
	w.Header().Add("Vary", "Accept-Language")
	return a.pages.In(q.Header.Get("Accept-Language"))
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
