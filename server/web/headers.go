package web

import "net/http"

// Values of headers that all answers share, so that no request allocates them.
// They must not be written to.
var (
	noSniff    = []string{"nosniff"}
	sameOrigin = []string{"same-origin"}
	// revalidate keeps caches from answering by themselves, and all but a
	// device's own from keeping anything: another share may stand at this
	// address tomorrow.
	revalidate = []string{"private, no-cache"}
	// revalidateShared lets a proxy keep what everybody may have. It still asks
	// each time, so nothing comes from it once the share is closed.
	revalidateShared = []string{"no-cache"}
)

// setCommonHeaders sets the headers that every answer has.
func setCommonHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		h := w.Header()
		h["X-Content-Type-Options"] = noSniff
		// No page elsewhere may show what is shared here as its own.
		h["Cross-Origin-Resource-Policy"] = sameOrigin
		if len(q.TransferEncoding) > 0 {
			// There may have been a Content-Length too, which net/http
			// drops before anybody sees it; then the connection has to
			// end (RFC 9112, section 6.1).
			h.Set("Connection", "close")
		}
		next.ServeHTTP(w, q)
	})
}

// contentPolicy says what our own pages may load: nothing but what comes from
// here, and no script that stands in the page itself.
const contentPolicy = "default-src 'self'; object-src 'none'; frame-src 'none'; worker-src 'self'; font-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// setPageHeaders sets the headers of every HTML page that is ours.
func setPageHeaders(h http.Header) {
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", contentPolicy)
	h.Set("X-Frame-Options", "DENY") // for browsers older than frame-ancestors
	// Not "no-referrer": with that a browser sends a form of ours with the
	// Origin null, which checkOrigin would refuse.
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()")
}
