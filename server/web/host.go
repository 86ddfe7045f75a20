package web

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// hosts knows by which names this computer is called.
type hosts struct {
	responder
	hostname  string        // this computer's, in lower case; "" if unknown
	announced func() string // the name by which the network finds it; "" while there is none
}

// checkHost refuses requests whose Host is none of this computer's names. A
// web page elsewhere may make its own name point to this computer (DNS
// rebinding); the visitor's browser would then take what is shared here for
// that page's own.
func (h *hosts) checkHost(next http.Handler) http.Handler {
	return h.answering(func(w http.ResponseWriter, q *http.Request) error {
		if !isOwnHost(q.Host, h.hostname) && !h.isAnnounced(q.Host) {
			return errHost
		}
		next.ServeHTTP(w, q)
		return nil
	})
}

// isAnnounced reports whether a Host header is the name that is announced.
func (h *hosts) isAnnounced(host string) bool {
	if h.announced == nil {
		return false
	}
	if bare, _, err := net.SplitHostPort(host); err == nil {
		host = bare
	}
	name := h.announced()
	return name != "" && strings.EqualFold(strings.TrimSuffix(host, "."), name)
}

// isOwnHost reports whether a Host header names this computer: by an IP
// address, as localhost, or by its name, with ".local" or as it is.
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
