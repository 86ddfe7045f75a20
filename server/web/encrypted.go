package web

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"windowsill/server/access"
	"windowsill/server/page"
)

// TLS is what there is to know of a share that is encrypted.
type TLS struct {
	// Origin returns where a browser is to go on that came to a host without
	// encryption, such as "https://192.168.1.20:8000". The port is not that of
	// the request: some clients leave it out of their Host header.
	Origin func(host string) string
	// Covers reports whether the certificate is good for a host, which then is
	// one of this computer's names.
	Covers func(host string) bool
	// Shown returns what people are shown of the certificate.
	Shown func() page.Trust
	// Authority returns the certificate of this computer's own authority in DER,
	// and the same as a profile for Apple's systems; nil if another one has
	// signed the share's.
	Authority func() (certificate, profile []byte)
}

// onlyEncrypted answers what has come without encryption to a share that is
// encrypted: a browser is led on, all else is refused. A key, a PIN or a cookie that came
// with it is good for nothing any more.
func onlyEncrypted(respond responder, c Config) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		if c.Location.TLS == nil {
			return next
		}
		return respond.handler(func(w http.ResponseWriter, q *http.Request) error {
			if q.TLS != nil {
				next.ServeHTTP(w, q)
				return nil
			}
			if _, _, _, ours := c.Pages.Asset(strings.TrimPrefix(q.URL.Path, ours)); ours {
				next.ServeHTTP(w, q) // of a page that says what is wrong
				return nil
			}
			key, _ := keyOf(q)
			c.Guard.Exposed(key, cookieValue(q.Header, cookieName(c.Location)), pinOf(q))
			// aria2 (1.36) would begin to speak TLS on this connection.
			w.Header().Set("Connection", "close")
			return unencrypted(w, q, c.Pages, c.Location.TLS)
		})
	}
}

// pinOf returns what a request says of the PIN, nil if nothing. From a digest the
// PIN is found out within a moment.
func pinOf(q *http.Request) access.Proof {
	if c, ok := parseDigest(q.Header.Get("Authorization")); ok {
		return c.proof(q.Method)
	}
	if _, pin, ok := q.BasicAuth(); ok && pin != "" {
		return access.Typed(pin)
	}
	return nil
}

func unencrypted(w http.ResponseWriter, q *http.Request, pages *page.Pages, at *TLS) error {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	switch {
	case q.URL.Path == ours+"wait": // of a door that was opened before the owner encrypted the share
		h.Set("Content-Type", "application/json")
		return abort(json.NewEncoder(w).Encode(map[string]string{"status": access.Unknown.String()}))
	case navigates(q) && q.Method == http.MethodGet && asksForHTML(q) && at.Shown().Authority != "":
		return forewarn(w, q, pages, at.Origin(hostOf(q.Host)))
	case navigates(q):
		leadTo(w, at.Origin(hostOf(q.Host))+cleanTarget(q.URL.RequestURI()), http.StatusTemporaryRedirect)
		return nil
	}
	return errNotEncrypted
}

// forewarn says to a browser which warning it will show next.
func forewarn(w http.ResponseWriter, q *http.Request, pages *page.Pages, origin string) error {
	h := w.Header()
	setPageHeaders(h)
	if !strings.Contains(origin, "[") { // policies know no IPv6 addresses (CSP 3, section 2.3.1)
		h.Set("Content-Security-Policy", strings.Replace(contentPolicy, "img-src 'self'", "img-src 'self' "+origin, 1))
	}
	h.Set("Referrer-Policy", "no-referrer")
	in := inLanguage(pages, w, q)
	return abort(in.Warning(w, page.Warning{To: origin + cleanTarget(q.URL.RequestURI()), Browser: browserOf(q.UserAgent())}))
}

// browserOf returns how a browser warns. All on an iPhone warn as Safari does, and those
// of its engine on Linux each in a way of its own.
func browserOf(agent string) page.Browser {
	has := func(part string) bool { return strings.Contains(agent, part) }
	switch {
	case has("iPhone"), has("iPad"):
		return page.Safari
	case has("Firefox/"):
		return page.Firefox
	case has("Chrome/"):
		return page.Chrome
	case has("Safari/") && has("Macintosh"):
		return page.Safari
	}
	return page.OtherBrowser
}

// sayTrusted answers a page that has come without encryption with a picture, which it
// can show only if its browser trusts the certificate.
func (t *TLS) sayTrusted(w http.ResponseWriter, q *http.Request) error {
	if t == nil {
		return errNotFound
	}
	return sendMark(w)
}

// trust shows how a device comes to trust this computer, and how people compare.
func (t *TLS) trust(pages *page.Pages) handlerFunc {
	return func(w http.ResponseWriter, q *http.Request) error {
		if t == nil {
			return errNotFound
		}
		if done, err := readOnly(w, q, ""); done || err != nil {
			return err
		}
		w.Header().Set("Cache-Control", "no-store")
		setPageHeaders(w.Header())
		in := inLanguage(pages, w, q)
		if q.Method == http.MethodHead {
			return nil
		}
		return abort(in.Trust(w, t.Shown()))
	}
}

// away sends the service worker by which a browser says that the computer is gone. It
// works for the whole share, and stores nothing of it.
func (t *TLS) away(pages *page.Pages) handlerFunc {
	return func(w http.ResponseWriter, q *http.Request) error {
		if t == nil {
			return errNotFound
		}
		if done, err := readOnly(w, q, ""); done || err != nil {
			return err
		}
		h := w.Header()
		h.Set("Content-Type", "text/javascript; charset=utf-8")
		h.Set("Cache-Control", "no-cache")
		h.Set("Service-Worker-Allowed", "/") // Service Workers, section 6.1
		in := inLanguage(pages, w, q)
		if q.Method == http.MethodHead {
			return nil
		}
		return abort(in.AwayWorker(w))
	}
}

// words returns those of the certificate, "" if the share is not encrypted.
func (t *TLS) words() string {
	if t == nil {
		return ""
	}
	return t.Shown().Words
}

// navigates reports whether a request is that of a browser which goes to a page and
// shows what it is led to, or of a program that asks as one does. The scripts of our
// pages ask for HTML alone and say from which page (its Referrer-Policy has them), and
// reload that when they are refused: they could not go on at another address.
func navigates(q *http.Request) bool {
	if q.Method != http.MethodGet && q.Method != http.MethodHead || speaksDAV(q) {
		return false
	}
	accept := q.Header.Get("Accept")
	isScript := accept == "text/html" && q.Header.Get("Referer") != ""
	return q.Header.Get("Upgrade-Insecure-Requests") == "1" || !isScript && strings.Contains(accept, "text/html")
}

const (
	authorityPath = ours + "authority.crt"
	profilePath   = ours + "authority.mobileconfig"
)

// authority hands out the certificate of this computer's own authority, for devices
// that are to trust it. Everybody may have it: it is how they check the others.
func (t *TLS) authority(w http.ResponseWriter, q *http.Request) error {
	if t == nil {
		return errNotFound
	}
	content, profile := t.Authority()
	if content == nil {
		return errNotFound
	}
	if done, err := readOnly(w, q, ""); done || err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "application/x-x509-ca-cert")
	if q.URL.Path == profilePath {
		content = profile
		h.Set("Content-Type", "application/x-apple-aspen-config")
	}
	h.Set("Cache-Control", "no-store")
	return serveContent(w, q, time.Time{}, bytes.NewReader(content))
}
