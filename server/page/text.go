package page

import (
	"io"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/transform"

	"windowsill/server/charset"
)

// text is a text to show.
type text struct {
	name     string // of the file
	from     io.ReadSeeker
	encoding charset.Name
	sure     bool // nobody could see another encoding in it
	blank    bool
	shown    int64 // bytes of the file
	size     int64 // bytes of the whole file
	unread   error // why the rest could not be read

	layout layout
	job    string        // what laid it out
	html   io.ReadCloser // nil unless it is laid out
	extent string        // the byte with which the output of the job began

	ctype string // the media type, without parameters
	asked int    // the number of the first row of a table to show, from 1
	rows  rows   // that are shown, once a table is laid out
}

// newText examines the beginning of a text of size bytes, in any encoding. asked
// is the one that the reader has chosen, "" if none.
func newText(from io.ReadSeeker, size int64, ctype string, asked charset.Name, languages []language.Tag) (*text, error) {
	s, err := surveyOf(from)
	if err != nil {
		return nil, err
	}
	t := &text{from: from, encoding: asked, blank: s.blank, size: size}
	if asked == "" {
		t.encoding, t.sure = s.encoding(ctype, languages)
	}
	t.shown = s.end(size, t.encoding.Unit())
	return t, nil
}

// reader returns a reader of the first bytes of the file, in UTF-8, and the one below
// it, which counts them.
func (t *text) reader(bytes int64) (decoded io.Reader, raw *io.LimitedReader) {
	raw = &io.LimitedReader{R: t.from, N: bytes}
	return transform.NewReader(raw, transform.Chain(t.encoding.Encoding().NewDecoder(), newlines{})), raw
}

// encodingOption is an encoding to choose from.
type encodingOption struct {
	Name, Languages string
	Current         bool
}

// Encodings are the encodings to choose from; none if there can be no doubt.
func (t *text) Encodings() []encodingOption {
	if t.sure {
		return nil
	}
	var all []encodingOption
	for _, c := range charset.Choices() {
		all = append(all, encodingOption{string(c.Name), c.Languages, c.Name == t.encoding})
	}
	return all
}

// Cut reports whether only a part of the text is shown. It is known after Lines.
func (t *text) Cut() bool { return t.shown < t.size }

// Shown and All are how many bytes are shown, and how many there are.
func (t *text) Shown() int64 { return t.shown }
func (t *text) All() int64   { return t.size }

// Blank reports whether the text is blank.
func (t *text) Blank() bool { return t.blank }

// Plain reports whether the text needs no line numbers.
func (t *text) Plain() bool {
	_, extension := cutExtension(t.name)
	switch strings.ToLower(extension) {
	case ".txt", ".text", ".nfo", ".srt", ".sub", ".lst", ".rst", ".adoc", ".org", "":
		return true
	}
	return false
}
