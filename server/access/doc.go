// Package access decides who may come in to a share, and what they may do
// there: by the key in its link, by a click of the owner, by a PIN.
//
// A [Guard] belongs to one share and forgets everything with it. It knows no
// HTTP: its caller says what a device has brought (a key, a PIN, a token) and
// asks what follows from that. It writes nothing to disk.
package access
