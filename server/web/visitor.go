package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"strings"

	"windowsill/server/access"
	"windowsill/server/traffic"
)

// keyOf is the context's key for the key that came with a request.
type keyOf struct{}

// takeKey takes the key out of a request's address before anything else sees
// it, so that it gets into no log, no page and no redirect.
func (d *door) takeKey(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		if rest, key, ok := cutKey(q.URL.RawQuery); ok {
			q = q.WithContext(context.WithValue(q.Context(), keyOf{}, key))
			u := *q.URL
			u.RawQuery, u.ForceQuery = rest, false
			q.URL, q.RequestURI = &u, u.RequestURI()
		}
		if key := d.guard.Key(); strings.Contains(q.RequestURI, key) {
			q = withoutKey(q, key)
		}
		if before, query, ok := strings.Cut(q.Referer(), "?"); ok && strings.Contains(query, "key=") {
			q.Header.Set("Referer", before)
		}
		next.ServeHTTP(w, q)
	})
}

// withoutKey returns a request with the key struck out where it stands in a
// way that nobody understands.
func withoutKey(q *http.Request, key string) *http.Request {
	strike := strings.NewReplacer(key, "-")
	u := *q.URL
	u.Path, u.RawPath, u.RawQuery = strike.Replace(u.Path), strike.Replace(u.RawPath), strike.Replace(u.RawQuery)
	q = q.WithContext(q.Context())
	q.URL, q.RequestURI = &u, strike.Replace(q.RequestURI)
	return q
}

// cutKey returns a query without its key, and the key, if it holds one. It
// knows links too that a program on their way has encoded once more.
func cutKey(query string) (rest, key string, ok bool) {
	if !strings.Contains(query, "key") && !strings.Contains(query, "%") {
		return query, "", false
	}
	var others []string
	for pair := range strings.SplitSeq(query, "&") {
		plain, err := url.QueryUnescape(pair)
		if value, isKey := strings.CutPrefix(plain, "key="); isKey {
			key, ok = value, true
		} else if err != nil && strings.HasPrefix(pair, "key=") {
			ok = true
		} else {
			others = append(others, pair)
		}
	}
	return strings.Join(others, "&"), key, ok
}

// straighten leads to the address that a path with empty or dotted elements
// means. ServeMux would do so too, but encodes again what is encoded already.
// Who brings a key is led there with the key's own redirect.
func straighten(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		crooked := q.URL.EscapedPath()
		straight := straightPath(crooked)
		if straight == crooked {
			next.ServeHTTP(w, q)
			return
		}
		u, err := url.Parse(straight)
		if err != nil {
			next.ServeHTTP(w, q)
			return
		}
		u.RawQuery = encodeOdd(q.URL.RawQuery)
		if _, ok := q.Context().Value(keyOf{}).(string); ok {
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

// straightPath returns a path without empty and dotted elements.
func straightPath(p string) string {
	if p == "" || p[0] != '/' {
		return p
	}
	straight := path.Clean(p)
	if strings.HasSuffix(p, "/") && straight != "/" {
		straight += "/"
	}
	return straight
}

// refuseReferred refuses a write that another page's address came with, from a
// browser too old to say more of where it comes from.
func (a responder) refuseReferred(next http.Handler) http.Handler {
	return a.answering(func(w http.ResponseWriter, q *http.Request) error {
		if h := q.Header; h.Get("Referer") != "" && h.Get("Origin") == "" && h.Get("Sec-Fetch-Site") == "" && changesState(q.Method) {
			if u, err := url.Parse(q.Referer()); err != nil || !strings.EqualFold(u.Host, q.Host) {
				return errOrigin
			}
		}
		next.ServeHTTP(w, q)
		return nil
	})
}

// changesState reports whether a method may do so (RFC 9110 9.2.1).
func changesState(method string) bool {
	return method != http.MethodGet && method != http.MethodHead && method != http.MethodOptions
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
func (d *door) remember(w http.ResponseWriter, token string) {
	http.SetCookie(w, &http.Cookie{
		Name: d.cookie, Value: token, Path: "/",
		HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}
