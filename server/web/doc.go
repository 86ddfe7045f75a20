// Package web is the http.Handler of one share: it lets devices in, says what
// they may do, and answers.
//
// # The way of a request
//
// Each of these calls the next one, and none calls back. The order stands in
// [routes].
//
//   - takeKey (key.go) takes the key out of the address, before anything sees it
//   - takeTicket (tickets.go) does so with the ticket of a download
//   - package traffic records the request, counts its bytes, and moves its
//     deadlines with its progress
//   - setCommonHeaders (headers.go) sets what every answer has
//   - checkHost (host.go) refuses names that are not this computer's
//   - onlyEncrypted (encrypted.go) leads browsers from http to https, and refuses
//     all others, if the share is encrypted
//   - checkReferer and checkOrigin (origin.go) refuse what another web page sends
//   - cleanPath (cleanpath.go) redirects to the one address of each file, or goes
//     on with it where a client may not follow
//   - goOn (goeson.go) takes what a page sends that was opened before others were
//     added to the folder that was all of the share
//   - http.ServeMux (newMux in routes.go)
//   - admission (admit.go) asks package access whether the device may come in and
//     do what it asks for (methods.go) in that place (rights.go); if not, the door (door.go) answers
//   - one handler: root (root.go) for what is in the share, and those for what is
//     ours below /.windowsill/
//   - package share, the only way to the disk
//
// root hands on to files, thumbnails, viewer, listings, searches and archives,
// which read, and to inbox and changes, which write. drive (drive.go) answers
// what only WebDAV has, and is asked before each write whether a lock forbids it.
// companions (companions.go) are the same for the files that macOS keeps beside
// others. Handlers are structs of what they need, made once in newMux. Only changes and
// the packages receive and dav are given a share.Writer: all others cannot write.
//
// A handler returns an error instead of answering with it. responder
// (respond.go) turns errors into answers by the table in errors.go, and an
// error's own text never goes out.
//
// # Goroutines and locks
//
// There are none of its own but the timer of a flushWriter (flush.go). Whatever
// goes on for long ends with Config.Closing: waiting pages (door.go), streams of
// events (events.go), searches, and archives that have not begun.
//
// Texts, streams, selections, trash and failover have a mutex each, which is held
// for moments only. No callback runs under one.
//
// # What it does not do
//
// It does not listen, and knows of the network only what [Location] says. It keeps
// nothing on disk: texts, selections and what can be restored are gone with the
// process. It does not close what it is given.
package web
