package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"windowsill/server/access"
)

// keyContext is the context's key for the key that came with a request.
type keyContext struct{}

// keyOf returns the key that came with a request.
func keyOf(q *http.Request) (key string, ok bool) {
	key, ok = q.Context().Value(keyContext{}).(string)
	return key, ok
}

// takeKey takes the key out of a request's address before anything else sees
// it, so that it gets into no log, no page and no redirect.
func takeKey(guard *access.Guard) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
			if rest, key, ok := cutKey(q.URL.RawQuery); ok {
				q = q.WithContext(context.WithValue(q.Context(), keyContext{}, key))
				u := *q.URL
				u.RawQuery, u.ForceQuery = rest, false
				q.URL, q.RequestURI = &u, u.RequestURI()
			}
			if key := guard.Key(); strings.Contains(q.RequestURI, key) {
				q = withoutKey(q, key)
			}
			if before, query, ok := strings.Cut(q.Referer(), "?"); ok && strings.Contains(query, "key=") {
				q.Header.Set("Referer", before)
			}
			next.ServeHTTP(w, q)
		})
	}
}

// withoutKey returns a request with the key struck out of its address, for one
// that holds it in a place where nobody looks for it.
func withoutKey(q *http.Request, key string) *http.Request {
	strike := strings.NewReplacer(key, "-")
	u := *q.URL
	u.Path, u.RawPath, u.RawQuery = strike.Replace(u.Path), strike.Replace(u.RawPath), strike.Replace(u.RawQuery)
	q = q.WithContext(q.Context())
	q.URL, q.RequestURI = &u, strike.Replace(q.RequestURI)
	return q
}

// cutKey returns a query without its key, and the key if it holds one. It
// understands links, too, that some program has encoded once more.
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
