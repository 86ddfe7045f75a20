package server

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"windowsill/server/access"
	"windowsill/server/traffic"
)

// keyOf is the context's key for the key that came with a request.
type keyOf struct{}

// takeKey takes the key out of a request's address before anything else sees
// it, so that it gets into no log, no page and no redirect.
func takeKey(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		if rest, key, ok := cutKey(q.URL.RawQuery); ok {
			q = q.WithContext(context.WithValue(q.Context(), keyOf{}, key))
			u := *q.URL
			u.RawQuery, u.ForceQuery = rest, false
			q.URL, q.RequestURI = &u, u.RequestURI()
		}
		if strings.Contains(q.Referer(), "key=") {
			q.Header.Del("Referer")
		}
		next.ServeHTTP(w, q)
	})
}

// cutKey returns a query without its key, and the key, if it holds one.
func cutKey(query string) (rest, key string, ok bool) {
	if !strings.Contains(query, "key=") {
		return query, "", false
	}
	var others []string
	for pair := range strings.SplitSeq(query, "&") {
		value, isKey := strings.CutPrefix(pair, "key=")
		if !isKey {
			others = append(others, pair)
			continue
		}
		if plain, err := url.QueryUnescape(value); err == nil {
			key = plain
		}
		ok = true
	}
	return strings.Join(others, "&"), key, ok
}

// cleanTarget returns the part of an address that may follow a redirect: a
// path of this share and a query without key. What is no such thing becomes
// the share itself.
func cleanTarget(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || u.Opaque != "" || strings.HasPrefix(address, "//") {
		return "/"
	}
	// More than one slash in front would be another host's address.
	to := "/" + strings.TrimLeft(u.EscapedPath(), "/")
	if rest, _, _ := cutKey(u.RawQuery); rest != "" {
		to += "?" + encodeOdd(rest)
	}
	return to
}

// encodeOdd percent-encodes what may not stand in a query (RFC 3986 3.4) and
// would not survive in a header.
func encodeOdd(query string) string {
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

// visitorOf is what a request tells about whoever sent it.
func visitorOf(q *http.Request) access.Visitor {
	name, mobile := traffic.NameOf(q.UserAgent())
	return access.Visitor{Addr: traffic.AddrOf(q), Name: name, Mobile: mobile}
}

// cookieValue returns the value of the first cookie with a name; "" if there
// is none. It allocates nothing: every request asks.
func cookieValue(h http.Header, name string) string {
	for _, line := range h["Cookie"] {
		for pair := range strings.SplitSeq(line, ";") {
			pair = strings.Trim(pair, " \t")
			if len(pair) > len(name) && pair[len(name)] == '=' && pair[:len(name)] == name {
				return strings.Trim(pair[len(name)+1:], `"`)
			}
		}
	}
	return ""
}

// remember sets the cookie by which a device is known from now on.
func (s *site) remember(w http.ResponseWriter, token string) {
	http.SetCookie(w, &http.Cookie{
		Name: s.cookie, Value: token, Path: "/",
		HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}
