// Package conns accepts connections. A [Listener] limits how many there are, in
// all and from one address, and can move to another address of this computer
// without losing them (socket.go, limiter.go). A [Conn] can be corked, so that a
// small answer goes out in one packet with its header (cork.go), and be waited for
// between two pieces of a file instead of inside net/http (fill.go).
//
// A client that ends its sending side has not left: it may wait for the answer.
// A Conn keeps that end from net/http while a request is being answered, and
// remembers a write that failed, which is what says that a client left (peer.go).
//
// golang.org/x/net/netutil (v0.62.0) limits connections too, but makes those
// that are too many wait, and tells no addresses apart.
//
// # Parking
//
// net/http keeps two buffers and a stack for each connection, 19 KB together.
// A connection that has been idle for a tenth of a second is parked instead
// (park.go): net/http closes it, as it thinks, and a small goroutine waits for
// the next byte to hand it back as if it were new. That takes 4 KB.
//
// It stays because nothing simpler keeps 5,000 idle connections below 100 MB:
// 87 MB at once and 66 after 3 s, where net/http alone has 155 and 131. A
// time-out of 5 s in its place has 154 and 131, one of a second 142 and 44, and
// every pause in reading would cost a connection (.ci/docs/measured.md).
//
// What net/http holds of the next request must not get lost when it gives a
// connection up. [Conn] sees that from the size of the buffer that net/http
// reads into; FuzzParking tests that it is so.
//
// # TLS
//
// Where Config.TLS is set, the first byte of a connection tells whether its client
// speaks TLS (secure.go). A Conn decrypts by itself then, below what net/http sees,
// so that it is parked and corked as any other. One with HTTP/2 is no Conn to
// net/http: it is handed on as *tls.Conn, and stays with net/http until it ends; its
// records are sent together by a goroutine that is there while there are any
// (outbox.go). Where Config.TLS is nil, a client that speaks TLS is told at once that
// there is none (tls.go).
//
// # Goroutines and locks
//
// Each connection that has said nothing yet has one goroutine where TLS is spoken,
// which ends after the handshake. Each parked connection has one goroutine. It ends when something comes, when
// the connection has been idle for Config.IdleTimeout, or with
// [Listener.CloseIdle]. socket.mu is held while the listener moves, limiter.mu
// for moments only. Neither is held while Admits runs.
//
// # What it does not do
//
// It speaks no HTTP, and does not know who may come in: it asks.
package conns
