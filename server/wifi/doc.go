// Package wifi makes the QR code text by which a phone joins a wireless network,
// and knows the name of the network that this computer is on.
//
// It never reads a password: the owner has to type it.
package wifi
