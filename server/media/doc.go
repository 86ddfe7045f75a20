// Package media makes thumbnails: of pictures, of the covers in sound files
// and, where the machine has ffmpeg, of films.
//
// A file may come from anybody. Its pictures are measured before they are
// decoded, what is too large is refused, and a decoder that panics spoils one
// thumbnail and nothing else.
//
// Every thumbnail is made on the goroutine of somebody who asked for it, so
// that nothing is read from a file that its owner has closed, and nothing is
// made that nobody waits for.
//
// The package knows nothing of HTTP, and never writes to the share.
package media
