// Package web is the http.Handler of one share: it says who may come in, what
// they may do, and answers.
//
// # The way of a request
//
// takeKey (visitor.go: the key
// leaves the address before anything sees it) → traffic (record, count,
// deadlines that move with progress) → host check (host.go) → the checks for
// other origins → straighten (visitor.go: one address for each file) →
// ServeMux (routes.go) → admit (admit.go: who may come in;
// door.go for those who may not yet) → permit (what they may do) → one handler
// (files.go, open.go, folders.go, search.go, thumbs.go, archive.go, selections.go,
// count.go, live.go; receive.go, form.go, tus.go and change.go write, by way of package
// receive) → share (the only way to the disk) → the kernel.
// Each of these has only what it needs (web.go puts them together).
// Handlers return errors; answer.go alone turns an error into a status and a
// friendly body, and an error's own text never goes out.
package web
