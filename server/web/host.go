package web

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// checkHost refuses requests whose Host is none of this computer's names. A
// web page elsewhere may make its own name point to this computer (DNS
// rebinding); a browser would then take what is shared here for that page's
// own.
func checkHost(respond responder, at Location) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return respond.handler(func(w http.ResponseWriter, q *http.Request) error {
			if q.Host == "" && !q.ProtoAtLeast(1, 1) {
				next.ServeHTTP(w, q) // HTTP/1.0 has no Host header; what a browser sends has one
				return nil
			}
			if !isOwnHost(q.Host, at.Hostname) && !isAnnounced(q.Host, at.Name()) {
				return errHost
			}
			next.ServeHTTP(w, q)
			return nil
		})
	}
}

// isAnnounced reports whether a Host header is the name that is announced; ""
// is no name.
func isAnnounced(host, name string) bool {
	if bare, _, err := net.SplitHostPort(host); err == nil {
		host = bare
	}
	return name != "" && strings.EqualFold(strings.TrimSuffix(host, "."), name)
}

// isOwnHost reports whether a Host header names this computer: by an IP
// address, as localhost, or by its hostname, with ".local" or as it is.
func isOwnHost(host, hostname string) bool {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	if ip := strings.TrimSuffix(strings.TrimPrefix(host, "["), "]"); ip != "" {
		if _, err := netip.ParseAddr(ip); err == nil {
			return true
		}
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if host == "localhost" || hostname != "" && host == hostname {
		return true
	}
	first, _, _ := strings.Cut(hostname, ".")
	return first != "" && host == first+".local"
}
