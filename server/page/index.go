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
	// sizeWidth is how many characters a size has, which ends the line.
	sizeWidth = 20
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
	var line []byte
	for e := range v.all() {
		if e.Err != nil {
			continue // a mirror would report that it failed
		}
		line = appendIndexLine(line[:0], e)
		if _, err := w.Write(line); err != nil {
			return err // the device has left
		}
	}
	_, err := io.WriteString(w, "</pre><hr></body></html>\n")
	return err
}

// appendIndexLine appends the line of an entry.
func appendIndexLine(b []byte, e share.Entry) []byte {
	name := visible(e.Name)
	if e.Dir {
		name += "/"
	}
	b = append(append(b, `<a href="`...), Href(e.Name, e.Dir)...)
	b = append(append(b, `">`...), indexText.Replace(name)...)
	b = appendSpaces(append(b, "</a> "...), nameWidth-utf8.RuneCountInString(name))
	if e.Modified.IsZero() {
		b = appendSpaces(b, len(indexTime))
	} else {
		b = e.Modified.UTC().AppendFormat(b, indexTime)
	}
	size := "-"
	if !e.Dir {
		size = strconv.FormatInt(e.Size, 10)
	}
	b = appendSpaces(b, 1+sizeWidth-len(size))
	return append(append(b, size...), '\n')
}

// appendSpaces appends n spaces, or none if n is negative.
func appendSpaces(b []byte, n int) []byte {
	for range n {
		b = append(b, ' ')
	}
	return b
}
