// Package announce gives a share a name on the local network: it announces it by
// multicast DNS (RFC 6762) and DNS-based service discovery (RFC 6763), as a page
// for browsers and as a drive for file managers, and answers queries for it.
//
// It answers for its own names only and queries no others. It probes whether the
// names are free, adds a number if they are not, sends goodbyes at the end, and
// sends nothing beyond the local link.
//
// Of the modules for this, github.com/hashicorp/mdns (v1.0.7) neither probes nor
// sends goodbyes, and github.com/brutella/dnssd (v1.2.14) does not say when a
// conflict has changed a name, and keeps sending for a while after its end. What
// is needed is little on top of golang.org/x/net/dns/dnsmessage.
package announce
