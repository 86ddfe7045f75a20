// Package dav is what WebDAV (RFC 4918) adds to HTTP: properties, locks and the
// If header. Reading, writing, moving and deleting stay with the caller, which
// asks [Handler.Confirm] first.
//
// [Handler.PropFind], [Handler.PropPatch], [Handler.Lock] and [Handler.Unlock]
// answer the methods of that name. Locks are in memory (locks.go) and end with
// the share. A lock on a name that nothing has yet makes no file, see
// [Handler.Held]: that way a client that is refused later leaves nothing behind.
// Properties that clients set are kept by package share (dead.go); all others
// are computed (live.go).
//
// golang.org/x/net/webdav (v0.62.0) is one handler together with its own file
// system and cannot be taken in parts: its parsers and its writer are not
// exported, its locks are exclusive only, it keeps no properties, takes false
// conditions for true ones, and makes the whole answer for an entry out of
// reflection, which costs several times as much. Its fork of encoding/xml exists
// because the original accepts undeclared prefixes; reading raw tokens (xml.go)
// does without. github.com/emersion/go-webdav (v0.7.0) keeps its XML in an internal
// package, too. It announces classes 1 and 3 and refuses LOCK, which makes Finder
// mount read-only, refuses to set any property, which makes Explorer roll back its
// copies, never reads the If header, and builds the answer for a whole folder
// before it sends any of it. If-Match and If-None-Match it leaves to its caller.
//
// The package does not ask who may do what, and never writes the content of
// files.
package dav
