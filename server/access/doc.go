// Package access decides who may come in to a share, and what they may do
// there: by the key in its link, by a click of the owner, by a PIN.
//
// A [Guard] belongs to one share and forgets everything with it. It knows no
// HTTP: the server tells it what a visitor brought along (a key, a PIN, a
// token) and asks what follows. It writes nothing to disk.
package access
