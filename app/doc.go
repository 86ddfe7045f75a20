// Package app is the window: it shows what a server does, and passes on what a person
// wants. It never does the server's work: it opens no connection and serves no file.
//
// A click goes from a panel to sharing (what is shared, and where) or owner (devices,
// transfers and the network), which decide, and on to control, which calls the [Engine]
// on another goroutine than Fyne's. The result comes back as the next snapshot: through
// feed, which keeps only the newest, to Window.draw and view.draw, and from there to the
// panels. A panel is one file with one struct, and redraws only what has changed. What
// goes wrong is reported to control.report, which shows it in the notice.
//
// All of that runs on the goroutine that runs Fyne. Others (the server's, those of scans,
// timers and the desktop) come back by the function given to [New].
//
// What other programs could use is in kit, texts are made in words, settings are kept in
// settings, the log of requests is in requests, and what the desktop offers in desktop.
package app
