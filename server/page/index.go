package page

import (
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"windowsill/server/share"
)

const (
	// nameWidth is how many characters a name has in an index before what follows
	// is moved to the right.
	nameWidth = 50
	// indexTime is the layout of a modification time in an index, in UTC.
	indexTime = "02-Jan-2006 15:04"
)

// indexText escapes what an index shows. Many of its readers know no further
// escapes, and compare a link's text with its address.
var indexText = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// writeIndex writes the folder as nginx does, for the programs that read such
// pages: a line for each entry with its name, modification time and size in
// bytes. There is no other link, not even to the folder above, since wget -r
// fetches all that a page leads to.
func (v *folderView) writeIndex(w io.Writer) error {
	title := "Index of /"
	if v.folder.Path != "" {
		title += indexText.Replace(visible(v.folder.Path)) + "/"
	}
	head := "<!DOCTYPE html>\n" +
		`<html><head><meta charset="utf-8"><title>` + title + "</title></head>\n" +
		"<body><h1>" + title + "</h1><hr><pre>\n"
	if _, err := io.WriteString(w, head); err != nil {
		return err
	}
	for e := range v.all() {
		if _, err := io.WriteString(w, indexLine(e)); err != nil {
			return err // the device has left
		}
	}
	_, err := io.WriteString(w, "</pre><hr></body></html>\n")
	return err
}

// indexLine is the line of an entry.
func indexLine(e share.Entry) string {
	name, size, when := visible(e.Name), strconv.FormatInt(e.Size, 10), ""
	if e.Dir {
		name, size = name+"/", "-"
	}
	if !e.Modified.IsZero() {
		when = e.Modified.UTC().Format(indexTime)
	}
	return `<a href="` + Href(e.Name, e.Dir) + `">` + indexText.Replace(name) + "</a> " +
		padding(nameWidth-utf8.RuneCountInString(name)) + when +
		padding(len(indexTime)-len(when)) + " " + padding(20-len(size)) + size + "\n"
}

// padding returns n spaces, or none if n is negative.
func padding(n int) string { return strings.Repeat(" ", max(0, n)) }
