// Package access decides who may come in to a share, and what they may do
// there: by the key in its link, by a click of the owner, by a PIN.
//
// A [Guard] belongs to one share and forgets everything with it. It knows no
// HTTP: its caller says what a device has brought (a key, a PIN, a token) and
// asks what follows from that. It writes nothing to disk.
//
// A device that is blocked is known again by its cookie, by its address and,
// where the system tells it, by its hardware address, which holds over IPv4 and
// IPv6 alike. One that changes all of them is another device.
package access
