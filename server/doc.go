// Package server shares one folder over HTTP and tells what is going on
// meanwhile. It runs without a window, reads no settings and no environment.
//
// # The way of a request
//
// listener (package conns: limits on connections) → takeKey (visitor.go: the key
// leaves the address before anything sees it) → traffic (record, count,
// deadlines that move with progress) → host check (host.go) → the checks for
// other origins → straighten (visitor.go: one address for each file) →
// ServeMux (routes.go) → admit (admit.go: who may come in;
// door.go for those who may not yet) → permit (what they may do) → one handler
// (files.go, open.go, folders.go, search.go, thumbs.go, archive.go, selections.go,
// count.go, live.go; receive.go, form.go, tus.go and change.go write, by way of package
// receive) → share (the only way to the disk) → the kernel.
// Each of these has only what it needs (site.go puts them together).
// Handlers return errors; answer.go alone turns an error into a status and a
// friendly body, and an error's own text never goes out.
//
// What the owner does, such as letting in and sending away, is in owner.go.
//
// # Goroutines
//
// net/http has one per connection; one that is idle has a smaller one of
// conns instead. Each share has one that looks after it
// (tend: is the folder still there, has the address changed), one that hears
// of changes in it (share.Watcher), and one that tidies up after uploads that
// were given up; each watcher has one that calls it. All end with Stop or
// cancel. A page that is open holds one request (live.go), which Stop ends.
//
// # Where a share is
//
// A run has a place (place.go: its addresses and networks), a listener that
// listens where the place says and can move (package conns), a herald that announces a name
// there (herald.go), and a watchman that looks for firewalls (obstacle.go).
// tend asks for the addresses whenever the system says that they have changed,
// and all of them follow. Open pages are told the other addresses beforehand
// (elsewhere.go).
//
// # Locks
//
// Server.op makes Start and Stop follow each other; Server.mu guards the
// state, is held for moments only and never while a callback runs.
//
// # What it does not do
//
// It writes to the shared folder only what visitors may and do send, never
// over something unless they ask for that too. It keeps nothing of who came in
// longer than the process lives.
package server
