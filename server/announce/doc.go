// Package announce gives a share a name on the local network: it announces it
// by multicast DNS (RFC 6762) and DNS-based service discovery (RFC 6763), and
// answers who asks.
//
// It answers for its own names alone and asks for no others. It first asks
// whether anybody has them already and takes a number if so, tells the network
// when the names end, and says nothing beyond the local link.
package announce
