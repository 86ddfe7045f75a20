// Package server shares one folder over HTTP and tells what is going on
// meanwhile. It runs without a window, reads no settings and no environment.
//
// # The way of a request
//
// listener (package conns) → http.Server (run.go) → the handler of the share
// (package web, whose doc goes on from here).
//
// What the owner does, such as letting in and sending away, is in owner.go.
//
// # Goroutines
//
// net/http has one per connection; one that is idle has a smaller one of
// conns instead. Each share has one that looks after it
// (tend: is the folder still there, has the address changed), one that hears
// of changes in it (share.Watcher), one that tidies up after uploads that were
// given up, and one for each process that lays out documents (package worker);
// each watcher has one that calls it. All end with Stop or cancel. A page that is open holds one request, which Stop ends.
//
// # Where a share is
//
// A run has a place (place.go: its addresses and networks), a listener that
// follows it there (package conns), a herald that announces a name there
// (herald.go), and a watchman that looks for firewalls (obstacle.go).
// tend asks for the addresses whenever the system says that they have changed,
// and all of them follow. Open pages are told the other addresses beforehand.
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
