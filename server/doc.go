// Package server shares a folder, or several files and folders (items.go), over HTTP
// and tells what is going on meanwhile. A share may also be there to receive files
// alone (receiving.go). It runs without a window, reads no settings and no environment.
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
// net/http has one per connection, or, while that is idle, package conns has a
// smaller one. Each run has one that looks after it (maintain: is the folder
// still there, have the addresses changed), one that looks for firewalls, one
// that hears of changes in the folder (share.Watcher), one that tidies up after
// uploads that were given up, one for each process that lays out documents
// (package worker), and one for each thumbnail or archive that is being made, as
// long as a request waits for it (package flight); each watcher and the log file
// have one that calls them. All end with Stop or cancel. A page that is open holds one request, which Stop ends.
//
// # Where a share is
//
// A run has an endpoint (endpoint.go), and that a place (place.go: its addresses
// and networks), a listener that follows it there (package conns), an announcer
// that gives it a name there (announcer.go), and a monitor for firewalls
// (firewall.go). maintain asks for the addresses whenever the system says that
// they have changed, and all of them follow. Open pages are told the other
// addresses beforehand.
//
// # Locks
//
// Server.op makes Start, Stop and Restart follow each other. Server.mu guards what there
// is at one moment; it is held for moments only and never while a callback runs.
//
// # What it does not do
//
// It writes to shared folders only what devices may and do send, never
// over something unless they ask for that too. It keeps nothing of who came in
// longer than the process lives.
package server
