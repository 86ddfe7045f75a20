package web

import (
	"net/http"
	"net/url"
	"strings"
)

// checkOrigin refuses writes that another web page has a browser send.
func checkOrigin(respond responder) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		check := http.NewCrossOriginProtection()
		check.SetDenyHandler(respond.handler(func(http.ResponseWriter, *http.Request) error { return errOrigin }))
		return check.Handler(next)
	}
}

// checkReferer does the same for browsers that are too old to send more than
// a Referer of where a request comes from.
func checkReferer(respond responder) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return respond.handler(func(w http.ResponseWriter, q *http.Request) error {
			if h := q.Header; h.Get("Referer") != "" && h.Get("Origin") == "" && h.Get("Sec-Fetch-Site") == "" && !isSafe(q.Method) {
				if u, err := url.Parse(q.Referer()); err != nil || !strings.EqualFold(u.Host, q.Host) {
					return errOrigin
				}
			}
			next.ServeHTTP(w, q)
			return nil
		})
	}
}

// originOf returns the origin that a request was sent to.
func originOf(q *http.Request) string {
	if q.TLS != nil {
		return "https://" + q.Host
	}
	return "http://" + q.Host
}

// isSafe reports whether a method changes nothing (RFC 9110 9.2.1).
func isSafe(method string) bool {
	return method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions
}
