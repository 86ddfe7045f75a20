package web

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"
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
			if !isOwnHost(q.Host, at.Hostname, at.Domains()) && !isAnnounced(q.Host, at.Name()) && !at.TLS.holds(q.Host) {
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
	return name != "" && strings.EqualFold(hostOf(host), name)
}

// holds reports whether a Host header is a name that the share's certificate holds.
func (t *TLS) holds(host string) bool { return t != nil && t.Covers(hostOf(host)) }

// hostOf returns a Host header without its port and without the dot that may
// end a name.
func hostOf(header string) string {
	if host, _, err := net.SplitHostPort(header); err == nil {
		header = host
	}
	return strings.TrimSuffix(header, ".")
}

// unregistrable are domains in which nobody can register a name on the internet,
// and which networks at home use: RFC 6762 (local and appendix G), RFC 8375
// (home.arpa), ICANN's resolution of 2024-07-29 (internal); lan and localdomain
// by custom.
var unregistrable = []string{"local", "lan", "home", "home.arpa", "internal", "localdomain"}

// isOwnHost reports whether a Host header names this computer: by an IP
// address, as localhost, or by its hostname, as it is or in a domain that is
// either one of domains or can be nobody's on the internet. Names in all other
// domains may be somebody else's, whatever they resolve to here.
func isOwnHost(host, hostname string, domains []string) bool {
	host = hostOf(host)
	if _, err := netip.ParseAddr(strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")); err == nil {
		return true
	}
	host = strings.ToLower(host)
	if host == "localhost" || hostname != "" && host == hostname {
		return true
	}
	short, _, _ := strings.Cut(hostname, ".")
	name, domain, qualified := strings.Cut(host, ".")
	if short == "" || name != short {
		return false
	}
	return !qualified || slices.Contains(unregistrable, domain) || slices.Contains(domains, domain) && !isPublicSuffix(domain)
}

// isPublicSuffix reports whether anybody can register a name in a domain, as in
// "co.uk": that name need not be this computer's, even if the network has told
// the computer to search the domain.
func isPublicSuffix(domain string) bool {
	suffix, icann := publicsuffix.PublicSuffix(domain)
	return suffix == domain && (icann || strings.Contains(suffix, ".")) // others are not on the list
}
