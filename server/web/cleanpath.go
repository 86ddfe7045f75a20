package web

import (
	"fmt"
	"net/http"
	"net/url"
	"path"
	"strings"
)

// cleanPath redirects a path with empty or dotted elements to the address that
// it means, so that each file has one. ServeMux would do so too, but encodes
// once more what is encoded already. A request with a key goes on, since it is
// redirected anyway once the key has been looked at, and so do all methods that
// browsers do not use: few drives' clients follow a redirect.
func cleanPath(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		given := q.URL.EscapedPath()
		clean := clean(given)
		if clean == given {
			next.ServeHTTP(w, q)
			return
		}
		u, err := url.Parse(clean)
		if err != nil {
			next.ServeHTTP(w, q)
			return
		}
		u.RawQuery = encodeQuery(q.URL.RawQuery)
		if _, ok := keyOf(q); ok || !followsRedirects(q.Method) {
			q = q.WithContext(q.Context())
			q.URL, q.RequestURI = u, u.RequestURI()
			next.ServeHTTP(w, q)
			return
		}
		w.Header().Set("Location", u.RequestURI())
		w.Header().Set("Cache-Control", "no-cache")
		w.WriteHeader(http.StatusTemporaryRedirect)
	})
}

func followsRedirects(method string) bool {
	return method == http.MethodGet || method == http.MethodHead || method == http.MethodPost
}

// clean returns a path without empty and dotted elements.
func clean(p string) string {
	if p == "" || p[0] != '/' {
		return p
	}
	clean := path.Clean(p)
	if strings.HasSuffix(p, "/") && clean != "/" {
		clean += "/"
	}
	return clean
}

// cleanTarget returns the part of an address that a redirect may lead to: a
// path of this share, and a query without key. For anything else it returns
// the share itself.
func cleanTarget(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || u.Opaque != "" || strings.HasPrefix(address, "//") {
		return "/"
	}
	// More than one slash in front would be another host's address.
	to := "/" + strings.TrimLeft(u.EscapedPath(), "/")
	if rest, _, _ := cutKey(u.RawQuery); rest != "" {
		to += "?" + encodeQuery(rest)
	}
	return to
}

// encodeQuery percent-encodes what may not stand in a query (RFC 3986 3.4) and
// would not survive in a header. It leaves alone what is encoded already.
func encodeQuery(query string) string {
	var b strings.Builder
	for i := range len(query) {
		if c := query[i]; c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}#", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}
