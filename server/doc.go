// Package server shares one folder over HTTP and tells what is going on
// meanwhile. It runs without a window, reads no settings and no environment.
//
// # The way of a request
//
// listener (listen.go: limits on connections) → traffic (record, count,
// deadlines that move with progress) → ServeMux (routes.go) → one handler
// (files.go, folders.go, assets.go) → share (the only way to the disk) → the
// kernel. Handlers return errors; answer.go alone turns an error into a
// status and a friendly body, and an error's own text never goes out.
//
// # Goroutines
//
// net/http has one per connection. Each share has one that looks after it
// (tend: is the folder still there, has the address changed), and each
// watcher has one that calls it. All end with Stop or cancel.
//
// # Locks
//
// Server.op makes Start and Stop follow each other; Server.mu guards the
// state, is held for moments only and never while a callback runs.
//
// # What it does not do
//
// It does not ask who a visitor is: whoever reaches the port may read.
// It never writes to the shared folder.
package server
