// Package traffic knows what is going on: every request passes it first. It
// keeps a log of the last ones, counts bytes while they move, lists the devices
// that came, limits speed, and cuts connections that stand still.
//
// A request and its answer are an exchange (exchange.go); the handler writes to
// its answer (answer.go), which counts and moves the deadlines (pace.go). The
// exchanges of a device about one thing are a flow (flow.go), which is shown as
// a [Transfer].
//
// # Goroutines and locks
//
// It has no goroutine that stays, only timers: one to look how far everything has come
// while something moves, one to look whether the devices take anything while there are
// long answers, and one for each row that gathers requests of a drive (fold.go).
// The Recorder's lock is held for moments and never while
// Options.Changed runs.
//
// # What it does not do
//
// It never looks at what is shared, never changes an answer, and never lets a
// request wait for somebody who reads what it recorded.
package traffic
