package page

import (
	"io"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/transform"
)

// text is a text to read.
type text struct {
	name     string // of the file
	from     io.ReadSeeker
	encoding encoding.Encoding
	blank    bool
	shown    int64 // bytes of the file
	size     int64 // bytes of the whole file
	unread   error // why the rest could not be read

	layout layout
	job    string        // what laid it out
	html   io.ReadCloser // nil unless it is laid out
	partly bool          // the layout does not show all of it
}

// newText looks at the beginning of a text of so many bytes, in whatever
// encoding it is.
func newText(from io.ReadSeeker, size int64, ctype string) (*text, error) {
	s, err := surveyed(from)
	if err != nil {
		return nil, err
	}
	e, wide := s.encoding(ctype)
	return &text{from: from, encoding: e, blank: s.blank, shown: s.end(size, wide), size: size}, nil
}

// reader returns what reads the shown part of the text, in UTF-8, and what is
// left of it to read from the file.
func (t *text) reader() (decoded io.Reader, raw *io.LimitedReader) {
	raw = &io.LimitedReader{R: t.from, N: t.shown}
	return transform.NewReader(raw, transform.Chain(t.encoding.NewDecoder(), newlines{})), raw
}

// Cut reports whether there is more of the text than is shown. It is known
// once all of that has been written.
func (t *text) Cut() bool { return t.shown < t.size }

// Shown and All are how many bytes are shown, and how many there are.
func (t *text) Shown() int64 { return t.shown }
func (t *text) All() int64   { return t.size }

// Blank reports whether there is nothing to read.
func (t *text) Blank() bool { return t.blank }

// Plain reports whether the text is for people, who count no lines.
func (t *text) Plain() bool {
	_, extension := cutExtension(t.name)
	switch strings.ToLower(extension) {
	case ".txt", ".text", ".nfo", ".srt", ".sub", ".lst", ".rst", ".adoc", ".org", "":
		return true
	}
	return false
}
