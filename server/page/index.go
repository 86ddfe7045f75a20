package page

import (
	"bufio"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
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
	b := bufio.NewWriterSize(w, 16<<10)
	title := "Index of /"
	if v.folder.Path != "" {
		title += indexText.Replace(visible(v.folder.Path)) + "/"
	}
	b.WriteString("<!DOCTYPE html>\n" +
		`<html><head><meta charset="utf-8"><title>` + title + "</title></head>\n" +
		"<body><h1>" + title + "</h1><hr><pre>\n")
	for e := range v.all() {
		name, size := visible(e.Name), strconv.FormatInt(e.Size, 10)
		if e.Dir {
			name, size = name+"/", "-"
		}
		when := ""
		if !e.Modified.IsZero() {
			when = e.Modified.UTC().Format(indexTime)
		}
		b.WriteString(`<a href="` + Href(e.Name, e.Dir) + `">` + indexText.Replace(name) + "</a>")
		b.WriteString(" " + padding(nameWidth-utf8.RuneCountInString(name)))
		b.WriteString(when + padding(len(indexTime)-len(when)))
		b.WriteString(" " + padding(20-len(size)) + size)
		if err := b.WriteByte('\n'); err != nil {
			return err // the device has left
		}
	}
	b.WriteString("</pre><hr></body></html>\n")
	return b.Flush()
}

// padding returns n spaces, or none if n is negative.
func padding(n int) string { return strings.Repeat(" ", max(0, n)) }
