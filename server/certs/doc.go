// Package certs has the certificates by which devices reach a share over TLS:
// those that this computer signs itself (authority.go, sign.go), and those that a
// person has from elsewhere (files.go).
//
// An [Authority] is this computer's own. It is kept on the disk, so that a device
// has to trust it once only, and signs one certificate for the names and addresses
// of today. What it may sign is written into it: private addresses and names that
// nobody can register (RFC 5280, section 4.2.1.10). That keeps a stolen key from
// being of much use against devices that trust it, though not every client heeds
// such constraints, so nobody should count on them.
//
// Which forms of certificates clients take was measured with some thirty of them;
// the comments say where a choice follows from that.
//
// crypto/tls/generate_cert.go and smallstep's truststore make certificates too, but
// without constraints; mkcert and others install what they made, which is for the
// person to do here.
//
// # What it does not do
//
// It opens no connection and asks nobody on the network. It installs nothing: what
// a device trusts is decided there.
package certs
