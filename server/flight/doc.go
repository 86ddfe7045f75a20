// Package flight does work once for all who wait for it at the same time, and
// no longer than somebody waits: any of them may leave, and the work is
// cancelled when the last one has left.
//
// golang.org/x/sync/singleflight (v0.24.0) has neither: a caller cannot leave
// before the work is done, except by DoChan, and then the work goes on for
// nobody, since it has no context of its own. Its keys are strings and its
// results untyped, too.
package flight
