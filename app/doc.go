// Package app is the window: it shows what a server does and passes on what a
// person wants. It never does the server's work: it opens no connection and
// serves no file.
//
// A click goes from a panel to sharing or to owner (who may come in), which
// decide, and on to control, which asks the [Engine] off Fyne's goroutine. What came of it returns as the next
// snapshot: through feed, which keeps only the newest, to view.draw, the one
// place that knows how each state looks, and from there to the panels. A panel
// is one file with one struct, and redraws only what has changed.
//
// All of that runs on the goroutine that runs Fyne. The others (of the server,
// of a look at a folder, of the clock) come back by the function given to [New].
package app
