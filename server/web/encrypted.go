package web

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"windowsill/server/access"
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
	// Authority returns the certificate of this computer's own authority in DER,
	// and the same as a profile for Apple's systems; nil if another one has
	// signed the share's.
	Authority func() (certificate, profile []byte)
}

// onlyEncrypted answers what has come without encryption to a share that is
// encrypted: a browser is led on, all else is refused. A key or a PIN that came with
// it is good for nothing any more.
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
			c.Guard.Exposed(key, pinOf(q))
			// aria2 (1.36) would begin to speak TLS on this connection.
			w.Header().Set("Connection", "close")
			return unencrypted(w, q, c.Location.TLS)
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

func unencrypted(w http.ResponseWriter, q *http.Request, at *TLS) error {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	switch {
	case q.URL.Path == ours+"wait": // of a door that was opened before the owner encrypted the share
		h.Set("Content-Type", "application/json")
		return abort(json.NewEncoder(w).Encode(map[string]string{"status": access.Unknown.String()}))
	case navigates(q):
		leadTo(w, at.Origin(hostOf(q.Host))+cleanTarget(q.URL.RequestURI()), http.StatusTemporaryRedirect)
		return nil
	}
	return errNotEncrypted
}

// navigates reports whether a request is that of a browser which goes to a page and
// shows what it is led to. The scripts of our pages ask for HTML alone, and reload
// the page when they are refused: they could not go on at another address.
func navigates(q *http.Request) bool {
	if q.Method != http.MethodGet && q.Method != http.MethodHead || speaksDAV(q) {
		return false
	}
	accept := q.Header.Get("Accept")
	return q.Header.Get("Upgrade-Insecure-Requests") == "1" || accept != "text/html" && strings.Contains(accept, "text/html")
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
