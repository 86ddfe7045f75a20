// Package conns accepts connections: a [Listener] limits how many there are,
// in all and from one address, and can move to another address of this
// computer without losing them; a [Conn] can be corked, so that a small answer
// goes out with its header in one packet.
//
// golang.org/x/net/netutil (v0.62.0) limits connections too, but makes those that
// are too many wait, and knows no addresses.
//
// # Idle connections
//
// net/http keeps some 24 KB for each connection. One that has been idle for a
// while is parked instead: the server believes that it has closed it, and a
// small goroutine waits for its next byte to hand it back.
//
// # Goroutines and locks
//
// There is one goroutine for each parked connection, which ends when
// something comes, at its time-out, or when the connection is closed.
// Listener.listening is held while it moves; Listener.mu guards the
// connections and is held for moments only. Neither is held while Admits is
// called.
//
// # What it does not do
//
// It knows nothing of HTTP beyond [http.ConnState], nothing of TLS, and not
// who may come in: it asks.
package conns
