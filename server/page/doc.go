// Package page renders a folder of the share as HTML for browsers, as an index for
// programs that follow links, and as JSON for those that ask for it, and likewise
// what was searched for below it. It renders a page for
// one file: a picture, a film, music or text. And it renders the messages that a
// device gets instead, and the door: the page for devices that are not in.
//
// It writes to an [io.Writer] what it is given. It opens no files, speaks no HTTP
// and does not decide who may see what.
//
// A text may come from anybody. As plain text it is shown while it is read.
// Whatever formats it, such as Markdown, runs in workers (see [Jobs]), which can
// be killed.
package page
